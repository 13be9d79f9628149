"""Digests of the code that analyses and reads: any change of it shows."""

from __future__ import annotations

from pathlib import Path

from search.versions import digest, fingerprint, reading_version


def test_a_version_is_short_and_stays_the_same() -> None:
    for made in (fingerprint, reading_version):
        before = made()
        made.cache_clear()
        assert len(before) == 16
        assert made() == before


def test_analysis_and_reading_are_versions_of_their_own() -> None:
    assert fingerprint() != reading_version()


def test_any_change_in_a_file_or_a_package_changes_the_digest(tmp_path: Path) -> None:
    folder = tmp_path / "dutch"
    folder.mkdir()
    (folder / "stem.py").write_text("ENDINGS = 's'")
    seen = {digest([folder], ["nltk"])}
    (folder / "stem.py").write_text("ENDINGS = 't'")
    seen.add(digest([folder], ["nltk"]))
    (folder / "more.py").write_text("")
    seen.add(digest([folder], ["nltk"]))
    seen.add(digest([folder], ["numpy"]))
    assert len(seen) == 4


def test_data_of_the_analysis_counts_as_its_code_does(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    seen = {digest([folder], [])}
    for name, content in (("verbs.txt", "lopen"), ("verbs.txt", "gaan"), ("lexicon.marisa", "abc")):
        (folder / name).write_text(content)
        seen.add(digest([folder], []))
    (folder / "README.md").write_text("Where it comes from.")
    seen.add(digest([folder], []))
    assert len(seen) == 4
