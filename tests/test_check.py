"""The check of an index finds what checksums cannot: columns that contradict each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from search.errors import NoIndex
from search.store import folders
from search.store.arrays import Array, map_arrays, write_arrays
from search.store.builder import SegmentFiles
from search.store.check import check_index
from search.store.publishing import publish
from tests.corpus import make_articles
from tests.generations import Built, publish_articles, write_segment


def publish_changed(index: Path, change: Callable[[dict[str, Array]], None]) -> None:
    """Publish an index of which the columns were changed before its checksums were made."""
    with folders.writing(index):
        building = folders.new_folder(index)
        files = write_segment(building / "base", make_articles(6, 20))
        path = building / "base" / "columns.bin"
        columns = {name: array.copy() for name, array in map_arrays(path, files.arrays).items()}
        change(columns)
        path.unlink()
        changed = SegmentFiles(files.documents, write_arrays(path, columns))
        publish(index, building, {"base": changed})


def _swap_terms(columns: dict[str, Array]) -> None:
    columns["terms.bytes"][:] = columns["terms.bytes"][::-1].copy()


def _empty_term(columns: dict[str, Array]) -> None:
    columns["title.whole.offsets"][1] = 0


def _unknown_document(columns: dict[str, Array]) -> None:
    columns["tag.documents"][-1] = 20


def _reversed_documents(columns: dict[str, Array]) -> None:
    columns["all.term.documents"][:] = columns["all.term.documents"][::-1].copy()


def _too_frequent(columns: dict[str, Array]) -> None:
    columns["body.term.frequencies"][0] += 1


def _lengths_short(columns: dict[str, Array]) -> None:
    columns["title.lengths"] = columns["title.lengths"][:-1]


def _other_id(columns: dict[str, Array]) -> None:
    columns["id.documents"][:] = columns["id.documents"][::-1].copy()


def _other_order(columns: dict[str, Array]) -> None:
    columns["moments"][:] = columns["moments"][::-1].copy()


def _torn_record(columns: dict[str, Array]) -> None:
    columns["records.offsets"][4] -= 1


DAMAGE: dict[str, tuple[Callable[[dict[str, Array]], None], str]] = {
    "terms out of order": (_swap_terms, "all.term: de termen staan niet op volgorde"),
    "a term without documents": (_empty_term, "title.whole: een term zonder vindplaatsen"),
    "a document that does not exist": (
        _unknown_document,
        "tag: een vindplaats in een document dat niet bestaat",
    ),
    "documents out of order": (_reversed_documents, "all.term: de vindplaatsen staan niet op volgorde"),
    "more occurrences than positions": (_too_frequent, "body.term: het aantal posities klopt niet"),
    "a length too few": (_lengths_short, "title: niet elk document heeft een lengte"),
    "an id of another document": (_other_id, "niet te vinden onder zijn id"),
    "documents in another order": (_other_order, "de documenten staan niet op volgorde"),
    "a record that is cut off": (_torn_record, "De opgeslagen tekst van document 3 is niet te lezen"),
}


def test_a_sound_index_has_no_problems(built: Built) -> None:
    assert check_index(built.index) == []


def test_an_empty_index_is_sound(tmp_path: Path) -> None:
    publish_articles(tmp_path, [])
    assert check_index(tmp_path) == []


@pytest.mark.parametrize("name", DAMAGE)
def test_columns_that_contradict_each_other_are_found(tmp_path: Path, name: str) -> None:
    change, problem = DAMAGE[name]
    publish_changed(tmp_path, change)
    assert any(problem in found for found in check_index(tmp_path))


def test_one_article_in_two_segments_is_found(tmp_path: Path) -> None:
    with folders.writing(tmp_path):
        building = folders.new_folder(tmp_path)
        parts = {name: write_segment(building / name, make_articles(6, 20)) for name in ("base", "part2")}
        publish(tmp_path, building, parts)
    assert any("komt twee keer voor" in found for found in check_index(tmp_path))


def test_a_damaged_file_is_named_and_nothing_is_read_from_it(tmp_path: Path) -> None:
    name = publish_articles(tmp_path, make_articles(6, 5))
    path = tmp_path / "generations" / name / "base" / "texts.bin"
    path.write_bytes(bytes(np.frombuffer(path.read_bytes(), np.uint8)[::-1]))
    assert len(found := check_index(tmp_path)) == 1
    assert "texts.bin" in found[0]


def test_an_index_of_another_version_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_articles(tmp_path, make_articles(6, 5))
    monkeypatch.setattr("search.store.folders.fingerprint", lambda: "anders")
    assert "andere versie" in check_index(tmp_path)[0]


def test_no_index_is_not_a_sound_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        check_index(tmp_path)
