"""The pieces of a list page: what is not ours is escaped, wherever it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from search.model import Cover, Hit, Passage, Snippets
from web.listing import Link, YearLinks
from web.pieces import date_line, escaped, facet_items, hit_item, tag_links, year_items

EVIL = "<script>alert('x')</script>\"&"


@given(st.text())
def test_a_text_is_escaped_as_the_templates_do(text: str) -> None:
    assert escaped(text) == str(escape(text))
    assert type(escaped(text)) is str


def test_nothing_of_a_hit_is_taken_as_html() -> None:
    passages = (Passage(EVIL, ((0, 3),)), Passage(EVIL))
    hit = Hit(
        id=EVIL,
        url=EVIL,
        title=EVIL,
        summary=EVIL,
        date=None,
        tags=(EVIL,),
        cover=Cover(f"/{EVIL}", EVIL, EVIL),
        score=1.0,
        why=(),
        snippets=Snippets(passages, passages, passages),
    )
    untitled = Hit(EVIL, EVIL, EVIL, EVIL, "2026-02-23T00:00:00+01:00", (), None, 1.0, ("part",), Snippets())
    for written in (hit_item(hit), hit_item(untitled, "h3"), tag_links((EVIL,))):
        assert "<script" not in written
        assert "alert(" in written
        assert "'" not in written


def test_nothing_of_a_facet_is_taken_as_html() -> None:
    link = Link(EVIL, EVIL, 3, current=True)
    for written in (facet_items((link, link), 8), year_items((YearLinks(link, (link,)),))):
        assert "<script" not in written
        assert written.count("alert(") > 2


def test_a_facet_counts_in_dutch_and_says_when_it_is_chosen() -> None:
    one, many = Link("recht", "/?tag=recht", 1), Link("wet", "/?tag=wet", 1234, current=True)
    written = str(facet_items((one, many), 2))
    assert '<span class="count">1<span class="unseen"> artikel</span>' in written
    assert '<span class="count">1.234<span class="unseen"> artikelen</span>' in written
    assert written.count('aria-current="true"') == written.count(">gekozen<") == 1


def test_a_date_is_written_for_people_and_for_programs() -> None:
    written = str(date_line("2026-02-23T13:02:07+01:00"))
    assert written == '<time datetime="2026-02-23T13:02:07+01:00">23 februari 2026</time>'
