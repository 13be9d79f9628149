"""Where a form of the index stands in a text, with whatever hyphens and accents it is written there.

A text is read once without either, so that a form is found as plain letters: for every form another regular
expression would have to be made, which takes longer than to read a few articles.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from search.dutch.normalise import plain_case

_MARKS = "\u0300-\u036f"
_LEFT_OUT = re.compile(rf"[-{_MARKS}]")
_MARKED = re.compile(rf"[{_MARKS}]+")
_SPELLED = re.compile(rf"[^-{_MARKS}][{_MARKS}]*(?:-?[^-{_MARKS}][{_MARKS}]*)*")
_BLANKS = re.compile(r"\s+")
_INSIDE = frozenset("'&._-")
"""What may stand inside a written word."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text in which forms are looked for.

    `plain` is what `plain_text` gives of it, and `cased` as it is written, letter for letter. `bare` is plain
    without accents and hyphens, and `shifts` the places in it before which one of these was left out.
    """

    plain: str
    cased: str
    bare: str
    shifts: tuple[int, ...]

    def place(self, bare_place: int) -> int:
        """The place in `plain` of a letter of `bare`."""
        return bare_place + bisect_right(self.shifts, bare_place)


def read_text(written: str) -> ReadText:
    """Get a text ready to look for forms in it."""
    small, cased = plain_text(written), unicodedata.normalize("NFD", written)
    left_out = [match.start() for match in _LEFT_OUT.finditer(small)]
    return ReadText(
        plain=small,
        cased=cased if len(cased) == len(small) else small,
        bare=_LEFT_OUT.sub("", small) if left_out else small,
        shifts=tuple([place - number for number, place in enumerate(left_out)]),
    )


def plain_text(text: str) -> str:
    """Lower case, one kind of hyphen and apostrophe, accents as letters of their own."""
    return unicodedata.normalize("NFD", plain_hyphens(plain_case(text)))


def plain_hyphens(text: str) -> str:
    """Other hyphens than that of the keyboard, as that one."""
    return text.replace("‐", "-").replace("‑", "-")


def occurrences(text: ReadText, form: str) -> Iterator[tuple[int, int]]:
    """The places `[start, end)` in `plain` where a form is a whole word, with hyphens at most.

    A letter after an apostrophe and before a hyphen is no beginning: `'s-avonds`.
    """
    letters, plain = form.replace("-", ""), text.plain
    at = text.bare.find(letters) if letters else -1
    while at >= 0:
        start, end = _span(text, at, letters)
        before, inside = plain[start - 1 : start], plain[start - 2 : start - 1]
        whole = (
            not _is_letter(before)
            and not (before in _INSIDE and _is_letter(inside))
            and not (before == "'" and plain[start + 1 : start + 2] == "-")
            and _ends_word(plain, end)
            and _SPELLED.fullmatch(plain, start, end)
        )
        if whole:
            yield start, end
        at = text.bare.find(letters, at + (len(letters) if whole else 1))


def stand_apart(text: ReadText, first: str, second: str) -> bool:
    """Whether two folded words stand in a text after one another, with nothing but blanks between.

    A word may have hyphens inside, and then has them in the text; it neither begins nor ends with one.
    """
    plain, bare = text.plain, text.bare
    one, other = first.replace("-", ""), second.replace("-", "")
    at = bare.find(one) if one and other else -1
    while at >= 0:
        start, end = _span(text, at, one)
        blanks = _BLANKS.match(plain, end)
        if blanks and not _is_letter(plain[start - 1 : start]) and _unaccented(plain[start:end]) == first:
            behind = at + len(one) + len(blanks[0])
            begin, finish = _span(text, behind, other)
            is_second = (
                bare.startswith(other, behind)
                and begin == blanks.end()
                and _unaccented(plain[begin:finish]) == second
            )
            if is_second and not plain[finish : finish + 1].isalnum():
                return True
        at = bare.find(one, at + 1)
    return False


def _unaccented(plain: str) -> str:
    return _MARKED.sub("", plain)


def _span(text: ReadText, at: int, letters: str) -> tuple[int, int]:
    """Where letters that stand at a place in `bare` stand in `plain`, with the accents on the last."""
    end = text.place(at + len(letters) - 1) + 1
    marks = _MARKED.match(text.plain, end)
    return text.place(at), marks.end() if marks else end


def _is_letter(character: str) -> bool:
    """Whether it is a letter or a digit, or an accent on one."""
    return character.isalnum() or "\u0300" <= character <= "\u036f"


def _ends_word(plain: str, end: int) -> bool:
    after = plain[end : end + 1]
    return not after.isalnum() and not (after in _INSIDE and plain[end + 1 : end + 2].isalnum())
