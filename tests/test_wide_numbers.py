"""Documents beyond what the type of a posting list holds: a list of one byte, and documents past 256."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search.engines.columnar import ColumnarEngine
from search.engines.evaluator import Evaluator
from search.query.plan import All, Not, Phrase, Term
from search.store.generation import Generation
from tests.corpus import NOW, make_articles
from tests.generations import build, in_segments

HUIS, WATER = Term("body.term", "huis"), Term("body.term", "water")


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    """Two segments of which the first has 250 documents, and one word each."""
    articles = make_articles(1, 262)
    first = [replace(article, summary="", body="huis rood", text="huis rood") for article in articles[:250]]
    last = [replace(article, summary="", body="water diep", text="water diep") for article in articles[250:]]
    return in_segments(tmp_path, [first, last])


def test_a_word_of_the_first_segment_is_in_no_document_of_the_second(generation: Generation) -> None:
    evaluator = Evaluator(generation)
    assert evaluator.matching(All((WATER, HUIS))).size == 0
    assert evaluator.evaluate(All((WATER, HUIS)))[0].size == 0
    assert evaluator.matching(All((WATER, Not(HUIS)))).size == 12
    assert ColumnarEngine(generation).count(All((WATER, Not(HUIS))), NOW) <= 12


def test_a_phrase_of_either_word_scores_what_is_there(generation: Generation) -> None:
    phrase = Phrase("body.term", (("huis", "water"), ("rood", "diep")))
    documents, scores = Evaluator(generation).evaluate(phrase)
    assert documents.size == 262
    assert scores is not None
    assert len(set(scores.round(9)[:250])) == len(set(scores.round(9)[250:])) == 1


def test_reasons_are_told_of_documents_past_a_short_list(generation: Generation) -> None:
    held = ColumnarEngine(generation).holds_any("body.term", ("huis",), (261, 0, 256, 3))
    assert held == (False, True, False, True)


def test_a_field_that_only_the_newest_have_excludes_no_others(tmp_path: Path) -> None:
    articles = make_articles(1, 300)
    newest = sorted(articles, key=lambda article: article.date.timestamp() if article.date else 0)[-3:]
    made = [
        replace(article, summary="fiets" if article in newest else "", body="zolder", text="zolder")
        for article in articles
    ]
    evaluator = Evaluator(build(tmp_path, made).generation)
    zolder, fiets = Term("body.term", "zolder"), Term("summary.term", "fiets")
    assert evaluator.matching(All((zolder, Not(fiets)))).size == 297
