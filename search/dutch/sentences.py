"""Text to sentences, by NLTK's Punkt with the abbreviations of Dutch.

Punkt learns abbreviations from a corpus (Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary
Detection", Computational Linguistics 32(4), 2006). Here it is handed them instead: the list is short, known, and
the same on every site, and nothing needs to be trained or downloaded.
"""

from __future__ import annotations

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

_ABBREVIATIONS = """
    aanw afb afd afk alg ass art bijv blz bv ca cf c.q d.d d.i d.m.v d.w.z dhr dr drs ds e.a e.d e.v eig enz etc
    evt excl fig gebr gem h.t.l i.c i.p.v i.t.t i.v.m incl ing ir jhr jl jr lic m.a.w m.b.t m.b.v m.i m.i.v m.n max
    mevr mgr min mln mld mr mw n.a.v n.b n.v.t nl nr nrs o.a o.b.v o.g.v o.i.d o.l.v p p.m p.p pag plm plv prof red
    resp sr st t.a.v t.b.v t.g.v t.o.v t/m t.n.v t.w t.z.t tel u.a vgl vnl vs z.g zg zgn z.o.z
""".split()


def _parameters() -> PunktParameters:
    parameters = PunktParameters()
    parameters.abbrev_types.update(_ABBREVIATIONS)
    return parameters


_punkt = PunktSentenceTokenizer(_parameters())


def sentences(text: str) -> list[tuple[int, int]]:
    """The places `[start, end)` of the sentences of a text, in code points, without the blanks between them."""
    return [(int(start), int(end)) for start, end in _punkt.span_tokenize(text)]
