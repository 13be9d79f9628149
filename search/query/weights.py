"""How much each way of matching counts. Tried a few at a time on two relevance sets; `trefzeker eval` tells
what they give (docs/dutch.md).

A word scores BM25 in the combined field (1), in the title, as it is written, and as a constituent of a compound.
What is written as typed so comes before another form of it, then a synonym, then a part, then a corrected word.
"""

from __future__ import annotations

TITLE = 0.5
EXACT = 0.3
"""On top of the term: the word exactly as typed."""

DERIVED = 0.5
"""A second term of a word: another word with the same form, or the verb of a noun in -ing."""

SYNONYM = 0.6
PART = 0.2
"""The word is a constituent of a compound."""

CONSTITUENT = 0.35
"""Only a constituent of the compound that was asked for is found; when any of the words will do."""

CONSTITUENT_OF_OTHER = 0.2
"""The same in another compound: `taalmodel` and `taalbeheersing` share taal."""

HALF_VERB = 0.3
"""Only the verb of `kondigt aan` is found, perhaps with another particle."""

AS_ONE = 1.0
"""Two words in a row are found written as one: `taal model` as taalmodel."""

NEAR = 0.5
NEAR_GAP = 3
"""A constant for two words that follow each other, with at most so many words between."""

ALL_WORDS = 100.0
"""A constant for an article with all the words, when any of them will do."""

TITLE_BEGINS = 500.0
"""A constant for one of the shortest titles that begin with all that was typed so far."""

EXACT_TITLE = 1000.0
