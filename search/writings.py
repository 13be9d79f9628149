"""How the articles write a word: as one, with a hyphen, with an apostrophe, with which accents.

Either way of writing finds the other, so the index has `leer-werkbaan` and `leerwerkbaan` as one form. Which of
them is meant is read in the beginnings of a few of the articles that have it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from search import layout
from search.dutch.analyzer import analyze_words
from search.dutch.lexicon import Flag, entry, is_word
from search.dutch.normalise import fold, plain_case
from search.forms_in_texts import occurrences, plain_hyphens, plain_text, stand_apart
from search.query.plan import Any, Phrase
from search.samples import Articles

WELL_KNOWN = 100
"""A form in more articles than this needs no other writing: they are found either way."""

FAR_MORE = 5
"""How many times as many articles must write a word otherwise before that is taken for the right way."""

SEVERAL = 2
"""Articles after which a writing that no dictionary lists is more than a slip."""

_ALWAYS = 0.9
"""The share of articles' uses of a word, within sentences, that must have its capitals for these to be kept."""

_SHORTEST, _SHORTEST_PIECE = 3, 2
_ABBREVIATION = 3
_SOON_READ = 3
"""So few articles are read sooner than it is found out whether they may have another writing."""

_PLAIN = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_APOSTROPHE = re.compile("['’‘ʼ]")
_VOWEL = re.compile("[aeiouy]")
_OPEN_VOWEL = re.compile("(?<![aeiouy])[aiouy]$")
"""An end after which Dutch does write 's: `Obama's`, but not `bureau's` or `zone's`."""

_QUOTES = " \t'\"“”‘(*"
_ENDS = frozenset(".!?:\n")
"""What may stand before the first word of a sentence, and what ends the one before."""


def one_form(text: str) -> str:
    """The form under which the index has a written word as one: `ex-collega's` is `excollega's`.

    Empty for anything but letters with hyphens and apostrophes between, such as a code or several words.
    """
    if not _PLAIN.fullmatch(unicodedata.normalize("NFC", plain_text(text))):
        return ""
    words = list(analyze_words(text))
    if len(words) != 1 or words[0][0] != text:
        return ""
    tokens = words[0][1]
    form = tokens[0].exact if len(tokens) == 1 else tokens[0].also.exact[0]
    return form if form.replace("'", "").isalpha() else ""


def parts(text: str) -> list[str]:
    """The parts between the hyphens and apostrophes of a written word."""
    return re.split("[-']", fold(plain_text(text)))


def same(one: str, other: str) -> bool:
    """Whether two writings differ in capitals, accents and kinds of hyphen and apostrophe at most."""
    return fold(plain_text(one)) == fold(plain_text(other))


def letters_of(form: str) -> str:
    """A form of the index without its apostrophes."""
    return form.replace("'", "")


def has_vowel(form: str) -> bool:
    """Whether a form can be spoken, as a word can and most codes cannot."""
    return bool(_VOWEL.search(form))


def has_lone_letter(form: str) -> bool:
    """Whether a form begins with a letter and an apostrophe: `d'hondt`, or wrongly `s'avonds`."""
    return form[1:2] == "'"


def is_listed(word: str) -> bool:
    """Whether a dictionary has a word spelled so, or it is known as a name."""
    found = entry(plain_hyphens(plain_case(word)))
    return found is not None and bool(found.flags & (Flag.LISTED | Flag.NAME))


def better_writing(articles: Articles, text: str) -> str:
    """The same letters with other hyphens or apostrophes, when public articles write them so far more often.

    Args:
        articles: what is read.
        text: one written word as typed, that is no listed word.

    Returns:
        The writing that most articles have, with its accents, and with its capitals if it always has these; empty
        when they (nearly) never write otherwise than was typed, or do not have the word at all.
    """
    form = one_form(text)
    letters = letters_of(form)
    # Short words in capitals are abbreviations: CDS is not cd's.
    if len(letters) < _SHORTEST or (len(letters) == _SHORTEST and not text.islower()):
        return ""
    has_signs = len(parts(text)) > 1
    if not has_signs and articles.count(form) > _SOON_READ and not _may_have_hyphen(articles, form):
        return ""
    written: Counter[str] = Counter()
    for alike in (letters, *(f"{letters[:place]}'{letters[place:]}" for place in range(2, len(letters)))):
        written.update(_writings(articles, alike))
    if not written:
        return ""
    best = _most(written)
    typed = sum(count for writing, count in written.items() if same(writing, text))
    if same(best, text) or written[best] < FAR_MORE * typed:
        return ""
    return "" if _is_right_as_typed(text, best, written[best]) else _with_capitals(articles, best)


def as_written(articles: Articles, form: str) -> str:
    """A form of the index the way most articles write it: `zee-eend` for `zeeeend`.

    In lower case, unless they always write capitals in it.
    """
    written = _writings(articles, form)
    return _with_capitals(articles, _most(written)) if written else form


def is_written_apart(articles: Articles, first: str, second: str, joined: str) -> bool:
    """Whether articles write two words after one another, and not only by exception.

    Args:
        articles: what is read.
        first: a word.
        second: the word after it.
        joined: the form of the index that the two are as one.

    Returns:
        True as well when it is uncertain that they are one word: few articles and no dictionary have it, it has
        other signs between (`Next.js`), or a part of it is a mere letter.
    """
    count, written = articles.count(joined), _writings(articles, joined)
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
    row = Any(tuple(Phrase(field, slots) for field in layout.TERM_FIELDS))
    documents, total = articles.sample(row)
    one, other = fold(first), fold(second)
    times = sum(
        not has_joined or stand_apart(articles.text(document), one, other)
        for document, has_joined in zip(documents, articles.holds(joined, documents), strict=True)
    )
    return bool(documents) and count < FAR_MORE * total * times / len(documents)


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
        return before[-1].isupper() or not has_vowel(base) or bool(_OPEN_VOWEL.search(base))
    return count < SEVERAL and any(len(part) <= _ABBREVIATION for part in parts(text))


def _writings(articles: Articles, form: str) -> Counter[str]:
    """For every way of writing a form, in lower case, about how many public articles have it, judged by a sample.

    Empty when the sample has it nowhere as a word with hyphens at most: it is in captions only, or `Next.js`.
    """
    count = articles.count(form)
    if not count:
        return Counter()
    found: Counter[str] = Counter()
    for document in articles.having(form):
        text = articles.text(document)
        writings = {text.plain[start:end] for start, end in occurrences(text, form)}
        found.update({unicodedata.normalize("NFC", writing) for writing in writings})
    read = found.total()
    return Counter({writing: max(1, count * times // read) for writing, times in found.items()})


def _with_capitals(articles: Articles, writing: str) -> str:
    """A writing with the capitals that articles (nearly) always give it where no sentence begins."""
    form = fold(writing).replace("-", "")
    found: Counter[str] = Counter()
    for document in articles.having(form):
        text = articles.text(document)
        for start, end in occurrences(text, form):
            before = text.plain[max(0, start - 5) : start].rstrip(_QUOTES)
            here = text.plain[start:end]
            if before and before[-1] not in _ENDS and same(here, writing):
                pairs = zip(here, text.cased[start:end], strict=True)
                as_here = "".join(cased if cased.isupper() else letter for letter, cased in pairs)
                found[unicodedata.normalize("NFC", as_here)] += 1
    best = _most(found) if found else writing
    # What shouts a common word is no name, and may be an operator of the query.
    shouted = best.isupper() and is_word(writing)
    return writing if shouted or found[best] < _ALWAYS * found.total() else best


def _may_have_hyphen(articles: Articles, form: str) -> bool:
    """Whether a form falls into words of the index, as it does wherever it is written with a hyphen.

    A piece of one letter counts before a whole word only (`e-mail`): nearly any word falls into single letters.
    """
    if articles.count(form[0]) and articles.count(form[1:]):
        return True
    starts = {0}
    for start in range(len(form) - _SHORTEST_PIECE + 1):
        if start in starts:
            ends = range(start + _SHORTEST_PIECE, len(form) + (start > 0))
            starts.update(end for end in ends if end not in starts and articles.count(form[start:end]))
    return len(form) in starts


def _most(written: Counter[str]) -> str:
    return min(written, key=lambda writing: (-written[writing], writing))
