"""Synonyms that editors own: one YAML file (docs/synonyms.md), and where its members stand in a query.

A query is not rewritten here: `Synonyms.alternatives` says at which tokens a member stands and what may be
found instead, and for articles of which days. The index knows nothing of synonyms, so that a change in the
file needs no rebuild.
"""

from search.synonyms.entries import Alternative
from search.synonyms.file import CHECK_SECONDS, SynonymsError, SynonymsFile, load_synonyms
from search.synonyms.matching import Match, Synonyms

__all__ = [
    "CHECK_SECONDS",
    "Alternative",
    "Match",
    "Synonyms",
    "SynonymsError",
    "SynonymsFile",
    "load_synonyms",
]
