"""Segments hold what the articles say, and several of them are one index."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import layout
from search.clock import to_ms
from search.engines.columnar import ColumnarEngine
from search.model import Article
from search.store import folders
from search.store.builder import SegmentBuilder
from search.store.documents import local_day
from search.store.generation import Generation
from search.store.records import Origin, decode, encode, record_of
from search.store.segment import Segment
from tests.corpus import NOW, make_articles
from tests.generations import Built, build, ids, in_segments, in_words, write_segment
from tests.oracle import Oracle, best_first
from tests.oracle import local_day as day_of


def test_every_word_of_every_article_is_there_and_no_other(built: Built) -> None:
    oracle, generation = Oracle(built.articles), built.generation
    for field in layout.ALL_FIELDS:
        found = {term.decode(): frequency for term, frequency in generation.terms(field)}
        assert found == {term: len(holders) for term, holders in oracle.holders[field].items()}


def test_lengths_count_positions_and_the_combined_field_counts_by_weight(built: Built) -> None:
    oracle, generation = Oracle(built.articles), built.generation
    for field in layout.SCORED_FIELDS:
        assert generation.lengths(field).tolist() == [oracle.lengths[field][name] for name in ids(generation)]


def test_constituents_count_as_words_by_weight_and_have_no_positions(tmp_path: Path) -> None:
    article = Article(
        id="a",
        title="Taalmodellen, taalmodel",
        text="Woningmarkt.",
        summary="Taal, taalmodel, woningmarkt.",
    )
    generation = build(tmp_path, [article]).generation
    found = {field: dict(generation.terms(field)) for field in (*layout.PART_FIELDS, layout.ALL_PART)}
    assert found == {
        "title.part": dict.fromkeys((b"taalmodel", b"taal", b"model"), 1),
        "summary.part": dict.fromkeys(
            (b"taal", b"taalmodel", b"model", b"woningmarkt", b"woning", b"markt"), 1
        ),
        "all.part": dict.fromkeys((b"taal", b"taalmodel", b"model", b"woningmarkt", b"woning", b"markt"), 1),
    }
    counts = {("title.part", "taal"): 2, ("all.part", "taal"): 3 * 2 + 2 * 2, ("all.part", "markt"): 2 + 1}
    for (field, part), count in counts.items():
        postings = generation.postings(field, part)
        assert postings is not None
        assert postings.positions is None
        assert postings.frequencies.tolist() == [count]


def test_the_lead_holds_the_first_words_of_the_text(tmp_path: Path) -> None:
    texts = {"lang": "begin " * layout.LEAD_WORDS + "vervolg", "kort": "Kort stuk.", "leeg": ""}
    articles = [Article(id=name, title="Titel", text=text) for name, text in texts.items()]
    generation = build(tmp_path, articles).generation
    held = {term for term, _ in generation.terms(layout.LEAD_TERM)}
    assert held >= {b"begin", b"kort", b"stuk"}
    assert b"vervolg" not in held
    lengths = dict(zip(ids(generation), generation.lengths(layout.LEAD_TERM).tolist(), strict=True))
    assert lengths == {"lang": layout.LEAD_WORDS, "kort": 2, "leeg": 0}


def test_a_field_is_as_long_whether_asked_for_words_or_constituents(built: Built) -> None:
    for field in (*layout.PART_FIELDS, layout.ALL_PART):
        words = f"{layout.base(field)}.term"
        assert built.generation.lengths(field).tolist() == built.generation.lengths(words).tolist()


def test_documents_are_numbered_newest_first_then_by_id(built: Built) -> None:
    assert ids(built.generation) == best_first(built.articles)


def test_stored_fields_come_back_whole(built: Built) -> None:
    articles = {article.id: article for article in built.articles}
    for number, name in enumerate(ids(built.generation)):
        article, record = articles[name], built.generation.record(number)
        assert record == record_of(article, Origin(name, name, "0" * 32), ())
        assert built.generation.text(number) == article.text
        assert built.generation.body(number) == article.body
        assert built.generation.tagged.of(number) == list(article.tags)
        assert built.generation.visible_from[number] == article.visible_from
        assert built.generation.visible_until[number] == article.visible_until


@given(st.integers(0, 10_000))
def test_a_record_comes_back_from_its_bytes(seed: int) -> None:
    for article in make_articles(seed, 3):
        record = record_of(article, Origin("een/pad.md", "pad.md", "ab" * 16), ())
        # As written: a moment that the clock shows twice does not equal itself in another zone (PEP 495).
        assert encode(decode(encode(record))) == encode(record)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_a_day_is_a_day_in_amsterdam(moment: datetime) -> None:
    assert local_day(moment) == day_of(Article("a", "a", "", date=moment))


def test_days_at_the_ends_of_the_calendar_do_not_fail() -> None:
    assert local_day(datetime.max.replace(tzinfo=UTC)) == date.max.toordinal()
    assert local_day(datetime.min.replace(tzinfo=UTC)) >= 1
    assert local_day(None) == 0


@given(seed=st.integers(0, 10_000), cut=st.integers(0, 24), data=st.data())
def test_two_segments_with_deleted_documents_are_one_segment_of_what_is_left(
    tmp_path_factory: pytest.TempPathFactory, seed: int, cut: int, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("delen")
    articles = make_articles(seed, 24)
    gone = frozenset(article.id for article in articles if data.draw(st.booleans()))
    parts = in_segments(folder, [articles[:cut], articles[cut:]], gone)
    whole = in_segments(folder / "heel", [[article for article in articles if article.id not in gone]])
    assert in_words(parts) == in_words(whole)
    for field in layout.ALL_FIELDS:
        merged, single = parts.field(field), whole.field(field)
        assert merged.terms == single.terms
        assert merged.frequencies.sum() == single.frequencies.sum()
    assert parts.visible(NOW).sum() == whole.visible(NOW).sum()
    assert ColumnarEngine(parts).spellings(NOW) == ColumnarEngine(whole).spellings(NOW)


@given(seed=st.integers(0, 10_000), data=st.data())
def test_a_segment_built_on_an_earlier_one_equals_one_built_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("vervolg")
    articles = make_articles(seed, 24)
    early = [article for article in articles if data.draw(st.booleans())]
    previous = in_segments(folder / "eerder", [early])
    names = ids(previous)
    kept = data.draw(st.lists(st.sampled_from(range(len(names))), unique=True)) if names else []
    stays = {names[number] for number in kept}
    new = [article for article in articles if article.id not in stays and article not in early]
    with SegmentBuilder(folder / "vervolg") as builder:
        for article in new:
            builder.add(article, record_of(article, Origin(article.id, article.id, "0" * 32), ()))
        files = builder.finish(previous, kept)
    found = Generation("", [Segment(folder / "vervolg", files.documents, files.arrays)])
    expected = in_segments(folder / "heel", [[*new, *(a for a in articles if a.id in stays)]])
    assert in_words(found) == in_words(expected)
    assert ids(found) == ids(expected)


def test_the_same_articles_in_another_order_give_the_same_files(tmp_path: Path) -> None:
    articles = make_articles(5, 40)
    first, second = in_segments(tmp_path / "a", [articles]), in_segments(tmp_path / "b", [articles[::-1]])
    assert in_words(first) == in_words(second)
    assert ids(first) == ids(second)


def test_a_segment_is_written_into_a_new_folder_only(tmp_path: Path) -> None:
    write_segment(tmp_path / "een", make_articles(1, 3))
    with pytest.raises(FileExistsError):
        SegmentBuilder(tmp_path / "een")


def test_an_index_may_be_empty(tmp_path: Path) -> None:
    generation = build(tmp_path, []).generation
    assert generation.documents == 0
    assert list(generation.terms("all.term")) == []
    assert generation.document_of("niets") is None
    assert generation.visible(NOW).size == 0


def test_an_article_without_any_word_is_kept(tmp_path: Path) -> None:
    generation = build(tmp_path, [Article(id="leeg", title="", text="")]).generation
    assert generation.record(0).id == "leeg"
    assert list(generation.terms("all.term")) == []
    assert list(generation.terms("title.whole")) == []


def test_a_document_number_that_does_not_exist_is_refused(built: Built) -> None:
    with pytest.raises(IndexError):
        built.generation.record(built.generation.documents)


def test_turning_points_count_every_publishing_and_expiring_that_passed(built: Built) -> None:
    moments = [moment for a in built.articles for moment in (a.visible_from, a.visible_until)]
    for now in (NOW, NOW - 1, to_ms(datetime(2030, 1, 1, tzinfo=UTC))):
        assert built.generation.turning_points(now) == sum(moment <= now for moment in moments)


def test_terms_are_found_from_a_prefix_and_counted_within_a_mask(built: Built) -> None:
    oracle, generation = Oracle(built.articles), built.generation
    public = generation.visible(NOW)
    names = ids(generation)
    for prefix in ("", "ge", "é", "qq", "zzz"):
        expected = {}
        for term, holders in oracle.holders["all.exact"].items():
            count = sum(bool(public[names.index(name)]) for name in holders)
            if term.encode().startswith(prefix.encode()) and count:
                expected[term] = count
        found = {t.decode(): n for t, n in generation.terms("all.exact", prefix.encode(), public)}
        assert found == expected


def test_a_prefix_of_the_highest_bytes_does_not_run_over(built: Built) -> None:
    assert list(built.generation.terms("all.exact", b"\xff")) == []
    assert list(built.generation.terms("all.exact", b"q\xff")) == []


def test_postings_hold_as_little_as_they_can(built: Built) -> None:
    arrays = built.generation.segments[0].arrays
    assert arrays["all.term.frequencies"].dtype.itemsize == 1
    assert arrays["body.lengths"].dtype.itemsize == 1


def test_a_lone_surrogate_is_no_word_of_any_index(built: Built) -> None:
    assert built.generation.postings("all.term", "\ud800") is None
    assert built.generation.document_of("\ud800") is None


def test_opening_reads_what_was_published(built: Built) -> None:
    again = folders.open_generation(built.index, built.generation.name)
    assert in_words(again) == in_words(built.generation)
