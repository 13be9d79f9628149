"""A few changed files are taken in by themselves, and the outcome is that of reading everything again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import changes, folder_source, indexing
from search.engines.base import EngineRequest
from search.engines.columnar import ColumnarEngine
from search.errors import TooMuchRemoved
from search.indexing import build_index, merge_index, update_files
from search.query.plan import EVERYTHING, All, Any, Term
from search.store import folders, revision
from search.store.check import check_index
from search.store.generation import Generation
from search.store.writer import words_of
from tests.corpus import NOW, make_articles
from tests.edits import PATHS, Edit, Sources, edits, write_up
from tests.generations import in_segments, in_words

PLANS = (
    EVERYTHING,
    Term("all.term", "gemeent"),
    All((Term("all.term", "taalmodel"), Term("title.term", "eerst"))),
    Any((Term("all.part", "taal"), Term("all.term", "brief"), Term("all.exact", "lezen"))),
)


def current(index: Path) -> Generation:
    name = folders.current_name(index)
    folders.verify(index, name)
    return folders.open_generation(index, name)


def answers(index: Path) -> list[object]:
    """What is found, in order, with scores, tags and months; every spelling of a tag, every old address."""
    engine = ColumnarEngine(current(index))
    found: list[object] = [engine.spellings(NOW), engine.find_alias("/oud", 0), engine.public_documents(NOW)]
    for plan in PLANS:
        matches = engine.search(EngineRequest(plan, NOW))
        ranked = [
            (engine.record(hit.document).id, float(np.float32(round(hit.score, 4)))) for hit in matches.ranked
        ]
        found.append((matches.total, ranked, matches.tags, matches.months))
    return found


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows whenever everything is read again."""
    builds: list[int] = []
    build = indexing.build_index

    def noting(*given: object, **named: object) -> object:
        builds.append(1)
        return build(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(indexing, "build_index", noting)
    return builds


@given(
    groups=st.lists(edits, min_size=1, max_size=4), most=st.sampled_from((1, 2, 8)), stale=st.integers(1, 9)
)
def test_an_update_of_the_files_that_changed_equals_a_full_build(
    tmp_path_factory: pytest.TempPathFactory, groups: list[list[Edit]], most: int, stale: int
) -> None:
    folder = tmp_path_factory.mktemp("bijgewerkt")
    sources, index = Sources(folder), folder / "index"
    for number, relative in enumerate(PATHS[:4]):
        sources.apply(("write", relative, number, number))
    build_index(sources.paths, index)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(revision, "MOST_SMALL", most)
        patch.setattr(revision, "FEW_STALE", stale)
        for number, group in enumerate(groups):
            changed = [path for edit in group for path in sources.apply(edit)]
            report = update_files(changed, sources.paths, index, yes=True)
            if number % 2:
                merge_index(index)
            full = build_index(sources.paths, folder / f"vol{number}", yes=True)
            assert (report.documents, report.public) == (full.documents, full.public)
            assert in_words(current(index)) == in_words(current(folder / f"vol{number}"))
            assert answers(index) == answers(folder / f"vol{number}")
            assert set(report.problems) <= set(full.problems)
            assert check_index(index) == []
            assert build_index(sources.paths, index).generation == folders.current_name(index)


@pytest.fixture
def site(tmp_path: Path) -> Sources:
    sources = Sources(tmp_path)
    for number in range(6):
        (sources.content / f"{number}.md").write_text(
            f"---\ntitle: Stuk {number}\n---\nWoord{number} tekst.\n"
        )
    build_index(sources.paths, tmp_path / "index")
    return sources


def ids(index: Path) -> list[str]:
    generation = current(index)
    return sorted(generation.record(number).id for number in np.flatnonzero(generation.live).tolist())


def test_only_what_changed_is_read_and_written(site: Sources, tmp_path: Path, whole: list[int]) -> None:
    index = tmp_path / "index"
    before = index / "generations" / folders.current_name(index) / "base" / "columns.bin"
    path = site.content / "3.md"
    path.write_text("---\ntitle: Ander\n---\nNieuwigheid.\n")
    report = update_files([path], site.paths, index)
    assert (report.added, report.changed, report.removed, report.documents) == (0, 1, 0, 6)
    assert whole == []
    folder = index / "generations" / report.generation
    assert (folder / "base" / "columns.bin").samefile(before)
    assert len(current(index).segments) == 2
    assert current(index).segments[1].documents == 1


def test_what_is_added_and_what_is_removed_is_counted(
    site: Sources, tmp_path: Path, whole: list[int]
) -> None:
    (site.content / "0.md").unlink()
    (site.content / "nieuw").mkdir()
    (site.content / "nieuw" / "a.md").write_text(write_up(0, 0), "utf-8")
    report = update_files([site.content / "0.md", site.content / "nieuw"], site.paths, tmp_path / "index")
    assert (report.added, report.changed, report.removed) == (1, 0, 1)
    assert ids(tmp_path / "index") == ["1", "2", "3", "4", "5", "nieuw/a"]
    assert whole == []


def test_a_change_that_is_none_makes_no_generation(site: Sources, tmp_path: Path, whole: list[int]) -> None:
    before = folders.current_name(tmp_path / "index")
    (site.content / "leesmij.txt").write_text("geen artikel")
    (site.content / ".verborgen.md").write_text("geen artikel")
    (site.content / "2.md").touch()
    changed = [site.content / name for name in ("leesmij.txt", ".verborgen.md", "2.md", "nooit.md")]
    assert update_files(changed, site.paths, tmp_path / "index").generation == before
    assert whole == []


def test_when_the_first_of_two_with_one_id_goes_the_other_comes_back(site: Sources, tmp_path: Path) -> None:
    index = tmp_path / "index"
    first, second = site.content / "a.md", site.content / "b.md"
    for path in (second, first):
        path.write_text(f"---\ntitle: {path.stem}\nslug: zelfde\n---\n{path.stem}woord\n")
        update_files([path], site.paths, index)
    assert origin(index, "zelfde") == "a.md"
    first.unlink()
    update_files([first], site.paths, index)
    assert origin(index, "zelfde") == "b.md"


def origin(index: Path, article_id: str) -> str:
    generation = current(index)
    document = generation.document_of(article_id)
    assert document is not None
    return generation.record(document).origin.relative


def test_a_draft_is_withdrawn_at_once(site: Sources, tmp_path: Path, whole: list[int]) -> None:
    path = site.content / "1.md"
    path.write_text("---\ntitle: Stuk 1\ndraft: true\n---\nWoord1 tekst.\n")
    report = update_files([path], site.paths, tmp_path / "index")
    assert (report.documents, report.public) == (6, 5)
    engine = ColumnarEngine(current(tmp_path / "index"))
    assert engine.search(EngineRequest(Term("all.exact", "woord1"), NOW)).total == 0
    assert engine.public_frequency("all.exact", "woord1", NOW) == 0
    assert whole == []


def test_a_file_of_lines_that_changed_is_read_whole(site: Sources, tmp_path: Path, whole: list[int]) -> None:
    site.apply(("lines", "", 1, 3))
    assert update_files([site.lines], site.paths, tmp_path / "index").added == 3
    assert whole


@pytest.mark.parametrize("other", ["other sources", "no index", "read by other rules", "outside"])
def test_without_a_sure_footing_everything_is_read(
    site: Sources, tmp_path: Path, whole: list[int], monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    index, sources, changed = tmp_path / "index", site.paths, [site.content / "1.md"]
    if other == "other sources":
        sources = [site.content]
    elif other == "no index":
        index = tmp_path / "nieuw"
    elif other == "read by other rules":
        monkeypatch.setattr(indexing, "reading_version", lambda: "anders")
    else:
        changed = [tmp_path / "elders" / "1.md"]
    assert update_files(changed, sources, index).documents == 6
    assert whole


def test_most_of_an_index_does_not_go_unasked(tmp_path: Path) -> None:
    sources, index = Sources(tmp_path), tmp_path / "index"
    paths = [sources.content / f"{number}.md" for number in range(20)]
    for path in paths:
        path.write_text(write_up(0, 0), "utf-8")
    build_index(sources.paths, index)
    for path in paths[:11]:
        path.unlink()
    with pytest.raises(TooMuchRemoved, match="11 van de 20"):
        update_files(paths[:11], sources.paths, index)
    assert len(ids(index)) == 20
    assert update_files(paths[:11], sources.paths, index, yes=True).removed == 11


def add(site: Sources, index: Path, numbers: Sequence[int]) -> None:
    for number in numbers:
        path = site.content / f"extra{number}.md"
        path.write_text(f"---\ntitle: Extra {number}\n---\nextra{number}\n")
        update_files([path], site.paths, index)


def test_small_segments_are_made_one_when_there_are_many(site: Sources, tmp_path: Path) -> None:
    index = tmp_path / "index"
    for number in range(60):
        (site.content / f"meer{number}.md").write_text(write_up(1, 1), "utf-8")
    build_index(site.paths, index)
    before = {segment.name for segment in current(index).segments}
    add(site, index, range(revision.MOST_SMALL + 3))
    assert len(current(index).segments) <= revision.MOST_SMALL + 1
    assert "base" in before & {segment.name for segment in current(index).segments}
    assert len(ids(index)) == 66 + revision.MOST_SMALL + 3


def test_a_site_that_grows_by_one_article_at_a_time_keeps_few_segments(site: Sources, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_index(site.paths, index)
    for number in range(60):
        add(site, index, [number])
        assert len(current(index).segments) <= revision.MOST_SMALL + 1
    merge_index(index)
    assert len(ids(index)) == 66


@pytest.mark.parametrize("words", [5, 50, 5_000])
def test_segments_of_one_size_are_made_one_as_far_as_they_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: int
) -> None:
    monkeypatch.setattr(revision, "_FEW", 0)
    segments = in_segments(tmp_path, [[article] for article in make_articles(3, 24)]).segments
    chosen = revision.absorbed(segments, 1, words, whole=False)
    assert sum(words_of(segments[number]) for number in chosen) <= words
    assert words < 5_000 or len(segments) - len(chosen) + 1 <= revision.MOST_SEGMENTS


def test_all_becomes_one_segment_when_it_is_due(
    site: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    add(site, index, range(2))
    assert not merge_index(index)
    monkeypatch.setattr(revision, "FEW_STALE", 1)
    before = in_words(current(index))
    assert merge_index(index)
    assert len(current(index).segments) == 1
    assert in_words(current(index)) == before
    assert not merge_index(index)


def test_more_files_than_can_be_taken_in_by_themselves_are_a_build(
    site: Sources, tmp_path: Path, whole: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST", 1)
    (site.content / "map").mkdir()
    for number in range(2):
        (site.content / "map" / f"{number}.md").write_text(write_up(0, 0), "utf-8")
    assert update_files([site.content / "map"], site.paths, tmp_path / "index").added == 2
    assert whole


def test_no_more_is_read_than_can_be_taken_in_over_all_that_is_named(
    site: Sources, tmp_path: Path, whole: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST", 4)
    named = [site.content / name for name in ("een", "twee")]
    for folder in named:
        folder.mkdir()
        for number in range(3):
            (folder / f"{number}.md").write_text(write_up(0, 0), "utf-8")
    read = []
    content = folder_source._content

    def noted(descriptor: int) -> bytes | None:
        if not whole:
            read.append(descriptor)
        return content(descriptor)

    monkeypatch.setattr(folder_source, "_content", noted)
    assert update_files(named, site.paths, tmp_path / "index").added == 6
    assert whole
    assert len(read) == 5
