"""How the articles write a word: as one, with a hyphen, with an apostrophe, with which accents.

Either way of writing finds the other, so the index has `leer-werkbaan` and `leerwerkbaan` as one form. Which of
them is meant is read in a few of the articles that have it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from search import layout
from search.dutch.analyzer import analyze_words
from search.dutch.lexicon import Flag, entry
from search.dutch.normalise import fold, plain_case
from search.engines.base import Engine, EngineRequest
from search.query.plan import Any, Phrase, Term

SAMPLE = 12
"""Articles that are read for one form, the best first."""

FAR_MORE = 5
"""How many times as many articles must write a word otherwise before that is taken for the right way."""

SEVERAL = 2
"""Articles after which a writing that no dictionary lists is more than a slip."""

_SHORTEST = 3
_ABBREVIATION = 3
_PLAIN = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_APOSTROPHE = re.compile("['’‘ʼ]")
_HYPHENS = str.maketrans("‐‑", "--")
_VOWEL = re.compile("[aeiouy]")
_OPEN_VOWEL = re.compile("(?<![aeiouy])[aiouy]$")
"""An end after which Dutch does write 's: `Obama's`, but not `bureau's` or `zone's`."""


def one_form(text: str) -> str:
    """The form under which the index has a written word as one: `ex-collega's` is `excollega's`.

    Empty for anything but letters with hyphens and apostrophes between, such as a code or several words.
    """
    if not _PLAIN.fullmatch(unicodedata.normalize("NFC", _plain(text))):
        return ""
    words = list(analyze_words(text))
    if len(words) != 1 or words[0][0] != text:
        return ""
    tokens = words[0][1]
    form = tokens[0].exact if len(tokens) == 1 else tokens[0].also.exact[0]
    return form if form.replace("'", "").isalpha() else ""


def parts(text: str) -> list[str]:
    """The parts between the hyphens and apostrophes of a written word."""
    return re.split("[-']", fold(_plain(text)))


def same(one: str, other: str) -> bool:
    """Whether two writings differ in capitals, accents and kinds of hyphen and apostrophe at most."""
    return fold(_plain(one)) == fold(_plain(other))


def is_listed(word: str) -> bool:
    """Whether a dictionary has a word spelled so, or it is known as a name."""
    found = entry(plain_case(word).translate(_HYPHENS))
    return found is not None and bool(found.flags & (Flag.LISTED | Flag.NAME))


def better_writing(engine: Engine, text: str, now: int) -> str:
    """The same letters with other hyphens or apostrophes, when public articles write them so far more often.

    Args:
        engine: whose articles are read.
        text: one written word as typed, that is no listed word.
        now: the moment that decides which articles are public.

    Returns:
        The writing that most articles have, in lower case with its accents; empty when they (nearly) never write
        otherwise than was typed, or do not have the word at all.
    """
    form = one_form(text)
    letters = form.replace("'", "")
    # Short words in capitals are abbreviations: CDS is not cd's.
    if len(letters) < _SHORTEST or (len(letters) == _SHORTEST and not text.islower()):
        return ""
    has_signs = len(parts(text)) > 1
    if not has_signs and _count(engine, form, now) and not _may_have_hyphen(engine, form, now):
        return ""
    written: Counter[str] = Counter()
    for alike in (letters, *(f"{letters[:place]}'{letters[place:]}" for place in range(1, len(letters)))):
        written.update(_writings(engine, alike, now))
    if not written:
        return ""
    best = _most(written)
    typed = sum(count for writing, count in written.items() if same(writing, text))
    if same(best, text) or written[best] < FAR_MORE * typed:
        return ""
    return "" if _is_right_as_typed(text, best, written[best]) else best


def as_written(engine: Engine, form: str, now: int) -> str:
    """A form of the index the way most articles write it, in lower case: `zee-eend` for `zeeeend`."""
    written = _writings(engine, form, now)
    return _most(written) if written else form


def is_written_apart(engine: Engine, first: str, second: str, joined: str, now: int) -> bool:
    """Whether articles write two words after one another, and not only by exception.

    Args:
        engine: whose articles are read.
        first: a word.
        second: the word after it.
        joined: the form of the index that the two are as one.
        now: the moment that decides which articles are public.

    Returns:
        True as well when it is uncertain that they are one word: few articles and no dictionary have it, it has
        other signs between (`Next.js`), or a part of it is a mere letter.
    """
    count, written = _count(engine, joined, now), _writings(engine, joined, now)
    one = _most(written) if written else ""
    signs = len(parts(one)) > 1
    if (
        not one
        or (count < SEVERAL and not is_listed(one))
        or (min(len(first), len(second)) == 1 and not signs)
    ):
        return True
    tokens = [token for _, found in analyze_words(f"{first} {second}") for token in found]
    slots = tuple(token.terms for token in tokens)
    # A hyphen puts the words at consecutive positions as well, so what stands between is to be read.
    row = engine.search(
        EngineRequest(Any(tuple(Phrase(field, slots) for field in layout.TERM_FIELDS)), now, limit=SAMPLE)
    )
    documents = tuple(ranked.document for ranked in row.ranked)
    apart = re.compile(rf"(?<![^\W_]){_spelled(fold(first))}\s+{_spelled(fold(second))}(?![^\W_])")
    times = sum(
        not has_joined or bool(apart.search(_text(engine, document)))
        for document, has_joined in zip(
            documents, engine.holds(layout.ALL_EXACT, joined, documents), strict=True
        )
    )
    return bool(documents) and count < FAR_MORE * row.total * times / len(documents)


def _is_right_as_typed(text: str, better: str, count: int) -> bool:
    """Whether the rules of Dutch are for what was typed, so that articles are not believed over it.

    An abbreviation is joined by a hyphen (`AI-model`), which one article does not refute. After it, and after a
    name that ends in an open vowel, stands 's (`MSR's`, `Obama's`).
    """
    if len(parts(better)) >= len(parts(text)) or is_listed(better):
        return False
    *before, _ = _APOSTROPHE.split(text)
    if before:
        base = fold("".join(before))
        return before[-1].isupper() or not _VOWEL.search(base) or bool(_OPEN_VOWEL.search(base))
    return count < SEVERAL and any(len(part) <= _ABBREVIATION for part in parts(text))


def _writings(engine: Engine, form: str, now: int) -> Counter[str]:
    """For every way of writing a form about how many public articles have it, judged by a sample.

    Empty when the sample has it nowhere as a word with hyphens at most: it is in captions only, or `Next.js`.
    """
    count = _count(engine, form, now)
    if not count:
        return Counter()
    spelled = "-?".join(map(_spelled, form))
    pattern = re.compile(rf"(?<![^\W_])(?<![^\W_]['&._-]){spelled}(?!['&._-]?[^\W_])")
    found: Counter[str] = Counter()
    for ranked in engine.search(EngineRequest(Term(layout.ALL_EXACT, form), now, limit=SAMPLE)).ranked:
        writings = pattern.findall(_text(engine, ranked.document))
        found.update({unicodedata.normalize("NFC", writing) for writing in writings})
    read = found.total()
    return Counter({writing: max(1, count * times // read) for writing, times in found.items()})


def _spelled(letters: str) -> str:
    """A pattern for folded letters in a text as `_plain` gives it: each may have accents."""
    return "".join(rf"{re.escape(letter)}[\u0300-\u036f]*" for letter in letters)


def _text(engine: Engine, document: int) -> str:
    record = engine.record(document)
    return _plain("\n".join((record.title, record.summary, *record.tags, engine.text(document))))


def _may_have_hyphen(engine: Engine, form: str, now: int) -> bool:
    """Whether a form falls into words of the index, as it does wherever it is written with a hyphen."""
    starts = {0}
    for start in range(len(form)):
        if start in starts:
            ends = range(start + 1, len(form) + (start > 0))
            starts.update(end for end in ends if _count(engine, form[start:end], now))
    return len(form) in starts


def _most(written: Counter[str]) -> str:
    return min(written, key=lambda writing: (-written[writing], writing))


def _count(engine: Engine, form: str, now: int) -> int:
    return engine.public_frequency(layout.ALL_EXACT, form, now)


def _plain(text: str) -> str:
    """Lower case, one kind of hyphen and apostrophe, accents as letters of their own."""
    return unicodedata.normalize("NFD", plain_case(text).translate(_HYPHENS))
