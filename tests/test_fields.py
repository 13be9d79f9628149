from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.characters import has_control
from search.frontmatter.fields import (
    MAX_ALIASES,
    MAX_TAGS,
    is_image_address,
    read_aliases,
    read_cover,
    read_slug,
    read_tags,
    read_text,
)
from search.frontmatter.formats import Value
from search.model import Cover
from search.tags import tag_key

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.text()
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["image", "alt", "caption", "x"]), inner),
    max_leaves=8,
)


def quiet(message: str) -> None:
    raise AssertionError(message)


class TestText:
    def test_it_is_one_clean_line(self) -> None:
        assert read_text("  Een\n kop\u200b ", "title", 500, quiet) == "Een kop"

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, ""),
            (1984, "1984"),
            (True, "true"),
            (False, "false"),
            (2.5, "2.5"),
            (date(2024, 5, 1), "2024-05-01"),
            (time(12, 30), "12:30:00"),
            (["Jan", ["Piet"]], "Jan, Piet"),
        ],
    )
    def test_every_plain_value_is_text(self, value: Value, text: str) -> None:
        assert read_text(value, "title", 500, quiet) == text

    def test_too_long_a_text_is_cut_with_a_warning(self) -> None:
        warnings: list[str] = []
        assert read_text("abc " * 10, "title", 8, warnings.append) == "abc abc"
        assert "8 tekens" in warnings[0]

    def test_a_mapping_is_no_text(self) -> None:
        warnings: list[str] = []
        assert read_text({"nl": "Kop"}, "title", 500, warnings.append) == ""
        assert "title is geen tekst" in warnings[0]


class TestTags:
    @pytest.mark.parametrize(
        ("value", "tags"),
        [
            (["ai", "data"], ("ai", "data")),
            ("ai, data", ("ai", "data")),
            ("open source", ("open source",)),
            (["ai, data"], ("ai, data",)),
            (["ai", ["data", ["web"]]], ("ai", "data", "web")),
            ([2024, True, None, 1.5], ("2024", "true", "1.5")),
            (2024, ("2024",)),
            ([" ", "", "-", ".", "..", "ai"], ("ai",)),
            (["Open source", "open-source", "OpenSource"], ("Open source",)),
            (["C", "C++", "C#"], ("C", "C++", "C#")),
            (["cafe\u0301"], ("café",)),
            (None, ()),
            ("", ()),
            ([], ()),
            ({}, ()),
        ],
    )
    def test_every_way_of_writing_them_gives_the_same_list(self, value: Value, tags: tuple[str, ...]) -> None:
        assert read_tags(value, "tags", quiet) == tags

    def test_a_mapping_is_passed_over_with_a_warning(self) -> None:
        warnings: list[str] = []
        assert read_tags({"ai": 1}, "tags", warnings.append) == ()
        assert "tags is geen lijst" in warnings[0]

    def test_too_long_a_tag_is_left_out_with_a_warning(self) -> None:
        warnings: list[str] = []
        assert read_tags(["a" * 64, "b" * 65], "tags", warnings.append) == ("a" * 64,)
        assert "64 tekens" in warnings[0]

    def test_no_more_than_fifty_count(self) -> None:
        warnings: list[str] = []
        assert len(read_tags([f"tag{n}" for n in range(51)], "tags", warnings.append)) == MAX_TAGS
        assert "meer dan 50" in warnings[0]

    @given(VALUES)
    def test_no_two_of_them_are_the_same_tag(self, value: Value) -> None:
        tags = read_tags(value, "tags", lambda message: None)
        assert len({tag_key(tag) for tag in tags}) == len(tags) <= MAX_TAGS
        assert all(0 < len(tag) <= 64 and tag_key(tag) and not has_control(tag) for tag in tags)


class TestCover:
    def test_it_has_an_image_with_words(self) -> None:
        value: Value = {
            "image": " https://voorbeeld.nl/a.png?w=1&h=2 ",
            "alt": "Een\nfoto",
            "caption": "Foto: Jan",
        }
        assert read_cover(value, quiet) == Cover(
            "https://voorbeeld.nl/a.png?w=1&h=2", "Een foto", "Foto: Jan"
        )

    def test_it_may_be_the_image_alone(self) -> None:
        assert read_cover("/covers/a.svg", quiet) == Cover("/covers/a.svg")

    @pytest.mark.parametrize(
        "value", [None, "", {}, {"image": ""}, {"image": None, "alt": "x"}, {"caption": "x"}]
    )
    def test_without_image_there_is_none(self, value: Value) -> None:
        assert read_cover(value, quiet) is None

    @pytest.mark.parametrize(
        "address", ["foto.png", "map/foto 1.png", "/a.png#x", "http://a/b", "HTTPS://a.nl/b", "./a.png"]
    )
    def test_addresses_of_the_web_and_of_the_site_are_good(self, address: str) -> None:
        assert is_image_address(address)

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "data:image/png;base64,AA",
            "file:///etc/passwd",
            "ftp://a/b.png",
            "//kwaad.nl/a.png",
            "///kwaad.nl/a.png",
            "https:///a.png",
            "https:a.png",
            "http://[",
            "/../geheim.png",
            "a/../../b.png",
            "a/%2e%2e/b.png",
            "a/..%2Fb.png",
            "\\\\kwaad.nl\\a.png",
            "/\\kwaad.nl/a.png",
            "/%5Ckwaad.nl",
            "/a\x00.png",
            "?a",
            "#a",
            "",
            "/" + "a" * 3_000,
        ],
    )
    def test_every_other_address_is_left_out_with_a_warning(self, address: str) -> None:
        warnings: list[str] = []
        assert not is_image_address(address)
        if "\x00" not in address and address:
            assert read_cover({"image": address, "alt": "x"}, warnings.append) is None
            assert "cover.image" in warnings[0]

    @pytest.mark.parametrize(
        "value", [True, 3, ["/a.png"], {"image": ["/a.png"]}, {"image": {"src": "/a.png"}}]
    )
    def test_an_image_that_is_no_text_is_left_out_with_a_warning(self, value: Value) -> None:
        warnings: list[str] = []
        assert read_cover(value, warnings.append) is None
        assert warnings

    @given(VALUES)
    def test_whatever_is_written_the_image_is_safe(self, value: Value) -> None:
        cover = read_cover(value, lambda message: None)
        assert cover is None or is_image_address(cover.image)


class TestSlug:
    @pytest.mark.parametrize(
        ("value", "slug"),
        [
            (None, ""),
            ("", ""),
            ("mijn-artikel", "mijn-artikel"),
            ("Café_2.0", "Café_2.0"),
            ("cafe\u0301", "café"),
            (" a-b\n", "a-b"),
            (2024, "2024"),
            (True, "true"),
        ],
    )
    def test_letters_and_digits_with_single_joints_are_good(self, value: Value, slug: str) -> None:
        assert read_slug(value) == slug

    @pytest.mark.parametrize(
        "value",
        [
            "../../etc/passwd",
            "a/b",
            "a--b",
            "-a",
            "a-",
            ".",
            "..",
            "a b",
            "a%2fb",
            "a\\b",
            " ",
            "é" * 129,
            ["a"],
            {"a": "b"},
            "x?y",
            "x#y",
            "a._b",
        ],
    )
    def test_anything_else_is_refused(self, value: Value) -> None:
        with pytest.raises(ValueError, match="slug"):
            read_slug(value)


class TestAliases:
    @pytest.mark.parametrize(
        ("value", "aliases"),
        [
            (["/oud/", "ouder", "/oud"], ("/oud", "/ouder")),
            ("/oud/adres.html", ("/oud/adres.html",)),
            (None, ()),
            ([], ()),
            ({}, ()),
            (["", None], ()),
            (2019, ("/2019",)),
        ],
    )
    def test_they_are_paths_of_the_site(self, value: Value, aliases: tuple[str, ...]) -> None:
        assert read_aliases(value, quiet) == aliases

    @pytest.mark.parametrize(
        "value",
        [
            "https://kwaad.nl/",
            "//kwaad.nl/a",
            "/a/../b",
            "/a/%2e%2e/b",
            "\\a",
            "/a?b",
            "/a#b",
            "/",
            "/" + "a" * 600,
            {"a": 1},
        ],
    )
    def test_other_things_are_left_out_with_a_warning(self, value: Value) -> None:
        warnings: list[str] = []
        assert read_aliases(value, warnings.append) == ()
        assert "aliases" in warnings[0]

    def test_no_more_than_twenty_count(self) -> None:
        warnings: list[str] = []
        assert len(read_aliases([f"/{n}" for n in range(21)], warnings.append)) == MAX_ALIASES
        assert "meer dan 20" in warnings[0]

    @given(VALUES)
    def test_whatever_is_written_they_begin_with_one_slash(self, value: Value) -> None:
        for alias in read_aliases(value, lambda message: None):
            assert alias.startswith("/")
            assert not alias.startswith("//")
            assert not alias.endswith("/")
