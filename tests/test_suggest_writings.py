"""Hyphens, apostrophes and blanks: the way the articles write a word is told, though either way finds them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import clock
from search.engines.columnar import ColumnarEngine
from search.model import Answer, SearchRequest
from search.samples import Articles
from search.service import Service
from search.writings import FAR_MORE, as_written, better_writing, one_form, same
from tests.small_site import build_site, markdown, open_engine

WORDS = (
    "leer-werkbaan, zee-eend, autohandelaren en auto’s, een tv-programma, de bureaus, een zzp’er, cafés, "
    "ex-collega’s, apolitiek, olie-industrie, gegevensbescherming, Groot-Brittannië, scenario’s, "
    "deur-aan-deuractie"
)
ARTICLES = {
    **{f"veel-{number}.md": markdown(f"Nummer {number}", f"Over {WORDS}.") for number in range(6)},
    "delen.md": markdown(
        "Losse woorden",
        "De gegevens. Een bescherming. Op tv. Het programma. Wie leert werkt: werkbaan, ai, code.",
    ),
    "een.md": markdown(
        "Eenmaal", "De olieindustrie, het AImodel, een Next.js, Vlimbos en KRQOs. Ook codetoets en AI."
    ),
    "apart.md": markdown("Apart", "De Power BI, en PowerBI. Nog eens Power BI."),
    "apart-2.md": markdown("Apart nog eens", "PowerBI, of Power BI."),
    "klad.md": markdown("Klad", "Het klad-geheim van de spook-burgers en spookburgers.", draft="true"),
    "later.md": markdown("Later", "De zee-egel en zee-egels.", date="2999-01-01"),
    **{
        f"beide-{number}.md": markdown(f"Beide {number}", "Een vak-toets en een vaktoets.") for number in "12"
    },
    **{f"kop-{number}.md": markdown(f"De kern-examens {number}", "Tekst.") for number in "12"},
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service(build_site(tmp_path_factory.mktemp("schrijfwijzen"), ARTICLES))
    yield service
    service.close()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> ColumnarEngine:
    return open_engine(build_site(tmp_path_factory.mktemp("vormen"), ARTICLES))


def ask(service: Service, text: str) -> Answer:
    return service.search(SearchRequest(text))


def offered(service: Service, typed: str, meant: str) -> Answer:
    """The answer to what was typed, which offers what was meant with its true number of articles."""
    answer = ask(service, typed)
    assert answer.suggestion is not None
    assert answer.suggestion.query == meant
    assert answer.suggestion.total == ask(service, meant).total > 0
    return answer


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("leerwerkbaan", "leer-werkbaan"),
        ("zeeeend", "zee-eend"),
        ("zeeëend", "zee-eend"),
        ("Olieindustrie", "olie-industrie"),
        ("autos", "auto's"),
        ("auto-s", "auto's"),
        ("bureau's", "bureaus"),
        ("bureau’s", "bureaus"),
        ("café's", "cafés"),
        ("cafe's", "cafés"),
        ("zzp-er", "zzp'er"),
        ("zzper", "zzp'er"),
        ("excollega's", "ex-collega's"),
        ("ex-collegas", "ex-collega's"),
        ("excollegas", "ex-collega's"),
        ("a-politiek", "apolitiek"),
        ("gegevens-bescherming", "gegevensbescherming"),
        ("kernexamens", "kern-examens"),
        ("deuraandeuractie", "deur-aan-deuractie"),
    ],
)
def test_another_hyphen_or_apostrophe_is_offered_as_the_articles_write_it(
    typed: str, meant: str, service: Service
) -> None:
    answer = offered(service, typed, meant)
    assert answer.suggestion is not None
    assert answer.suggestion.applied == (answer.hits[0].why == ("spelling",))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tv programma", "tv-programma"),
        ("TV programma", "tv-programma"),
        ("gegevens bescherming", "gegevensbescherming"),
        ("zee eend", "zee-eend"),
        ("scenario s", "scenario's"),
        ("auto s bureaus", "auto's bureaus"),
    ],
)
def test_words_that_articles_never_write_apart_are_offered_as_one(
    typed: str, meant: str, service: Service
) -> None:
    offered(service, typed, meant)


def test_what_finds_the_same_articles_is_offered_and_not_applied(service: Service) -> None:
    for typed in ("leerwerkbaan", "tv programma"):
        answer = ask(service, typed)
        assert answer.total
        assert answer.suggestion is not None
        assert not answer.suggestion.applied


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Groot-Britannië", "Groot-Brittannië"),
        ("gegevens-bescherminng", "gegevensbescherming"),
        ("ex-colega's", "ex-collega's"),
    ],
)
def test_a_misspelled_word_with_a_hyphen_is_corrected_as_a_whole(
    typed: str, meant: str, service: Service
) -> None:
    suggestion = ask(service, typed).suggestion
    assert suggestion is not None
    assert suggestion.query == meant


def test_a_correction_has_the_accents_of_the_articles(service: Service) -> None:
    suggestion = ask(service, "caffés").suggestion
    assert suggestion is not None
    assert suggestion.query == "cafés"


@pytest.mark.parametrize(
    "typed",
    [
        *("leer-werkbaan", "auto's", "AUTO’S", "Cafes", "zee‑eend", "bureaus", "ZZP'er"),
        *("vak-toets", "vaktoets"),  # articles write both ways, so that neither is a mistake
    ],
)
def test_what_is_written_as_the_articles_do_gets_no_suggestion(typed: str, service: Service) -> None:
    assert ask(service, typed).suggestion is None


@pytest.mark.parametrize(
    "typed",
    [
        "AI-model",  # one article has it as one, but an abbreviation is joined by a hyphen
        "Vlimbo's",  # a name ending in an open vowel has an apostrophe
        "KRQO's",  # and so has an abbreviation
        "Power BI",  # written apart in the articles that have it as one
        "next js",  # neither a hyphen nor one word
        "code toets",  # one article has it as one, no dictionary does
        "gegevens programma",
        "tv-bescherming",
        "auto's-programma",
        "T S",
    ],
)
def test_right_words_get_no_suggestion_for_what_one_article_writes(typed: str, service: Service) -> None:
    assert ask(service, typed).suggestion is None


@pytest.mark.parametrize(
    "typed",
    [
        *("kladgeheim", "klad-geheimen", "klad geheim", "spook burgers", "spook-burgers", "spookburger's"),
        *("zeeegel", "zee egel", "zeeegels", "zee-egel's"),
    ],
)
def test_no_writing_of_an_article_that_is_not_public_is_told(typed: str, service: Service) -> None:
    suggestion = ask(service, typed).suggestion
    hidden = ("geheim", "spook", "egel")
    assert suggestion is None or not any(word in suggestion.query for word in hidden)


def test_no_writing_is_offered_that_leaves_out_what_has_all_words(service: Service) -> None:
    # One article has the three words; none has the programme as one word beside the other.
    answer = ask(service, "tv programma losse")
    assert answer.hits[0].id == "delen"
    assert "1 artikel bevat alle woorden" in answer.query.problems[0].message
    assert answer.suggestion is None
    assert ask(service, "tv-programma losse").total


def test_a_word_is_read_as_most_articles_write_it(engine: ColumnarEngine) -> None:
    articles = Articles(engine, clock.now_ms())
    assert FAR_MORE < 6
    assert as_written(articles, "olieindustrie") == "olie-industrie"
    assert as_written(articles, "cafes") == "cafés"
    assert as_written(articles, "kernexamens") == "kern-examens"
    assert as_written(articles, "nergens") == "nergens"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ex-collega’s", "excollega's"),
        ("zee‑eend", "zeeeend"),
        ("Reïntegratie", "reintegratie"),
        *((text, "") for text in ("", "gpt-4o", "d.w.z.", "C++", "twee woorden", "plugin²", "-x", "x-")),
    ],
)
def test_the_form_as_one_is_that_of_letters_only(text: str, form: str) -> None:
    assert one_form(text) == form


@given(st.text("aeo'-ëzndbur’ ", max_size=14))
def test_a_better_writing_has_the_same_letters_and_other_signs(engine: ColumnarEngine, typed: str) -> None:
    better = better_writing(Articles(engine, clock.now_ms()), typed)
    if better:
        assert not same(better, typed)
        assert one_form(better).replace("'", "") == one_form(typed).replace("'", "")


@given(st.lists(st.sampled_from(WORDS.replace(",", "").split()), min_size=1, max_size=3).map(" ".join))
def test_what_was_suggested_is_not_suggested_otherwise_again(service: Service, typed: str) -> None:
    plain = typed.replace("-", "").replace("’", "")
    suggestion = ask(service, plain).suggestion
    if suggestion:
        followed = ask(service, suggestion.query)
        assert followed.total == suggestion.total > 0
        assert followed.suggestion is None or followed.suggestion.query != plain
