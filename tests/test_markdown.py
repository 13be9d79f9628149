import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.markdown import MAX_EMPHASIS, MAX_URL, plain_to_html, read, to_html

MIB = 1_048_576
MARKS = st.text(st.sampled_from("#*_~`[]()!<>|-+=:&;\"'\\/ \n\tabn1x{%}")) | st.lists(
    st.sampled_from(
        [
            "<script>",
            "</script>",
            "<b onclick=x>",
            "<!--",
            "-->",
            "javascript:x",
            "[a](",
            ")",
            "<img src=x>",
            "# ",
            "\n\n",
            "![",
            "](data:x)",
            "|a|b|\n|-|-|\n",
            "```",
            "&lt;script&gt;",
            "<style>",
            "{{<",
            ">}}",
            "woord",
            "<div>",
            "<p>",
            "> ",
        ]
    )
).map("".join)
TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "ul",
} | {*("h2", "h3", "h4", "h5", "h6", "table", "tbody", "td", "th", "thead", "tr")}


def to_text(markdown: str) -> str:
    return read(markdown).text


class Tags(HTMLParser):
    """Collects the tags and attributes of a page, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data


def attributes(page: str, tag: str) -> list[dict[str, str]]:
    return [attrs for name, attrs in Tags(page).found if name == tag]


class TestText:
    @pytest.mark.parametrize(
        ("markdown", "text"),
        [
            ("# Kop\n\nEerste *regel*\nloopt **door**.\n\nTweede.", "Kop\nEerste regel loopt door.\nTweede."),
            ("Kop\n===\n\ntekst", "Kop\ntekst"),
            ("- een\n- twee\n  1. drie\n\n     en meer", "een\ntwee\ndrie\nen meer"),
            ("> citaat\n> loopt door", "citaat loopt door"),
            ("een  \ntwee\\\ndrie", "een twee drie"),
            ('[de *AI*-wet](https://a.nl/x "titel") en <https://b.nl>', "de AI-wet en https://b.nl"),
            ("[wet][1]\n\n[1]: https://a.nl", "wet"),
            ("![een *rode* ballon](/a.png)", "een rode ballon"),
            ("`code` en ~~weg~~", "code en weg"),
            ("```python\nx = 1\n\n  y = 2\n```", "x = 1\ny = 2"),
            ("    ingesprongen code", "ingesprongen code"),
            ("| a | b |\n|---|---|\n| *1* | 2 |", "a | b\n1 | 2"),
            ("R&amp;D \\*ster\\* &copy;", "R&D *ster* ©"),
            ("***\n\n---\n", ""),
            ("", ""),
            ("sa\u00admen\u200bstelling cafe\u0301", "samenstelling café"),
        ],
    )
    def test_every_block_is_a_line_without_marks(self, markdown: str, text: str) -> None:
        assert to_text(markdown) == text

    @pytest.mark.parametrize(
        ("markdown", "text"),
        [
            ("<p>Een <b>vet</b> woord</p><p>en\nmeer</p>", "Een vet woord\nen meer"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
            ("een<br>twee<br/>drie", "een twee drie"),
            ("een <span class='x'>twee</span> drie", "een twee drie"),
            ("<div>\n\n**vet** in een blok\n\n</div>", "vet in een blok"),
            ("<script>\nalert(1)\n\nalert(2)\n</script>\n\ntekst", "tekst"),
            ("<div><script>alert(1)</script><style>p{}</style>tekst</div>", "tekst"),
            ("een <script>alert(1)</script> twee", "een twee"),
            ("een <SCRIPT>a <b>b</b> c</SCRIPT> twee <style>x</style> drie", "een twee drie"),
            ("de tag <script> sluit nooit", "de tag sluit nooit"),
            ("de </script> opent `<script>` nooit", "de opent <script> nooit"),
            ("<div><script>open", ""),
            ("<!-- opmerking -->tekst", "tekst"),
            ("een <!-- stil --> twee <?php echo 1 ?> drie", "een twee drie"),
            ("<pre>\nregel een\nregel twee\n</pre>", "regel een\nregel twee"),
            ('<div title="a > b">R&amp;D &lt;b&gt;</div>', "R&D <b>"),
            ("<div>1 < 2 en 3 > 2</div>", "1 < 2 en 3 > 2"),
        ],
    )
    def test_of_raw_html_the_words_stay(self, markdown: str, text: str) -> None:
        assert to_text(markdown) == text

    @pytest.mark.parametrize(
        ("markdown", "text"),
        [
            ('voor {{< figure src="x.png" >}} na', "voor na"),
            ("{{% notitie %}}\nbinnen\n{{% /notitie %}}", "binnen"),
            ("{{<\n  lang\n>}}tekst", "tekst"),
            ("een {{< die nooit sluit", "een {{< die nooit sluit"),
            ("{{ geen }} shortcode", "{{ geen }} shortcode"),
        ],
    )
    def test_shortcodes_are_left_out(self, markdown: str, text: str) -> None:
        assert to_text(markdown) == text


class TestHeadings:
    @pytest.mark.parametrize(
        ("markdown", "heading"),
        [
            ("tekst\n\n## De *tweede*\n\n# De eerste", "De tweede"),
            ("Kop\n---\n", "Kop"),
            ("<h2>Uit <i>HTML</i></h2>\n<p>tekst</p>", "Uit HTML"),
            ("#\n\n# Echt", "Echt"),
            ("geen", ""),
            ("```\n# code\n```", ""),
        ],
    )
    def test_the_first_one_with_words_counts(self, markdown: str, heading: str) -> None:
        assert read(markdown).heading == heading

    def test_a_heading_that_says_the_title_is_left_out_of_the_text(self) -> None:
        plain = read("# Over  ons\n\nWij zoeken.")
        assert plain.below("Over ons") == "Wij zoeken."
        assert plain.below("Iets anders") == "Over ons\nWij zoeken."

    def test_one_further_on_stays(self) -> None:
        assert read("Wij zoeken.\n\n# Over ons").below("Over ons") == "Wij zoeken.\nOver ons"

    def test_the_page_leaves_it_out_as_well(self) -> None:
        assert to_html("# Over *ons*\n\nWij zoeken.", "Over ons") == "<p>Wij zoeken.</p>\n"
        assert to_html("Wij zoeken.\n\n# Over ons", "Over ons") == "<p>Wij zoeken.</p>\n<h2>Over ons</h2>\n"
        assert to_html("<h1>Over ons</h1>\n<p>Wij zoeken.</p>", "Over ons") == "<p>Wij zoeken.</p>\n"
        assert to_html("", "Over ons") == ""


class TestHtml:
    def test_headings_begin_at_the_second_level(self) -> None:
        assert to_html("# a\n## b\n###### c") == "<h2>a</h2>\n<h3>b</h3>\n<h6>c</h6>\n"

    def test_links_to_other_hosts_keep_their_distance(self) -> None:
        page = to_html("[a](https://a.nl/) [b](//b.nl) [c](/artikel/c) [d](mailto:d@d.nl) [e](#e)")
        assert [(link["href"], link.get("rel")) for link in attributes(page, "a")] == [
            ("https://a.nl/", "noopener"),
            ("//b.nl", "noopener"),
            ("/artikel/c", None),
            ("mailto:d@d.nl", None),
            ("#e", None),
        ]

    @pytest.mark.parametrize(
        "target",
        [
            "javascript:alert(1)",
            "JAVASCRIPT:x",
            "&#106;avascript:x",
            "vbscript:x",
            "data:text/html,x",
            "data:image/png;base64,x",
            "file:///etc/passwd",
            "ftp://a.nl",
            "tel:112",
            "http://[",
            "https://a.nl/" + "a" * MAX_URL,
        ],
    )
    def test_other_links_lead_nowhere(self, target: str) -> None:
        page = to_html(f"[woord](<{target}>) ![beeld](<{target}>)")
        assert not attributes(page, "img")
        assert not any(attributes(page, "a"))
        assert "woord" in page
        assert "beeld" in page

    def test_pictures_load_late(self) -> None:
        assert to_html('![een *rode* ballon](/a.png "titel")') == (
            '<p><img src="/a.png" alt="een rode ballon" title="titel" loading="lazy"></p>\n'
        )

    def test_a_picture_by_mail_is_only_its_words(self) -> None:
        assert to_html("![a <b>](mailto:a@a.nl)") == "<p>a </p>\n"

    def test_tables_stand_in_a_box_without_styles(self) -> None:
        page = to_html("|a|\n|:-:|\n|b|")
        assert page.startswith('<div class="table"><table>')
        assert page.rstrip().endswith("</table>\n</div>")
        assert "style" not in page

    def test_code_keeps_its_spaces_without_classes(self) -> None:
        assert to_html("```py\nif x:\n  <y>\n```") == "<pre><code>if x:\n  &lt;y&gt;\n</code></pre>\n"

    def test_raw_html_is_only_its_words(self) -> None:
        page = to_html(
            '<h1 onclick="x">Kop</h1>\n<p>een &lt;b&gt; <a href="x:y">woord</a></p>\n\nen <b>meer</b><br>nog'
        )
        assert page == "<h2>Kop</h2>\n<p>een &lt;b&gt; woord</p>\n<p>en meer<br>\nnog</p>\n"

    def test_scripts_are_gone_with_what_they_say(self) -> None:
        assert "alert" not in to_html("a <script>alert(1)</script>\n\n<div><style>alert(2)</style></div>")

    def test_emphasis_in_emphasis_ends_somewhere(self) -> None:
        page = to_html("*a " * 200 + "a*" * 200)
        assert page.count("<em>") == page.count("</em>") == MAX_EMPHASIS
        assert page.count("a") == 400

    def test_plain_text_becomes_paragraphs(self) -> None:
        assert (
            plain_to_html("een <b>\ntwee\n\n\ndrie & vier\n")
            == "<p>een &lt;b&gt;<br>\ntwee</p>\n<p>drie &amp; vier</p>\n"
        )
        assert plain_to_html("") == ""

    @given(MARKS)
    def test_nothing_unsafe_comes_through(self, markdown: str) -> None:
        for page in (to_html(markdown), to_html(f"<div>{markdown}"), plain_to_html(markdown)):
            for tag, attrs in Tags(page).found:
                assert tag in TAGS
                assert attrs.keys() <= {"href", "title", "rel", "src", "alt", "loading", "start", "class"}
                assert not re.match(
                    r"\s*(javascript|data|vbscript|file):", attrs.get("href", ""), re.IGNORECASE
                )
                assert not re.match(r"(?!https?:)[^/?#]*:", attrs.get("src", ""))

    @given(MARKS)
    def test_text_and_page_have_the_same_words(self, markdown: str) -> None:
        page = to_html(markdown)
        shown = Tags(page).words + " ".join(attrs.get("alt", "") for attrs in attributes(page, "img"))
        assert sorted(re.findall(r"\w", shown)) == sorted(re.findall(r"\w", to_text(markdown)))


HOSTILE = {
    "lists of lists": "- " * 20_000,
    "indented lists": "".join(" " * min(2 * n, 800) + "- a\n" for n in range(2_000)),
    "quotes in quotes": ">" * 20_000,
    "open brackets": "[" * 20_000,
    "closed brackets": "[" * 20_000 + "]" * 20_000,
    "open links": "[a](" * 20_000,
    "pictures in pictures": "![" * 20_000,
    "stars": "*" * 20_000,
    "stars with words": "*a **b " * 10_000 + "** *" * 10_000,
    "strikethrough": "~~a" * 100_000,
    "code": " ".join("`" * n for n in range(1_400)),
    "long table": "|a|b|\n|-|-|\n" + "|c|d|\n" * 150_000,
    "wide table": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|c\n" * 1_000,
    "short lines": "a\n\n" * (MIB // 3),
    "list items": "* a\n" * (MIB // 4),
    "headings": "# a\n" * (MIB // 4),
    "ampersands": "&" * MIB,
    "backslashes": "\\" * MIB,
    "comments": "a <!-- " * (MIB // 7),
    "tags": "<div>" * (MIB // 5),
    "tags in a block": "<p>\n" + "<div " * (MIB // 5),
    "quotes in a tag": '<div a="' * (MIB // 8),
    "scripts": "<div>" + "<script>" * (MIB // 8),
    "half scripts": "<div><script>" + "</script " * (MIB // 9),
    "scripts in a line": "a " + "<script>" * 20_000,
    "open shortcodes": "{{<" * (MIB // 3),
    "half shortcodes": "{{< %}" * (MIB // 6),
    "one long reference": f"[a]: /{'u' * 500_000}\n\n" + "[a] " * 30_000,
    "many references": f"[a]: /{'u' * 2_000}\n\n" + "[a] " * 30_000,
    "pictures by reference": f'[a]: /u "{"t" * 100_000}"\n\n' + "![a] " * 20_000,
    "a mebibyte of prose": "Een zin van *gewone* lengte, met [een link](https://a.nl).\n\n" * (MIB // 62),
    "one paragraph": "woord " * (MIB // 6),
    "accents": "a" + "\u0301\u0316" * (MIB // 4),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_bounded_time_and_size(name: str) -> None:
    markdown = HOSTILE[name]
    started = time.process_time()
    plain = read(markdown)
    between = time.process_time()
    page = to_html(markdown)
    assert between - started < 10
    assert time.process_time() - between < 10
    assert len(plain.text) <= 20 * len(markdown)
    assert len(page) <= 40 * len(markdown)


def test_a_text_that_is_too_heavy_is_read_as_plain_text() -> None:
    plain = read("# a\n" * 100_000)
    assert plain.simplified
    assert plain.text.startswith("# a\n# a\n")
    assert to_html("# <b>\n" * 100_000).startswith("<p># &lt;b&gt;<br>\n")


def test_a_large_article_is_still_markdown() -> None:
    plain = read(
        "Een alinea van *gewone* lengte, met [een link](https://a.nl/) en wat woorden meer.\n\n" * 3_000
    )
    assert not plain.simplified
    assert "*" not in plain.text
