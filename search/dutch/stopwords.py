"""Words so common that asking for them says nothing.

They are indexed like all others: a phrase finds them, and so does a query that has no other words. In any
other query they are not asked for.
"""

from __future__ import annotations

STOP_WORDS = frozenset(
    """
    aan al alle als bij daar dan dat de der deze die dit door dus een en er had hadden heb hebben hebt heeft
    hem het hier hij hoe hoeveel hun ik in is je jij jou jouw kan kon kunnen maar me men met mij mijn moet
    moeten na naar niet nog nu of om omdat onder ons onze ook op over te tegen toch toen tot u uit uw van
    veel voor waar waarom wanneer want waren was wat we wel welk welke werd werden wie wij wil word worden
    wordt zal ze zich zij zijn zo zou zouden
    """.split()
)


def is_stop_word(exact: str) -> bool:
    """Whether a folded written form is a stop word."""
    return exact in STOP_WORDS
