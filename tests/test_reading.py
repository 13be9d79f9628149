"""How a query is said back: in Dutch, and only what is asked for."""

from __future__ import annotations

import pytest

from search import clock
from search.engines.columnar import ColumnarEngine
from search.query.parse import parse
from search.query.planning import plan_query
from tests.small_site import build_site, open_engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> ColumnarEngine:
    return open_engine(build_site(tmp_path_factory.mktemp("lezing")))


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("", ""),
        ("...", ""),
        ("Wat is een algoritme?", "algoritme"),
        ("C++, foto’s & GPT-4o!", "C++ en foto’s en GPT-4o"),
        ("open/gesloten en/of", "open en gesloten"),
        ("taalmodel", "taalmodel"),
        ("Taalmodellen privacy", "Taalmodellen en privacy"),
        ("AI en zorg", "AI en zorg"),
        ("hoe werkt een zoekmachine", "werkt en zoekmachine"),
        ("de", "de"),
        ("kondigt wetten aan", "aankondigen en wetten"),
        ("zegt af", "afzeggen"),
        ("en of", "en en of"),
        ("a , b", "a en b"),
        ("taal - model", "taal en model"),
        ('"de staat"', "‘de staat’"),
        ('"open source"~2', "‘open source’"),
        ("“open source” wet", "‘open source’ en wet"),
        ('"" taal', "taal"),
        ("taal -model", "taal, niet model"),
        ("taal -de", "taal, niet de"),
        ("-(taal model)", "niet (taal en model)"),
        ("-taal", "niet taal"),
        ("taal OF model", "(taal of model)"),
        ("taal OF ...", "taal"),
        ("(open bron) OF source", "(open en bron of source)"),
        ("wet (taal OF model)", "wet en (taal of model)"),
        ("zoek*", "woorden met zoek…"),
        ("titel:privacy", "in de titel privacy"),
        ("titel:zoek*", "in de titel woorden met zoek…"),
        ("samenvatting:licentie", "in de samenvatting licentie"),
        ("#ai", "met tag ai"),
        ('taal #"Machine Learning"', "taal, met tag Machine Learning"),
        ("#ai taal", "taal, met tag ai"),
        ("-#ai", "niet met tag ai"),
        ("#ai OF #recht", "(met tag ai of met tag recht)"),
        ("datum:2024", "van 1 januari 2024 tot en met 31 december 2024"),
        ("taal datum:2024-03-05", "taal, op 5 maart 2024"),
        ("datum:2024-03..", "vanaf 1 maart 2024"),
        ("datum:..2024-02", "tot en met 29 februari 2024"),
        ("taal\x00model\u202e", "taalmodel"),
        ("  taal   model ", "taal en model"),
    ],
)
def test_a_query_is_said_back_as_it_was_read(typed: str, reading: str, engine: ColumnarEngine) -> None:
    assert plan_query(parse(typed), engine, clock.now_ms()).reading == reading
