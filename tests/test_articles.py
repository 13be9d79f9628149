import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles import MAX_BYTES, MAX_ID, ROOT_ID, article_id, read_article, read_line
from search.clock import AMSTERDAM, iso
from search.frontmatter.formats import UnreadableError
from search.model import ALWAYS, NEVER, Article, Cover, Problem

WHOLE = """---
Title: "OpenAI lanceert GPT-4o,  een sneller model"
date: 2026-02-23T13:02:07.642Z
lastmod: 2026-02-24
tags: ["openai", "GPT-4o", "gpt-4o"]
categories: nieuws
summary: "Wat er nieuw is."
description: "Niet gelezen."
author: [Jan, Piet]
aliases: [/oud/gpt/]
cover:
  image: "https://voorbeeld.nl/a.png?w=940"
  alt: "Een ballon"
  caption: "Foto: Jan"
draft: false
onbekend: {mag: blijven}
---

# OpenAI lanceert GPT-4o, een sneller model

Het model is *sneller*.
"""


def load(text: str | bytes, relative: str = "map/stuk.md") -> tuple[Article, tuple[Problem, ...]]:
    content = text.encode() if isinstance(text, str) else text
    loaded = read_article(f"content/{relative}", relative, content)
    assert loaded.article, loaded.problems
    return loaded.article, loaded.problems


def rejected(text: str | bytes, relative: str = "map/stuk.md") -> Problem:
    content = text.encode() if isinstance(text, str) else text
    loaded = read_article(f"content/{relative}", relative, content)
    assert loaded.article is None
    (problem,) = loaded.problems
    assert (problem.path, problem.severity) == (f"content/{relative}", "rejected")
    return problem


def load_line(**fields: Any) -> tuple[Article, tuple[Problem, ...]]:
    loaded = read_line(
        "lijst.jsonl", 7, json.dumps({"id": "a", "title": "Kop", "text": "tekst"} | fields).encode()
    )
    assert loaded.article, loaded.problems
    return loaded.article, loaded.problems


def rejected_line(content: bytes) -> str:
    loaded = read_line("lijst.jsonl", 7, content)
    assert loaded.article is None
    (problem,) = loaded.problems
    assert (problem.path, problem.line, problem.severity) == ("lijst.jsonl", 7, "rejected")
    return problem.message


class TestAFile:
    def test_every_field_is_read(self) -> None:
        article, problems = load(WHOLE)
        assert not problems
        assert article.id == "map/stuk"
        assert article.title == "OpenAI lanceert GPT-4o, een sneller model"
        assert article.tags == ("openai", "GPT-4o")
        assert article.categories == ("nieuws",)
        assert article.summary == "Wat er nieuw is."
        assert article.author == "Jan, Piet"
        assert article.aliases == ("/oud/gpt",)
        assert article.cover == Cover("https://voorbeeld.nl/a.png?w=940", "Een ballon", "Foto: Jan")
        assert article.date is not None
        assert iso(article.date) == "2026-02-23T14:02:07+01:00"
        assert article.modified is not None
        assert article.modified.tzinfo is AMSTERDAM
        assert (article.visible_from, article.visible_until) == (1_771_851_727_642, NEVER)

    def test_a_heading_that_repeats_the_title_does_not_count_twice(self) -> None:
        article, _ = load(WHOLE)
        assert article.text == "Het model is sneller."
        assert article.body.startswith("\n# OpenAI")

    def test_a_description_serves_as_summary(self) -> None:
        assert load("---\ntitle: x\nsummary:\ndescription: Kort\n---\n")[0].summary == "Kort"

    @pytest.mark.parametrize(
        "opening", ['+++\ntitle = "Kop"\ndraft = true\n+++\n', '{"title": "Kop", "draft": true}\n']
    )
    def test_toml_and_json_are_read_alike(self, opening: str) -> None:
        article, problems = load(opening + "tekst")
        assert (article.title, article.text, article.visible_from, problems) == ("Kop", "tekst", NEVER, ())

    def test_a_key_named_content_does_no_harm(self) -> None:
        assert load("---\ntitle: Kop\ncontent: iets\nhandler: x\n---\ntekst")[0].text == "tekst"

    def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(self) -> None:
        article, problems = load(b"\xef\xbb\xbf---\r\ntitle: Kop\r\ndraft: true\r\n---\r\neen\r\ntwee\r\n")
        assert (article.title, article.text, article.visible_from, problems) == ("Kop", "een twee", NEVER, ())

    def test_without_front_matter_it_is_an_article_all_the_same(self) -> None:
        article, (problem,) = load("Zomaar *tekst*.")
        assert (article.title, article.text, article.visible_from) == ("stuk", "Zomaar tekst.", ALWAYS)
        assert (problem.line, problem.severity) == (1, "warning")

    @pytest.mark.parametrize("text", ["", "\ufeff", " \n\t\r\n"])
    def test_an_empty_file_is_no_article_as_it_may_have_been_a_draft(self, text: str) -> None:
        loaded = read_article("content/a.md", "a.md", text.encode())
        assert loaded.article is None
        assert "leeg" in loaded.problems[0].message

    @pytest.mark.parametrize(
        ("text", "relative", "title"),
        [
            ("---\ntags: []\n---\ntekst\n\n## De *kop*\n", "map/stuk.md", "De kop"),
            ("---\ntitle: ''\n---\ntekst", "map/stuk.md", "stuk"),
            ("---\nslug: anders\n---\ntekst", "map/stuk.md", "stuk"),
            ("---\ntitle: ~\n---\ntekst", "map/over-ons/index.md", "over-ons"),
            ("---\ntitle: '\u200b'\n---\ntekst", "index.md", "start"),
            ("---\ntitle: NO\n---\n# Kop\n", "stuk.md", "NO"),
            ("---\ntitle: 1984\n---\n", "stuk.md", "1984"),
            ("---\ntitle: 12:30:45\n---\n", "stuk.md", "12:30:45"),
        ],
    )
    def test_the_title_is_a_text_and_else_the_first_heading_or_the_file(
        self, text: str, relative: str, title: str
    ) -> None:
        assert load(text, relative)[0].title == title

    def test_a_text_that_is_too_heavy_is_reported(self) -> None:
        _, (problem,) = load("---\ntitle: x\n---\n" + "# a\n" * 50_000)
        assert problem.severity == "warning"
        assert "opmaak" in problem.message

    def test_lone_marks_and_direction_characters_are_not_searched(self) -> None:
        article, _ = load('---\ntitle: "ge\u00adheim\\u202e"\n---\nge\u200bheim')
        assert (article.title, article.text) == ("geheim", "geheim")


class TestWhatIsReported:
    def test_a_value_that_decides_on_publication_keeps_the_file_but_not_in_public(self) -> None:
        article, problems = load("---\ntitle: Kop\ndraft: ja\ndate: 2026-13-45\n---\ntekst")
        assert article.visible_from == NEVER
        assert [(problem.line, problem.severity) for problem in problems] == [
            (3, "withheld"),
            (4, "withheld"),
        ]
        assert all(problem.path == "content/map/stuk.md" for problem in problems)

    def test_a_value_that_does_not_is_a_warning_with_its_line(self) -> None:
        lines = [
            "title: Kop",
            f"summary: {'a' * 2_001}",
            "tags: {a: b}",
            "categories: {a: b}",
            "aliases: //x",
        ]
        lines += ["cover: 'javascript:x'", "lastmod: ooit", f"author: {'a' * 201}"]
        article, problems = load("\n".join(["---", *lines, "---"]))
        assert {problem.line for problem in problems} == {3, 4, 5, 6, 7, 8, 9}
        assert {problem.severity for problem in problems} == {"warning"}
        assert (article.visible_from, article.cover, article.tags, article.modified) == (
            ALWAYS,
            None,
            (),
            None,
        )
        assert (len(article.summary), len(article.author)) == (2_000, 200)

    def test_too_long_a_title_is_cut(self) -> None:
        article, (problem,) = load(f"---\ntitle: {'a' * 501}\n---\n")
        assert len(article.title) == 500
        assert problem.line == 2


class TestWhatIsRejected:
    @pytest.mark.parametrize(
        ("content", "line", "says"),
        [
            (b"---\ntitle: x\ndraft: true\n", 1, "niet afgesloten"),
            (b"\n---\ntitle: x: y\n---\n", 3, "dubbele punt"),
            (b"---\ntitle: x\nslug: ../../etc/passwd\n---\n", 3, "slug"),
            (b"---\ntitle: caf\xe9\n---\n", 2, "byte 14 (0xE9)"),
            ("---\ntitle: x\n---\n".encode("utf-16"), 1, "UTF-16"),
            ("---\ntitle: x\n---\n".encode("utf-16-be"), 1, "byte 0 is een nulteken"),
            (b"---\ntitle: x\n---\na\x00b", 4, "nulteken"),
            (b"a\xed\xa0\x80", 1, "byte 1 (0xED)"),
            (b"a" * (MAX_BYTES + 1), 1, "1024 KiB"),
        ],
    )
    def test_what_cannot_be_read_is_named_with_line_and_place(
        self, content: bytes, line: int, says: str
    ) -> None:
        problem = rejected(content)
        assert problem.line == line
        assert says in problem.message

    def test_a_file_of_the_largest_size_is_read(self) -> None:
        assert len(load(b"a" * MAX_BYTES)[0].text) == MAX_BYTES

    @pytest.mark.parametrize(
        "relative", ["..md", "a/...md", "a\nb.md", f"{'a' * (MAX_ID + 1)}.md", " .md", "a/../b.md"]
    )
    def test_a_name_that_cannot_be_an_id_is(self, relative: str) -> None:
        assert "id" in rejected("tekst", relative).message


class TestIds:
    @pytest.mark.parametrize(
        ("relative", "identity"),
        [
            ("stuk.md", "stuk"),
            ("a/b/stuk.markdown", "a/b/stuk"),
            ("a/index.md", "a"),
            ("a/_index.md", "a"),
            ("index.md", ROOT_ID),
            ("_index.md", ROOT_ID),
            ("a/v1.2.md", "a/v1.2"),
            ("C#/été 1.md", "C#/été 1"),
            ("e\u0301.md", "é"),
        ],
    )
    def test_it_is_the_path_without_extension(self, relative: str, identity: str) -> None:
        assert article_id(relative) == identity

    @pytest.mark.parametrize(
        ("relative", "identity"),
        [("a/stuk.md", "a/nieuw"), ("a/b/index.md", "a/nieuw"), ("stuk.md", "nieuw"), ("index.md", "nieuw")],
    )
    def test_a_slug_takes_the_place_of_the_last_part(self, relative: str, identity: str) -> None:
        assert article_id(relative, "nieuw") == identity

    def test_an_empty_one_is_refused(self) -> None:
        with pytest.raises(UnreadableError, match="id"):
            article_id("\t/ .md")


class TestALine:
    def test_it_has_the_same_fields_as_a_file(self) -> None:
        article, problems = load_line(
            id="wet#1/é",
            text="Een\u00ad  regel.\n\n\nTwee <b>",
            summary="Kort",
            tags=["ai", "AI"],
            date="2024-05-01",
            cover="/a.png",
        )
        assert not problems
        assert (article.id, article.title, article.body) == ("wet#1/é", "Kop", "")
        assert article.text == "Een regel.\n\nTwee <b>"
        assert (article.summary, article.tags, article.cover) == ("Kort", ("ai",), Cover("/a.png"))
        assert article.visible_from == 1_714_514_400_000

    def test_a_draft_is_never_public(self) -> None:
        assert load_line(draft=True)[0].visible_from == NEVER

    def test_what_cannot_be_read_is_reported_with_its_line(self) -> None:
        article, (problem,) = load_line(Draft="false", onbekend=[1])
        assert article.visible_from == NEVER
        assert (problem.path, problem.line, problem.severity) == ("lijst.jsonl", 7, "withheld")

    def test_a_number_may_serve_as_id(self) -> None:
        assert load_line(id=12)[0].id == "12"

    def test_without_title_the_id_is_the_title(self) -> None:
        assert load_line(title="")[0].title == "a"

    def test_a_byte_order_mark_and_line_end_do_no_harm(self) -> None:
        assert read_line("x", 1, b'\xef\xbb\xbf{"id": "a", "text": ""}\r\n').article

    @pytest.mark.parametrize(
        "identity",
        [None, "", " ", ".", "..", "a/../b", "a\nb", "\x00", "\ud800", "a" * 513, True, 1.5, [], {}],
    )
    def test_without_a_usable_id_it_is_rejected(self, identity: Any) -> None:
        assert "id" in rejected_line(json.dumps({"id": identity, "text": "x"}).encode())

    @pytest.mark.parametrize("text", [None, 1, ["x"]])
    def test_without_text_it_is_rejected(self, text: Any) -> None:
        assert '"text"' in rejected_line(json.dumps({"id": "a", "text": text}).encode())

    def test_too_long_a_text_is_rejected(self) -> None:
        assert "KiB" in rejected_line(json.dumps({"id": "a", "text": "é" * MAX_BYTES}).encode())

    @pytest.mark.parametrize(
        "content", [b"{", b"[]", b'{"id": 1, "ID": 2, "text": ""}', b'{"id": "\xff"}', b"tekst", b"\x00"]
    )
    def test_what_is_no_object_is_rejected(self, content: bytes) -> None:
        assert rejected_line(content)


@given(st.binary() | st.text().map(lambda text: f"---\n{text}\n---\n{text}".encode("utf-8", "surrogatepass")))
def test_no_bytes_make_it_fail_otherwise(content: bytes) -> None:
    for loaded in (read_article("a.md", "a.md", content), read_line("a.jsonl", 1, content)):
        assert loaded.article or loaded.problems[0].severity == "rejected"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.sampled_from(
        [
            "title",
            "date",
            "lastmod",
            "draft",
            "tags",
            "categories",
            "summary",
            "slug",
            "aliases",
            "author",
            "cover",
            "publishDate",
            "expiryDate",
            "description",
            "published",
            "pubdate",
            "modified",
            "id",
            "text",
        ]
    ),
)
def test_no_value_of_a_field_makes_it_fail_otherwise(value: Any, name: str) -> None:
    loaded = read_line("a.jsonl", 1, json.dumps({"id": "a", "text": "b", name: value}).encode())
    assert loaded.article or loaded.problems[0].severity == "rejected"


class TestAFieldThatIsMeantButNotRead:
    """A draft whose author did mean it is never public."""

    @pytest.mark.parametrize(
        "name", ['"draft "', "draft\u200b", "\uff44raft", "DRAFT", "dr\u0430ft", "\u0501raft"]
    )
    def test_a_look_alike_of_draft_keeps_the_article_back(self, name: str) -> None:
        article, _ = load(f"---\ntitle: Kop\n{name}: true\n---\ntekst")
        assert article.visible_from == NEVER

    @pytest.mark.parametrize(
        "text",
        [
            "<!-- c -->\n---\ntitle: a\ndraft: true\n---\n",
            "title: a\ndraft: true\n\ntekst",
            "---\u2028title: a\u2028draft: true\u2028---\ntekst",
            "#+title: a\n#+draft: true\n",
            ";;;\ndraft = true\n;;;\n",
        ],
    )
    def test_fields_outside_front_matter_are_rejected(self, text: str) -> None:
        loaded = read_article("a.md", "a.md", text.encode())
        assert loaded.article is None
        assert loaded.problems[0].severity == "rejected"
