"""What every engine is fed: the articles of a source, and their terms as made once by our analysis.

Each article becomes streams of words with a space between, which is what other engines take fastest:

| stream | holds |
|---|---|
| `terms` | the first term of each position, field after field; then the other terms of all positions |
| `exact` | the written forms, ordered likewise: for prefixes and misspelled words |
| `parts` | terms and constituents of compounds |

Other engines cannot be fed several terms at one position, or only at a price (tantivy's binding makes an
object of each token, SQLite has no way at all). Behind the stream they cost nothing: a word is found as well
by them, and phrases are asked only of terms that never stand there (`Fed.others`). Between fields, and before
those terms, stands a word that nobody asks, so that no phrase runs across. The body comes first, which makes
positions in the stream those of the stored text: SQLite's `snippet()` needs that. Engines that cannot mark
what was found by positions get the words of the body with their places (`marked`).
"""

from __future__ import annotations

import json
import random
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import islice
from pathlib import Path

from search import clock
from search.benchmark.marked import Marked, Marking, Words
from search.dutch.analyzer import Forms, View, forms_of, read_words
from search.errors import BadSource
from search.folder_source import SourceItem
from search.model import Article
from search.sources import iter_sources
from search.store.documents import local_day
from search.tags import tag_key

EDITED = 5
"""Articles of a corpus that are files of their own, to measure what a single edit costs."""

FILLER = "ˑ"
"""Stands between fields; a letter to every tokenizer, and no word."""

# Tokenizers of others split at these, also in a name such as node.js; between digits they may (see sqlite.py).
_INNER = re.compile(r"(?<=[^\W\d_])[.,]|[.,](?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Fed:
    """One article as engines get it: `number` counts from 0, `keys` are those of its tags, `day` an
    ordinal or 0.
    """

    number: int
    id: str
    title: str
    summary: str
    text: str
    tags: tuple[str, ...]
    keys: tuple[str, ...]
    day: int
    terms: str
    exact: str
    parts: str
    marked: Marked

    @property
    def others(self) -> list[str]:
        """The terms that share a position with another one."""
        return self.terms.rpartition(FILLER)[2].split()


@dataclass(frozen=True, slots=True)
class _Word:
    """The streams of one written word."""

    terms: str
    others: tuple[str, ...]
    exact: str
    also: tuple[str, ...]
    parts: str
    first: Forms


class Analysis(dict[str, _Word]):
    """Articles to streams; each different written word is analysed once, as our own bulk build does."""

    def __missing__(self, word: str) -> _Word:
        forms = forms_of(word)
        self[word] = _Word(
            terms=_joined([form.terms[0] if form.terms else FILLER for form in forms]),
            others=tuple(_plain(term) for form in forms for term in form.terms[1:]),
            exact=_joined([form.exact[0] if form.exact else FILLER for form in forms]),
            also=tuple(_plain(text) for form in forms for text in form.exact[1:]),
            parts=_joined([text for form in forms for text in form.of("part")]),
            first=forms[0] if forms else Forms(),
        )
        return self[word]

    def fed(self, number: int, article: Article, read: Sequence[Words] | None = None) -> Fed:
        """An article with its streams, but for the places of its words.

        Args:
            number: of the article in the corpus.
            article: to be analysed.
            read: what `words_of` gives for it, when that is at hand.
        """
        terms: list[str] = []
        others: list[str] = []
        exact: list[str] = []
        also: list[str] = []
        parts: list[str] = []
        for written, wholes in words_of(article) if read is None else read:
            words = [self[word] for word in written]
            if not words:
                continue
            terms.append(" ".join([word.terms for word in words]))
            exact.append(" ".join([word.exact for word in words]))
            parts.append(" ".join([word.parts for word in words]))
            for word in words:
                others += word.others
                also += word.also
            for place, infinitives in wholes.items():
                others += self._added(words[place], infinitives, "term")
                parts += self._added(words[place], infinitives, "part")
        return Fed(
            number=number,
            id=article.id,
            title=article.title,
            summary=article.summary,
            text=article.text,
            tags=article.tags,
            keys=tuple(dict.fromkeys(map(tag_key, article.tags))),
            day=local_day(article.date),
            terms=f" {FILLER} ".join((*terms, " ".join(others))),
            exact=f" {FILLER} ".join((*exact, " ".join(also))),
            parts=" ".join(parts),
            marked=Marked(),
        )

    def _added(self, word: _Word, infinitives: tuple[str, ...], view: View) -> list[str]:
        """What a word of which a part stands elsewhere adds at the place of that part."""
        whole = dict.fromkeys(form for text in infinitives for form in self[text].first.of(view))
        own = word.first.of(view)
        return [_plain(form) for form in whole if form not in own]


class Reader:
    """Articles to all that an engine is fed."""

    def __init__(self) -> None:
        self._analysis, self._marking = Analysis(), Marking()

    def fed(self, number: int, article: Article) -> Fed:
        """An article with its streams and the places of its words."""
        read = words_of(article)
        fed = self._analysis.fed(number, article, read)
        return replace(fed, marked=self._marking.marked(article.text, read[0]))


def texts_of(article: Article) -> tuple[str, ...]:
    """The texts that are searched, the body first."""
    cover = article.cover
    tags = "\n".join((*article.tags, *article.categories))
    texts = (article.text, article.title, article.summary, tags)
    return (*texts, cover.alt, cover.caption) if cover else texts


def words_of(article: Article) -> list[Words]:
    """Each text that is searched, read; the body first."""
    return [read_words(text) for text in texts_of(article)]


def articles_of(sources: Sequence[Path]) -> Iterator[Article]:
    """The articles of sources; what cannot be read is passed over."""
    for item in iter_sources(sources):
        article = item.read().article if isinstance(item, SourceItem) else None
        if article is not None:
            yield article


def read_public(sources: Sequence[Path], limit: int | None = None) -> list[Article]:
    """The public articles of sources, at most `limit` of them, each id once.

    Raises:
        BadSource: a source cannot be read, or there is no public article.
    """
    now = clock.now_ms()
    found: dict[str, Article] = {}
    for article in articles_of(sources):
        if article.visible_from <= now < article.visible_until:
            found.setdefault(article.id, article)
            if limit is not None and len(found) >= limit:
                break
    if not found:
        raise BadSource("Er is geen openbaar artikel om mee te meten", "noem een bron met artikelen")
    return list(found.values())


def sample(articles: Sequence[Article], size: int, seed: int) -> list[Article]:
    """So many of the articles in their order; a smaller sample of the same seed is part of a larger one."""
    order = random.Random(seed).sample(range(len(articles)), len(articles))  # noqa: S311  # nothing secret
    return [articles[number] for number in sorted(order[:size])]


def write_sources(articles: Sequence[Article], folder: Path) -> list[Path]:
    """Write articles as the sources of a corpus: a file of lines, and a folder with a few files of their own.

    Returns:
        The sources, as a build takes them.
    """
    lines, files = folder / "documents.jsonl", folder / "edited"
    files.mkdir(parents=True)
    apart = min(EDITED, len(articles) // 2)
    with lines.open("w", encoding="utf-8") as file:
        for article in islice(articles, len(articles) - apart):
            fields = _fields(article) | {"id": article.id, "text": article.text}
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")
    for number, article in enumerate(articles[len(articles) - apart :], 1):
        front_matter = json.dumps(_fields(article), ensure_ascii=False, indent=1)
        (files / f"artikel-{number}.md").write_text(f"{front_matter}\n\n{article.text}\n", encoding="utf-8")
    return [lines, files]


def write_fed(documents: Iterable[Fed], target: Path) -> None:
    """Keep what engines are fed in a file of lines."""
    with target.open("w", encoding="utf-8") as file:
        for document in documents:
            *fields, (terms, exact, places) = astuple(document)
            marked = (terms, exact, b64encode(places).decode("ascii"))
            file.write(json.dumps((*fields, marked), ensure_ascii=False) + "\n")


def read_fed(source: Path) -> Iterator[Fed]:
    """What `write_fed` wrote."""
    with source.open(encoding="utf-8") as file:
        for line in file:
            *fields, tags, keys, day, terms, exact, parts, (of_body, written, places) = json.loads(line)
            number, article_id, title, summary, text = fields
            yield Fed(
                number,
                article_id,
                title,
                summary,
                text,
                tuple(tags),
                tuple(keys),
                day,
                terms,
                exact,
                parts,
                Marked(of_body, written, b64decode(places)),
            )


def _fields(article: Article) -> dict[str, object]:
    fields: dict[str, object] = {"title": article.title, "tags": list(article.tags)}
    if article.summary:
        fields["summary"] = article.summary
    if article.date:
        fields["date"] = clock.iso(article.date)
    if article.cover:
        cover = article.cover
        fields["cover"] = {"image": cover.image, "alt": cover.alt, "caption": cover.caption}
    return fields


def _joined(forms: Sequence[str]) -> str:
    return _plain(" ".join(forms))


def _plain(form: str) -> str:
    """A form without what tokenizers split at."""
    return _INNER.sub(FILLER, form) if "." in form or "," in form else form
