"""A written word to the pieces that count as words, and the form it has when written as one.

`AI-model` is the words `AI` and `model`, so that "AI model" finds it; it is also `aimodel`, which is how
others write it. The same holds for `GPT-4o` (gpt 4o, gpt4o), `e-mail` (email) and `d.w.z.` (dwz). `C++` and
`C#` stay whole, and `gpt4o` written as one is also `gpt 4o`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f'’‘ʼ]|(?<=\d)[.,](?=\d))*")
_LETTERS_THEN_DIGIT = re.compile(r"([^\W\d_]{2,})(\d.*)")
_SIGNS = re.compile(r"[+#]+$")
_BASE_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A word inside a written word: its place in it, and the other forms that it stands for."""

    start: int
    end: int
    text: str
    also: tuple[str, ...] = ()


def pieces(word: str) -> tuple[Piece, ...]:
    """Take a written word apart.

    Args:
        word: one match of `tokens.WORD`.

    Returns:
        The pieces in order, one position each. The first carries, as `also`, the form written as one.
    """
    if word.isalpha():
        return (Piece(0, len(word), word),)
    signs = _SIGNS.search(word)
    if signs:
        return _with_signs(word, signs.start())
    found = [Piece(m.start(), m.end(), m.group()) for m in _PIECE.finditer(word)]
    if len(found) == 1:
        return _split_code(found[0])
    joined = "".join(piece.text for piece in found)
    if joined.isdigit():
        return tuple(found)
    first = found[0]
    return (Piece(first.start, first.end, first.text, (joined,)), *found[1:])


def _with_signs(word: str, base_end: int) -> tuple[Piece, ...]:
    """`C++` is one word and nothing else; `Disney+` is also `Disney`, as its name is told by the letters."""
    base = word[:base_end]
    if word.endswith("#") and len(base) > 2:
        return pieces(base)
    return (Piece(0, len(word), word, (base,) if len(base) >= _BASE_LETTERS else ()),)


def _split_code(piece: Piece) -> tuple[Piece, ...]:
    """`gpt4o` is also the words `gpt` and `4o`; `A2` and `b2b` stay one word."""
    match = _LETTERS_THEN_DIGIT.fullmatch(piece.text)
    if not match:
        return (piece,)
    middle = piece.start + match.end(1)
    return (
        Piece(piece.start, middle, match[1], (piece.text,)),
        Piece(middle, piece.end, match[2]),
    )
