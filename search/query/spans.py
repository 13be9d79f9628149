"""Where members of a group of synonyms stand among the words of a query."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh import query

from search.characters import one_line
from search.dutch.analyzer import Token, analyze
from search.query.parse import ANY_FIELD
from search.synonyms import Alternative, Synonyms


def synonym_spans(
    words: Sequence[query.Query], synonyms: Synonyms
) -> dict[int, tuple[int, tuple[Alternative, ...]]]:
    """Where members of a group stand: for a first word the place after the last, and the alternatives."""
    spans: dict[int, tuple[int, tuple[Alternative, ...]]] = {}
    start = 0
    while synonyms.entries and start < len(words):
        run: list[Token] = []
        owners: list[int] = []
        place = start
        while (
            place < len(words)
            and isinstance(words[place], query.Term)
            and words[place].fieldname == ANY_FIELD
        ):
            tokens = analyze(one_line(words[place].text))
            run += tokens
            owners += [place] * len(tokens)
            place += 1
        for match in synonyms.alternatives(run):
            spans[owners[match.start]] = (owners[match.end - 1] + 1, match.alternatives)
        start = place + 1
    return spans
