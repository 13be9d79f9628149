"""The pages for readers."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.errors import BadSource, DamagedIndex
from search.model import TagSummary
from web.errors import words_of
from web.pages import by_letter
from web.serving import NAME

PAGES = (
    "/",
    "/?q=privacy",
    "/?q=privacy&tag=recht&van=2024&tot=2024",
    "/?q=bestaatniet",
    "/?q=model",
    "/?q=model&delen=0",
    "/?q=privcy",
    "/?q=taalmodel+sinds+juni+2024",
    "/?sorteer=nieuwste&pagina=2",
    "/?sorteer=nieuwste&pagina=900",
    "/artikel/privacy",
    "/artikel/taal",
    "/tags",
    "/tags/privacy",
    "/niets",
    "/?pagina=abc",
)


class Outline(HTMLParser):
    """What a screen reader goes by: headings, landmarks, ids, labels, and pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.references: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        attributes = dict(attrs)
        self.tags.append(tag)
        if attributes.get("id"):
            self.ids.append(attributes["id"] or "")
        if tag == "label":
            self.labelled.add(attributes["for"] or "")
        if tag == "input" and attributes.get("type") != "hidden":
            self.fields.append(attributes["id"] or "")
        if tag == "img":
            self.pictures.append(attributes)
        self.references += (attributes.get("aria-labelledby") or "").split()
        if tag == "a" and (attributes["href"] or "").startswith("#"):
            self.references.append((attributes["href"] or "")[1:])


def links(page: str) -> list[str]:
    """Give the addresses that a page links to."""
    return [address.replace("&amp;", "&") for address in re.findall(r'<a [^>]*?href="([^"]*)"', page)]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_read_without_eyes(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    outline = Outline(page)
    assert '<html lang="nl">' in page
    for once in ("h1", "main", "title"):
        assert outline.tags.count(once) == 1
    assert {"header", "nav", "footer"} <= set(outline.tags)
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.references) <= set(outline.ids)
    assert set(outline.fields) <= outline.labelled
    assert all(
        "alt" in picture and "width" in picture and "height" in picture for picture in outline.pictures
    )
    assert page.index('class="skip"') < page.index("<header")


@pytest.mark.parametrize("path", PAGES)
def test_every_link_on_a_page_leads_somewhere(client: FlaskClient, path: str) -> None:
    for address in set(links(client.get(path).text)):
        if address.startswith("/"):
            assert client.get(address).status_code == 200, address


def test_the_front_page_shows_the_newest_and_the_most_used_tags(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Privacy &amp; &lt;techniek&gt;" in page
    assert page.index("Privacy &amp; &lt;techniek&gt;") < page.index("De wet van 2024")
    assert 'href="/tags/privacy"' in page
    assert 'href="/?sorteer=nieuwste"' in page


@pytest.mark.parametrize("path", ["/?q=", "/?pagina=1", "/?utm_source=brief", "/?tag=&van="])
def test_nothing_asked_is_the_front_page(client: FlaskClient, path: str) -> None:
    assert "Wat zoekt u?" in client.get(path).text


def test_results_are_counted_and_marked(client: FlaskClient) -> None:
    page = client.get("/?q=gemeente").text
    assert re.search(r"<h1>2 artikelen voor <q>gemeente</q></h1>", page)
    assert "<mark>gemeente</mark>" in page
    assert 'value="gemeente"' in page


def test_chosen_filters_can_be_taken_away_one_by_one(client: FlaskClient) -> None:
    page = client.get("/?q=taalmodel&tag=RECHT&van=2024-07&tot=2024-07").text
    chosen = page[page.index('class="chosen"') : page.index('class="columns"')]
    assert links(chosen) == [
        "/?q=taalmodel&van=2024-07&tot=2024-07",
        "/?q=taalmodel&tag=RECHT",
        "/?q=taalmodel",
    ]
    assert "juli 2024" in chosen


def test_a_chosen_facet_says_so_and_is_taken_away_by_its_link(client: FlaskClient) -> None:
    page = client.get("/?q=taalmodel&tag=recht&van=2024&tot=2024").text
    facets = page[page.index('id="verfijnen"') :]
    assert re.search(r'href="/\?q=taalmodel&amp;van=2024&amp;tot=2024" aria-current="true"', facets)
    assert re.search(r'href="/\?q=taalmodel&amp;tag=recht" aria-current="true"', facets)
    assert 'href="/?q=taalmodel&amp;tag=recht&amp;van=2024-07&amp;tot=2024-07"' in facets
    assert facets.count(">gekozen<") == 2
    assert "Artikelen met de gekozen tag." in facets


def test_choosing_a_facet_gives_as_many_articles_as_it_says(client: FlaskClient) -> None:
    page = client.get("/?q=herhaling").text
    facets = page[page.index('id="verfijnen"') :]
    found = re.findall(r'class="facet" href="([^"]+)".*?class="count">([\d.]+)<', facets, re.DOTALL)
    assert found
    for address, count in found:
        narrowed = client.get(address.replace("&amp;", "&")).text
        assert re.search(rf"<h1>{count} artikel", narrowed)


def test_a_new_query_keeps_the_filters_and_starts_at_the_first_page(client: FlaskClient) -> None:
    page = client.get("/?tag=reeks&van=2010&pagina=2").text
    form = page[page.index('role="search"') : page.index("</form>")]
    assert '<input type="hidden" name="tag" value="reeks">' in form
    assert '<input type="hidden" name="van" value="2010">' in form
    assert "pagina" not in form


def test_pages_follow_one_another_and_hold_every_article_once(client: FlaskClient) -> None:
    address, seen = "/?q=herhaling&sorteer=oudste", list[str]()
    while address:
        page = client.get(address).text
        seen += re.findall(r'class="hit-title"><a href="([^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 35


def test_the_current_page_is_told(client: FlaskClient) -> None:
    page = client.get("/?q=herhaling&pagina=2").text
    assert re.search(r'aria-label="Pagina 2" aria-current="page"', page)
    assert "pagina 2 –" in page
    assert 'rel="prev" href="/?q=herhaling"' in page


def test_a_page_past_the_last_leads_back(client: FlaskClient) -> None:
    page = client.get("/?q=herhaling&pagina=9").text
    assert "Pagina 9 bestaat niet: deze lijst heeft\n  4 pagina’s." in page
    assert "/?q=herhaling&pagina=4" in links(page)


@pytest.mark.parametrize(("sort", "first"), [("nieuwste", "/artikel/privacy"), ("oudste", "/artikel/taal")])
def test_a_list_is_sorted_as_asked(client: FlaskClient, sort: str, first: str) -> None:
    page = client.get(f"/?tag=privacy&sorteer={sort}").text
    assert re.findall(r'class="hit-title"><a href="([^"]+)"', page)[0] == first
    assert re.search(rf'aria-current="true">{sort}<', page)


def test_relevance_is_offered_only_when_there_are_words(client: FlaskClient) -> None:
    assert ">relevantie<" in client.get("/?q=privacy").text
    assert ">relevantie<" not in client.get("/?tag=privacy").text


def test_nothing_found_helps_one_on(client: FlaskClient) -> None:
    page = client.get("/?q=bestaatniet&tag=privacy").text
    assert "Geen artikelen gevonden voor <q>bestaatniet</q>" in page
    assert "/?q=bestaatniet" in links(page)
    assert "Nieuwste artikelen" in page
    assert "Meest gebruikte tags" in page


def test_a_remark_on_the_query_is_shown(client: FlaskClient) -> None:
    assert 'class="problems"' in client.get("/", query_string={"q": 'privacy "niet gesloten'}).text


@pytest.mark.parametrize(
    "query",
    [
        "pagina=abc",
        "pagina=0",
        "pagina=1001",
        "van=gisteren",
        "tot=2023-02-29",
        "sorteer=raar",
        "pagina=1e9",
        "delen=2",
    ],
)
def test_what_cannot_be_read_is_told_in_dutch(client: FlaskClient, query: str) -> None:
    response = client.get(f"/?{query}")
    assert response.status_code == 400
    assert "Ongeldig verzoek" in response.text
    assert "page" not in re.sub(r"<[^>]*>", "", response.text)


def test_an_article_shows_all_it_has(client: FlaskClient) -> None:
    page = client.get("/artikel/privacy").text
    assert "<h1>Privacy &amp; &lt;techniek&gt;</h1>" in page
    assert "23 februari 2026" in page
    assert "Bijgewerkt op <time" in page
    assert "3 maart 2026" in page
    assert "Door Mies &amp; Wim" in page
    assert 'alt="Een slot"' in page
    assert "<figcaption>Beeld: redactie</figcaption>" in page
    assert 'href="/tags/c%2B%2B"' in page
    assert "alert(1)" not in page


def test_a_picture_that_may_not_be_fetched_is_left_out(client: FlaskClient) -> None:
    for path in ("/artikel/taal", "/?q=taalmodel"):
        assert "onveilig.png" not in client.get(path).text


def test_an_article_with_an_odd_id_is_found_by_the_link_to_it(client: FlaskClient, odd_id: str) -> None:
    page = client.get("/", query_string={"q": "vreemde eend", "sorteer": "nieuwste"}).text
    title = f"Raar {odd_id}".replace("&", "&amp;")
    address = re.search(rf'<a href="([^"]+)">(?:<mark>)?{re.escape(title)}', page)
    assert address
    assert client.get(address[1]).status_code == 200


def test_an_odd_id_is_read_from_any_encoding(client: FlaskClient, odd_id: str) -> None:
    for safe in ("", "/"):
        response = client.get("/artikel/" + quote(odd_id, safe=safe))
        assert response.status_code == 200
        assert f"Raar {odd_id}".replace("&", "&amp;") in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/artikel/taal//",
        "/artikel//taal",
        "/artikel//",
        "/artikel/",
        "/artikel",
        "/artikel/TAAL",
        "/artikel/concept/",
    ],
)
def test_an_id_is_taken_as_it_is(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/artikel/taal/", "/artikel/taal"),
        ("/artikel/reeks/7/?van=elders", "/artikel/reeks/7?van=elders"),
        ("/artikel/achteraan//", "/artikel/achteraan%2F"),
    ],
)
def test_a_slash_after_an_article_leads_to_the_article(client: FlaskClient, path: str, location: str) -> None:
    response = client.get(path)
    assert response.status_code == 301
    assert response.headers["Location"] == location
    assert client.get(location).status_code == 200


def test_a_page_that_moved_says_so_in_dutch(client: FlaskClient) -> None:
    response = client.get("/tags/PRIVACY", query_string={"a": "'<b>&\""})
    location = response.headers["Location"]
    assert (response.status_code, response.content_type) == (301, "text/html; charset=utf-8")
    assert '<html lang="nl">' in response.text
    assert "Redirecting" not in response.text
    assert [unescape(link) for link in links(response.text)] == [location]
    assert "<b>" not in response.text


@pytest.mark.parametrize("path", ["/2019/oud-adres", "/2019/oud-adres/", "/oud/slot"])
def test_an_old_address_leads_to_its_article(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 301
    assert response.headers["Location"] == "/artikel/privacy"
    assert response.headers["Cache-Control"] == "no-cache"


def test_an_unknown_address_offers_to_search_for_its_words(client: FlaskClient) -> None:
    response = client.get("/2024/03/De-wet_van-2024.html")
    assert response.status_code == 404
    assert "/?q=De+wet+van+2024" in links(response.text)
    assert words_of("/") == ""
    assert words_of("/een/twee/") == "twee"


def test_tags_are_listed_by_use_and_by_alphabet(client: FlaskClient) -> None:
    page = client.get("/tags").text
    most, alphabet = page.split("Van A tot Z")
    assert most.index("reeks") < most.index("Privacy") < most.index("recht")
    assert alphabet.index("AI-model") < alphabet.index("C++") < alphabet.index("recht")
    assert re.search(r"Privacy</a>.*?ook <i>privacy</i>", alphabet, re.DOTALL)


def test_tags_stand_under_their_first_letter_accents_aside() -> None:
    labels = ("zorg", "Één", "3D", "energie", "ébène", ".NET", "2026")
    groups = by_letter(tuple(TagSummary(label, label, 1, ((label, 1),)) for label in labels))
    assert [(letter, [tag.label for tag in tags]) for letter, tags in groups] == [
        ("#", [".NET"]),
        ("0–9", ["2026", "3D"]),
        ("E", ["ébène", "Één", "energie"]),
        ("Z", ["zorg"]),
    ]


@pytest.mark.parametrize(
    ("spelling", "address"),
    [("PRIVACY", "/tags/privacy"), ("C++", "/tags/c%2B%2B"), ("Machine Learning", "/tags/machine-learning")],
)
def test_another_spelling_of_a_tag_leads_to_its_own_address(
    client: FlaskClient, spelling: str, address: str
) -> None:
    response = client.get("/tags/" + quote(spelling, safe=""))
    assert response.status_code == 301
    assert response.headers["Location"] == address
    assert client.get(address).status_code == 200


def test_a_moved_tag_keeps_the_rest_of_the_address(client: FlaskClient) -> None:
    assert client.get("/tags/REEKS?pagina=2").headers["Location"] == "/tags/reeks?pagina=2"


def test_a_tag_lists_its_articles(client: FlaskClient) -> None:
    page = client.get("/tags/privacy").text
    assert "<h1>Privacy</h1>" in page
    assert "3 artikelen met deze tag" in page
    assert "Ook geschreven als <i>privacy</i> (1)" in page
    assert page.count('class="hit-title"') == 3
    assert "/?tag=privacy" in links(page)


def test_the_pages_of_a_tag_stay_with_the_tag(client: FlaskClient) -> None:
    page = client.get("/tags/reeks?sorteer=oudste&pagina=2").text
    assert "/tags/reeks?sorteer=oudste&pagina=3" in links(page)
    assert 'aria-label="Pagina 2" aria-current="page"' in page


@pytest.mark.parametrize(
    "path", ["/feed.xml", "/opensearch.xml", "/sitemap.xml", "/metrics", "/redactie/", "/favicon.ico"]
)
def test_what_is_not_built_is_absent(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/?q=privacy", "/artikel/privacy", "/tags", "/tags/privacy"])
def test_a_page_is_asked_for_again_and_sent_only_when_it_changed(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Security-Policy" in again.headers
    assert client.get(path, headers={"If-None-Match": 'W/"anders"'}).status_code == 200
    assert client.head(path).headers["ETag"] == first.headers["ETag"]


def test_every_address_has_a_tag_of_its_own(client: FlaskClient) -> None:
    tags = {client.get(path).headers["ETag"] for path in ("/", "/?q=a", "/?q=b", "/tags", "/tags/privacy")}
    assert len(tags) == 5


@pytest.mark.parametrize("path", ["/niets", "/?pagina=abc", "/artikel/niets", "/tags/niets"])
def test_an_error_is_not_kept(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"If-None-Match": "*"})
    assert response.status_code in (400, 404)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("path", ["/", "/?q=privacy", "/artikel/privacy", "/tags", "/tags/privacy", "/niets"])
def test_without_an_index_a_page_asks_for_patience(client_without_index: FlaskClient, path: str) -> None:
    response = client_without_index.get(path)
    assert response.status_code == 503
    assert "Tijdelijk niet beschikbaar" in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert int(response.headers["Retry-After"]) > 0


def test_a_missing_file_needs_no_index_to_be_missing(client_without_index: FlaskClient) -> None:
    assert client_without_index.get("/static/niets.css").status_code == 404


def test_a_fault_of_ours_tells_no_secrets(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = (
        (RuntimeError("/geheim/pad"), 500),
        (BadSource("Onleesbaar", "/geheim/pad"), 500),
        (DamagedIndex("Stuk", "/geheim/pad"), 503),
    )
    for error, status in errors:

        def broken(*_: object, fault: Exception = error) -> None:
            raise fault

        monkeypatch.setattr(type(app.extensions[NAME]), "search", broken)
        # Not asked for before: an answer may have been kept.
        for path in (f"/?q=fout&{id(error)}", f"/api/v1/search?q=fout&{id(error)}"):
            response = client.get(path)
            assert response.status_code == status
            assert "geheim" not in response.text
            assert "Content-Security-Policy" in response.headers
