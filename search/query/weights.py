"""How much each way of matching counts. tests/tune_weights.py looks for better ones on relevance sets, and
`trefzeker eval` tells what they give (docs/dutch.md). SYNONYM, TAGS and HALF_WORD say nothing on those sets and
were chosen by hand: a synonym as it is written comes before a part.

A word scores BM25 in the combined field (1), in the title, at the beginning of the text, and as it is written.
What is written as typed so comes before another form of it, then a synonym, then a part, then a corrected word.
"""

from __future__ import annotations

TITLE = 0.7
LEAD = 0.3
"""The same word among the first of the text."""

TAGS = 0.5
"""The same word as a tag, which says what an article is about."""

EXACT = 0.4
"""On top of the term: the word exactly as typed."""

DERIVED = 0.3
"""A second term of a word: another word with the same form, or the verb of a noun in -ing."""

SYNONYM = 0.7
PART = 0.8
"""The share of a word's own weight that is also given when it is a constituent of a compound. It is scored where
words and constituents are counted as one, as BM25 of the two apart rewards an article twice that has both."""

CONSTITUENT = 0.5
"""Only a constituent of the compound that was asked for is found; when some of the words will do."""

HALF_WORD = 0.3
"""Only the verb of `kondigt aan` is found, or only *taal* of `taal- en spelfouten`."""

AS_ONE = 0.7
"""Two words in a row are found written as one: `taal model` as taalmodel."""

NEAR = 0.3
NEAR_GAP = 3
"""A constant for two words that follow each other, with at most so many words between."""

ALL_WORDS = 2.0
"""A constant for an article with all the words, when some of them will do: about what a common word adds."""

TITLE_BEGINS, TITLE_BEGINS_WORD = 500.0, 600.0
"""A constant for one of the shortest titles that begin with all that was typed, and when that is whole words."""

EXACT_TITLE = 1000.0
