"""Which written words share a term, and which do not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.analyzer import word_forms
from search.dutch.codes import pieces
from search.dutch.compounds import listed_compounds
from search.dutch.lemma import all_parts, joined, parts_of, split_base, terms_of
from search.dutch.tokens import written_words

TEXTS = st.text() | st.text(alphabet="abdeghijklnorstuvwzABéëïĳ15'’-.,+# \u0301")
WORDS = st.from_regex(r"[a-zéëïöü]{1,25}", fullmatch=True)

BOUND = frozenset("aarts paas scheep tanden zonne".split())
"""First constituents that are no word of their own, or typed alone are rather another."""

SAME = {
    "plural": """boom bomen|dag dagen|schip schepen|stad steden|lid leden|koe koeien|ei eieren|kind kinderen
        |museum musea|politicus politici|crisis crises|huis huizen|brief brieven|glas glazen|vis vissen|idee ideeën
        |foto foto's|baby baby's|café cafés|collega collega's|bedrijf bedrijven|gracht grachten|kade kades
        |weg wegen|oog ogen|knie knieën|reis reizen|aanvraag aanvragen|stoel stoelen|ambtenaar ambtenaren
        |virus virussen|euro euro's|centrum centra|medium media|graf graven|pad paden|zoon zonen|rund runderen
        |lam lammeren|eis eisen|bewijs bewijzen|koningin koninginnen|wethouder wethouders""",
    "diminutive": """huis huisje|huizen huisjes|boom boompje|koning koninkje|ring ringetje|tafel tafeltje
        |baby baby'tje|foto fotootje|weg weggetje|kind kindje|bloem bloemetje|tuin tuintje|brief briefje""",
    "strong verb": """lopen liep|lopen loopt|schrijven schreef|zoeken zocht|brengen bracht|kopen kocht|denken dacht
        |nemen nam|nemen namen|komen kwam|gaan ging|gaan gingen|doen deed|zijn waren|weten wist|spreken sprak
        |lezen las|worden werden|vergeten vergat|beginnen begon|houden hield|vliegen vlogen|staan stond|zien zag
        |geven gaf|eten at|helpen hielp|slapen sliep|blijven bleef|kiezen koos|rijden reed|zwemmen zwom""",
    "weak verb": """werken werkt|werken werkte|antwoorden antwoordde|betalen betaalde|leven leefde|reizen reisde
        |verhuizen verhuisde|melden meldt|stemmen stemde|fietsen fietste|bouwen bouwt|wonen woonde""",
    "participle": """lopen gelopen|schrijven geschreven|zoeken gezocht|vinden gevonden|doen gedaan
        |verliezen verloren|werken gewerkt|fietsen gefietst|betalen betaald|updaten geüpdatet|printen geprint
        |snijden gesneden|onderzoeken onderzocht|vergaderen vergaderd|verkiezen verkozen
        |introduceren geïntroduceerd|lopen lopende|download gedownload|googelen gegoogeld|mailen gemaild""",
    "separable verb": """aankondigen aangekondigd|opbellen opgebeld|uitleggen uitgelegd|afwijzen afgewezen
        |invoeren ingevoerd""",
    "comparative": """groot groter|groot grootst|groot grote|goed beter|snel snelste|duur duurder|lief lieve
        |boos boze|wit witte|mooi mooiste|nieuw nieuwe|veilig veiliger|zwaar zwaarste|hoog hogere|laag lager""",
    "-heid": """veiligheid veilig|vrijheid vrij|gezondheid gezond|eenzaamheid eenzaam|schoonheid schoon
        |openheid open""",
    "-ing": """behandeling behandelen|verkiezing verkiezen|ontwikkeling ontwikkelen|beoordeling beoordelen
        |vergadering vergaderen|verandering veranderde|opleiding opleiden|verbetering verbeterd""",
    "name": "Wilders Wilders'|Rutte Rutte's|Amsterdam AMSTERDAM|Anna Anna's|België Belgie",
    "of a name": "Utrechts Utrecht|Nederlandse Nederland|Ruslands Rusland|Amsterdamse Amsterdam",
    "-heden": "minderheden minderheid|mogelijkheden mogelijkheid",
    "trema": "geïnfecteerd infecteren",
    "code": "pdf pdf's|sms sms'en|tv tv's|VVD VVD'er|C++ c++|A2 a2|B12 b12|C# c#",
    "old spelling": """produkt product|aktie acties|kontrole controle|kado cadeaus|pannekoek pannenkoeken
        |copie kopieën|kultuur cultuur|lokaties locatie|paddestoel paddenstoelen""",
    "accent": """cafés cafe|reünie reunie|geüpdatet geupdatet|coördinatie coordinatie|één een|zeeën zeeen
        |patiënt patienten|beïnvloed beinvloed|Curaçao curacao|ideeën ideeen""",
    "compound": """taalmodel taalmodellen|gemeenteraad gemeenteraden|ziekenhuis ziekenhuizen|huisarts huisartsen
        |woningmarkt woningmarkten|fietspad fietspaden|zonnepaneel zonnepanelen|warmtepomp warmtepompen
        |basisschool basisscholen|verkeersbord verkeersborden""",
    "new word": "appen geappt|deployen gedeployd|fietser fietsers|podcast podcasts|chatbot chatbots",
}
"""Pairs that must share a term, by what makes them differ."""

DIFFERENT = """
minister ministerie|station stadion|model mode|bestuur bestuurder|lijst list|regel regen|lopen loper|wet weten
|politie politiek|universiteit universeel|boom bom|bomen bommen|maan maand|man maan|hand handel|baan ban
|vragen vracht
|stad staat|vis visie|bode bodem|kost koster|werk werkelijk|vrij vrijdag|zon zoon|bol bal|pen penning|post poster
|water waterschap|land landschap|rek rekening|stel stelling|C C++|C# C++|B12 B6|A1 A2|2023 2024|privacy prijs
|nieuw nieuws|gemeente gemeen|rente renteloos|huis huid|taal tal|raad rad|bot boot|zin gezin|dag dak|leiden beleid
|brief brie|kamer kameraad|beer bier|school schaal|kaas kas|naam nam|peer per|dorp dop|kant krant|boer boor
|school scholing|dier duur
|arts aarts|meer meert|lid lied|loot lot|pot poot|ton toon|vel veel|vaal val|zak zaak|schot schoot|rot root
|hok hoek|wel wiel|maan mond|wind winst|partij part|regering regen|muziek museum|commissie commissaris
|directie directeur|internet intern|Apple appel|Windows window|Wilders wild|Bakker bakken
|waarheid waar|veelheid veel|wording worden|Philips Philip|Siemens Siemen|Nicolas Nicola|Andreas Andrea
|princess princes|Strauss Straus|Berend beren|moes moe|minderheid minder|aflevering afleveren|korting korten
|uit uiten|in innen|maar maren
|bekend bekennen|verwant wanen|beleid leiden|ingewikkeld wikkelen|state staat
|situatie situeren|organisatie organiseren|kilte killen|Willemse Willems|prinses prins|Louise Louis
"""
"""Pairs of different words, which must share none."""


def terms(word: str) -> set[str]:
    (forms,) = word_forms(word)
    return set(forms.terms)


def _cases() -> list[object]:
    return [
        pytest.param(*pair.split(), id=f"{kind}: {pair.strip()}")
        for kind, pairs in SAME.items()
        for pair in pairs.split("|")
    ]


@pytest.mark.parametrize(("one", "other"), _cases())
def test_forms_of_one_word_share_a_term(one: str, other: str) -> None:
    assert terms(one) & terms(other)


@pytest.mark.parametrize("pair", [pair.strip() for pair in DIFFERENT.split("|")])
def test_different_words_share_no_term(pair: str) -> None:
    one, other = pair.split()
    assert not terms(one) & terms(other)


@pytest.mark.parametrize(
    ("form", "lemmas"),
    [("loop", {"loop", "lopen"}), ("boten", {"boot"}), ("weken", {"week"}), ("raden", {"raad", "raden"})],
)
def test_a_form_of_several_words_has_the_term_of_each(form: str, lemmas: set[str]) -> None:
    assert terms(form) >= lemmas


def test_the_word_itself_comes_before_what_it_is_made_of() -> None:
    assert terms_of("veiligheid") == ("veiligheid", "veilig")
    assert terms_of("behandelingen") == ("behandeling", "behandelen")
    assert terms_of("gespecialiseerde") == ("gespecialiseerd", "specialiseren")
    assert terms_of("nodigde") == ("nodigen", "uitnodigen")


def test_a_noun_that_is_also_a_form_of_another_word_comes_first() -> None:
    assert terms_of("slaap") == ("slaap", "slapen")
    assert terms_of("rede") == ("rede", "reed")
    assert terms_of("lopen")[0] == "lopen"


def test_a_participle_has_no_verb_made_of_itself() -> None:
    assert terms_of("geïnfecteerd") == ("geinfecteerd", "infecteren")


@pytest.mark.parametrize("noun", ["rekening", "woning", "regering", "vereniging"])
def test_a_noun_that_went_its_own_way_has_no_term_of_a_verb(noun: str) -> None:
    assert terms_of(noun) == (noun,)


def test_the_term_of_a_compound_has_no_link_and_lemmas_for_constituents() -> None:
    assert joined("verkeersbord") == "verkeerbord"
    assert joined("huis") == "huis"
    assert terms_of("gemeenteraadsverkiezingen")[0] == "gemeenteraadverkiezing"


def test_a_word_that_is_looked_at_for_constituents_is_a_noun_where_it_can_be() -> None:
    assert split_base("besluiten") == "besluit"
    assert split_base("takken") == "tak"
    assert split_base("Huizen") == "huis"
    assert split_base("onder") == "onder"


@pytest.mark.parametrize("word", "wagen rijden rede moes luider stiller slaap gerecht pomp deken".split())
def test_a_constituent_that_is_a_word_itself_is_no_form_of_another(word: str) -> None:
    assert split_base(word) == word


def test_the_term_of_a_listed_compound_is_those_of_its_constituents_as_they_are_typed_apart() -> None:
    for word, found in listed_compounds().items():
        if found is not None and found.first not in BOUND:
            first, last = terms_of(found.first)[0], terms_of(found.last)[0]
            assert parts_of(word) == (first, last), word
            assert terms_of(word)[0] == first + last


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("taalmodellen", "taal", "model"),
        ("vrachtwagens", "vracht", "wagen"),
        ("autorijden", "auto", "rijden"),
        ("klimaatakkoorden", "klimaat", "akkoord"),
        ("moestuinen", "moes", "tuin"),
        ("troonredes", "troon", "rede"),
        ("klokkenluiders", "klokken", "luider"),
        ("pijnstillers", "pijn", "stiller"),
        ("slaapkamers", "slaap", "kamer"),
        ("warmtepompen", "warmte", "pomp"),
    ],
)
def test_two_words_typed_apart_make_the_term_of_the_compound(word: str, first: str, last: str) -> None:
    assert terms_of(word)[0] == terms_of(first)[0] + terms_of(last)[0]


def test_function_words_are_not_found_in_compounds() -> None:
    assert [part for part, _, _ in all_parts("achternaam")] == ["naam"]
    assert [part for part, _, _ in all_parts("bijbaan")] == ["baan"]
    assert [part for part, _, _ in all_parts("wasmachine")] == ["was", "machine"]
    assert [part for part, _, _ in all_parts("weerbericht")] == ["weer", "bericht"]


@pytest.mark.parametrize(
    "word",
    "huizen liep geschreven groter veiligheid taalmodellen musea pannekoek foto's Amsterdam C++ gpt4".split(),
)
def test_the_first_term_of_a_word_is_a_form_of_it(word: str) -> None:
    found = terms_of(word)
    assert set(terms_of(found[0])) & set(found)


@given(TEXTS)
def test_every_piece_of_any_text_has_terms_that_say_something(text: str) -> None:
    for _, word in written_words(text):
        for piece in pieces(word):
            found = terms_of(piece.text)
            assert found
            assert all(found)
            assert len(set(found)) == len(found)


@given(WORDS)
def test_case_makes_no_difference(word: str) -> None:
    assert terms_of(word.upper()) == terms_of(word)
    assert parts_of(word.upper()) == parts_of(word)


@given(WORDS)
def test_a_term_has_no_capitals_and_no_accents(word: str) -> None:
    for term in (*terms_of(word), *parts_of(word)):
        assert term == term.lower()
        assert term.isascii()


@given(TEXTS)
def test_constituents_of_any_text_are_none_or_two_with_places_in_the_word(text: str) -> None:
    for _, word in written_words(text):
        for piece in pieces(word):
            assert len(parts_of(piece.text)) in (0, 2)
            for term, start, end in all_parts(piece.text):
                assert term
                assert 0 <= start <= end <= len(piece.text)


def test_a_long_word_takes_no_time() -> None:
    terms_of.cache_clear()
    started = time.process_time()
    for word in ("huis" * 16, "taal" * 16, "en" * 32, "e" * 64, "ge" * 32, "s" * 64):
        terms_of(word)
        all_parts(word)
    assert time.process_time() - started < 5
