import time
from datetime import date

import frontmatter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.frontmatter.formats import MAX_DEPTH, UnreadableError, read_json, read_object
from search.frontmatter.handlers import (
    MAX_LENGTH,
    FrontMatter,
    JsonHandler,
    TomlHandler,
    YamlHandler,
    read_front_matter,
)


def read(text: str) -> FrontMatter:
    found = read_front_matter(text)
    assert found is not None
    return found


def refused(text: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_front_matter(text)
    return caught.value


def yaml(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", "tekst"))


class TestTheFence:
    def test_the_body_follows_the_second_fence(self) -> None:
        found = read("---\ntitle: Kop\n---\n\nEerste\n---\ntweede\n")
        assert found.values == {"title": "Kop"}
        assert found.body == "\nEerste\n---\ntweede\n"

    def test_an_indented_first_line_of_the_body_keeps_its_indent(self) -> None:
        assert read("---\na: b\n---\n    code\n").body == "    code\n"

    def test_blanks_may_follow_a_fence(self) -> None:
        assert read("--- \t\na: b\n---\xa0\ntekst").body == "tekst"

    def test_blank_lines_may_stand_before_it(self) -> None:
        found = read("\n \n---\ntitle: Kop\n---\ntekst")
        assert (found.values, found.lines) == ({"title": "Kop"}, {"title": 4})

    def test_the_closing_fence_may_end_the_file(self) -> None:
        assert read("---\na: b\n---").body == ""

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Tekst",
            "# Kop\n\n---\n",
            "------\ntekst",
            "----\nDe dag begon goed: het regende niet.",
            "***\n",
            "- a\n",
            "{{< x >}}",
            "{% if %}",
            "{: .klas}",
            "-- nee",
            '--8<-- "deel.md"',
        ],
    )
    def test_a_text_that_opens_without_one_is_all_body(self, text: str) -> None:
        assert read_front_matter(text) is None

    @pytest.mark.parametrize(
        "text", ["---\ntitle: Kop\n", "---\n", "---\ntitle: Kop\n----\ntekst", "+++\na = 1\n"]
    )
    def test_one_that_is_not_closed_is_refused(self, text: str) -> None:
        assert refused(text).line == 1
        assert "niet afgesloten" in refused(text).message

    @pytest.mark.parametrize(
        "first",
        [
            "---x",
            "--- title",
            "---title: x",
            "+++x",
            "  ---",
            "\u200b---",
            "\x01---",
            "\t+++ ",
            "----",
            "–––",
            "—",
            "--",
            "++",
            '  {"title": "x"}',
        ],
    )
    def test_what_was_meant_as_one_is_refused(self, first: str) -> None:
        error = refused(f"\n{first}\ntitle: Kop\ndraft: true\n---\n")
        assert error.line == 2
        assert "drie streepjes" in error.message

    def test_an_indented_fence_that_closes_nothing_is_refused(self) -> None:
        assert refused("   ---\n").line == 1

    @pytest.mark.parametrize(
        "text", ["---\n---\ntekst", "---\n\n---\n", "---\n# notitie\n---\n", "+++\n+++\n", "---\nnull\n---"]
    )
    def test_one_without_fields_is_refused(self, text: str) -> None:
        assert "front matter" in refused(text).message

    @pytest.mark.parametrize(
        "text", ["---\n- a\n- b\n---\n", "---\nzomaar tekst\n---\n", "---\n[a, b]\n---\n"]
    )
    def test_a_list_or_a_text_is_refused(self, text: str) -> None:
        assert refused(text).line == 2
        assert "bestaat niet uit velden" in refused(text).message

    def test_one_that_is_too_long_is_refused(self) -> None:
        assert "langer dan" in refused(yaml("a: " + "x" * MAX_LENGTH)).message

    def test_python_frontmatter_itself_reads_with_the_handlers(self) -> None:
        text = "---\ntitle: Kop\ncontent: een veld\n---\ntekst"
        assert frontmatter.parse(text, handler=YamlHandler()) == (
            {"title": "Kop", "content": "een veld"},
            "tekst",
        )
        assert frontmatter.parse('+++\na = "b"\n+++\n', handler=TomlHandler()) == ({"a": "b"}, "")
        assert frontmatter.parse('{"a": "b"} c', handler=JsonHandler()) == ({"a": "b"}, "c")


class TestYaml:
    @pytest.mark.parametrize(
        "text", ["NO", "yes", "12:30:45", "1984", "2024-05-01", "0x1F", "1_000", "1e5", ".nan", "=", "tRue"]
    )
    def test_a_plain_scalar_is_the_text_that_stands_there(self, text: str) -> None:
        assert read(yaml(f"title: {text}")).values["title"] == text

    @pytest.mark.parametrize(
        ("written", "value"), [("true", True), ("TRUE", True), ("False", False), ("false", False)]
    )
    def test_plain_true_and_false_are_read_as_such(self, written: str, value: bool) -> None:
        assert read(yaml(f"draft: {written}")).values["draft"] is value

    @pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
    def test_plain_null_is_nothing(self, written: str) -> None:
        assert read(yaml(f"draft: {written}")).values["draft"] is None

    @pytest.mark.parametrize("written", ['"true"', "'true'", ">-\n  true"])
    def test_true_in_quotes_is_text(self, written: str) -> None:
        assert read(yaml(f"draft: {written}")).values["draft"] == "true"

    def test_lists_and_mappings_nest(self) -> None:
        found = read(yaml("tags: [a, [b, ~]]", "cover:", "  image: /a.png", "  alt:"))
        assert found.values == {"tags": ["a", ["b", None]], "cover": {"image": "/a.png", "alt": None}}

    def test_keys_do_not_depend_on_case(self) -> None:
        assert read(yaml("Title: Kop", "cover: {Image: x}")).values == {
            "title": "Kop",
            "cover": {"image": "x"},
        }

    def test_every_field_has_its_line(self) -> None:
        assert read(yaml("title: Kop", "tags:", "  - a", "Draft: true")).lines == {
            "title": 2,
            "tags": 3,
            "draft": 5,
        }

    def test_an_explicit_empty_mapping_is_one(self) -> None:
        assert read(yaml("{}")).values == {}

    @pytest.mark.parametrize(
        ("lines", "line", "says"),
        [
            (("a: 1", "b: 2", "a: 3"), 4, "twee keer"),
            (("a: 1", "A: 3"), 3, "twee keer"),
            (("c:", "  a: 1", "  a: 2"), 4, "twee keer"),
            (("a: &x 1",), 2, "verwijzingen"),
            (("a: 1", "b: *x"), 3, "verwijzingen"),
            (("a: &x [1]",), 2, "verwijzingen"),
            (("<<: {a: 1}",), 2, "<<"),
            (("a: !!str 1",), 2, "typeaanduidingen"),
            (("a: ! 1",), 2, "typeaanduidingen"),
            (("a: 1", "? [b]", ": 2"), 3, "veldnaam"),
            (("? &x b", ": 2"), 2, "verwijzingen"),
            (("a: Kop: ondertitel",), 2, "dubbele punt"),
            (("a: b", "losse regel", "c: d"), 3, "geen veld"),
            (("a: b", 'c: "open', "d: e"), 3, "aanhalingsteken"),
            (("a: [1, 2", "b: c"), 2, "komma"),
            (("a: b", "\tc: d"), 3, "tabs"),
            (("a: @b",), 2, "aanhalingstekens"),
            (('a: "\\q"',), 2, "backslash"),
            (("a: b", 'c: "\x01"'), 3, "stuurteken"),
            (("a: \ud800",), 2, "YAML"),
            (("a:", "  - b", " - c"), 4, "inspringen"),
            (("a: b", "...", "c: d"), 4, "YAML"),
            (("a: b", "--- c"), 3, "begint"),
        ],
    )
    def test_what_is_unsafe_or_wrong_is_refused_with_its_line(
        self, lines: tuple[str, ...], line: int, says: str
    ) -> None:
        error = refused(yaml(*lines))
        assert error.line == line
        assert says in error.message

    def test_values_nest_to_a_bounded_depth(self) -> None:
        fits = MAX_DEPTH - 1
        assert read(yaml("a: " + "[" * fits + "x" + "]" * fits)).values["a"]
        assert "genest" in refused(yaml("a: [" + "[" * fits + "x" + "]" * fits + "]")).message

    @pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
    def test_twenty_thousand_levels_are_refused_at_once(self, opening: str) -> None:
        started = time.process_time()
        refused(yaml("a: " + opening * 20_000))
        assert time.process_time() - started < 1


class TestToml:
    def test_its_own_types_are_kept(self) -> None:
        found = read(
            '+++\ntitle = "Kop"\nDraft = false\ndate = 2024-05-01\nweight = 3\n\n[cover]\nImage = "a"\n+++\ntekst'
        )
        assert found.values["date"] == date(2024, 5, 1)
        assert found.values["draft"] is False
        assert found.values["cover"] == {"image": "a"}
        assert found.lines["draft"] == 3
        assert found.lines["cover"] == 7
        assert found.body == "tekst"

    def test_lists_nest(self) -> None:
        assert read("+++\ntags = ['a', ['b']]\n+++\n").values == {"tags": ["a", ["b"]]}

    @pytest.mark.parametrize(
        ("lines", "line"),
        [
            (("a = 1", "b = "), 3),
            (("a = 1", "a = 2"), 3),
            (("a = 1", "A = 2"), 3),
            (("a = " + "1" * 5_000,), 2),
            (("a = " + "[" * 20_000,), 2),
            (("a = " + "[" * MAX_DEPTH + "]" * MAX_DEPTH,), 2),
            (("b = 1", "a" + ".a" * 2_000 + " = 1"), 3),
            (("[c]", "a = 1", "A = 2"), 2),
        ],
    )
    def test_what_is_wrong_is_refused_with_its_line(self, lines: tuple[str, ...], line: int) -> None:
        started = time.process_time()
        assert refused("\n".join(("+++", *lines, "+++"))).line == line
        assert time.process_time() - started < 1


class TestJson:
    def test_it_may_stand_on_one_line(self) -> None:
        found = read('{"title": "Kop", "draft": true}\ntekst')
        assert found.values == {"title": "Kop", "draft": True}
        assert found.body == "tekst"

    def test_it_may_take_many_lines(self) -> None:
        found = read('{\n  "title": "Kop",\n  "Tags": ["a", 1, null],\n  "cover": {"Image": "x"}\n}\n\ntekst')
        assert found.values == {"title": "Kop", "tags": ["a", 1, None], "cover": {"image": "x"}}
        assert found.lines == {"title": 2, "tags": 3, "cover": 4}
        assert found.body == "\ntekst"

    def test_braces_in_a_text_do_not_end_it(self) -> None:
        assert read('{"title": "}\\"{"} x').body == " x"

    def test_an_empty_object_has_no_fields(self) -> None:
        assert read("{}").values == {}

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("{title: Kop}", 1),
            ('{"a": 1', 1),
            ('{\n"a": 1,\n"b" 2}', 3),
            ('{\n"a": 1,\n"A": 2}', 3),
            ('{\n"a": {"b": 1, "b": 2}}', 2),
            ('{"a": NaN}', 1),
            ('{"a": ' + "[" * 20_000, 1),
            ('{"a": ' + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "}", 1),
            ('{"a": ' + "1" * 5_000 + "}", 1),
        ],
    )
    def test_what_is_wrong_is_refused_with_its_line(self, text: str, line: int) -> None:
        assert refused(text).line == line

    def test_what_is_no_object_has_no_fields(self) -> None:
        with pytest.raises(UnreadableError):
            read_json("[1]")

    @pytest.mark.parametrize(
        "line", ["[]", "1", '{"a": 1} {"b": 2}', '{"a": 1, "a": 2}', "{", '{"a": ' + "[" * 20_000, ""]
    )
    def test_a_line_that_is_not_one_object_is_refused(self, line: str) -> None:
        with pytest.raises(UnreadableError):
            read_object(line)


def outcome(text: str) -> FrontMatter | UnreadableError | None:
    try:
        return read_front_matter(text)
    except UnreadableError as error:
        return error


@given(st.text(st.sampled_from("-+{}[]:\n \t\"'&*!|>#%@`,?ab1.=")))
@example("---\n'---")
@example('{"a":{}}')
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    for opened in (text, f"---\n{text}\n---\n", f"+++\n{text}\n+++\n", f'{{"a":{text}'):
        found = outcome(opened)
        if isinstance(found, UnreadableError):
            assert 1 <= found.line <= opened.count("\n") + 1
        else:
            assert found is None or opened.endswith(found.body)
