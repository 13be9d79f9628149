"""What a mistake costs: a weighted edit distance in which the mistakes that writers of Dutch make are cheap.

Two words are aligned by the cheapest series of steps. A step replaces a group of letters by another; groups are
what makes `cado` and `cadeau` close, as in the noisy channel of Brill and Moore, "An improved error model for
noisy channel spelling correction" (ACL 2000). Every step is of a kind, and every kind has one weight, so that
few numbers are to be fitted.
"""

from __future__ import annotations

import math
from heapq import heappop, heappush

START, END = "^", "$"
_EDGES = frozenset(("", START, END))
_CONTEXT = 2
_SIGNS = frozenset("-'. ")
_VOWELS = frozenset("aeiouy")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

_ALIKE = {
    "ij": "ei~ij ij~y ei~y ey~ij ey~ei ei~ai ij~i",
    "au": "au~ou au~auw ou~ouw auw~ouw au~ouw ou~auw auw~aw",
    "ie": "ie~i i~y ie~y ie~ee",
    "oe": "oe~u oe~ou ou~u eu~u oeu~oe oeu~ou oeu~eu eu~oe oe~oo ou~oo uu~u",
    "eau": "eau~o eau~oo au~o au~oo eau~oa eaux~o oa~oo",
    "foreign vowel": "ai~e ai~ee ea~ee ea~ie ae~e oe~e oi~wa ai~a oi~oa eu~ui a~e e~i",
    "k": "c~k cc~kk cc~k ck~k ck~c ck~kk ck~que ch~k qu~kw q~k qu~k que~k cq~k",
    "s": "c~s s~z c~ss sc~s sc~c c~z ti~si ti~tsi tie~sie tie~tsie ci~ti sch~s ce$~s$",
    "f": "f~v ph~f v~w ff~v f~w",
    "g": "g~ch g~gh ch~h ch~gh",
    "sj": "sch~sj ch~sj sh~sj sh~ch sh~sch sj~s ch~tsj ge~zje g~zj",
    "x": "x~ks x~cs xi~cti ct~x x~cc x~kx x~k",
    "j": "j~y j~i ie~j i~ij",
    "final": "b$~p$ g$~k$ ng$~n$ ng~nk m~n",
    "diminutive": "kkie~kje ppie~pje kie~kje pie~pje kske~kje ske~je tske~tje chie~chje sie~sje kske~kkje ke~je",
    "plural": "ies$~y's$ ys$~y's$ ees$~een$ en$~s$ en$~'s$ en$~ens$ es$~en$ es$~e's$ 's$~'en$",
    "verb": "ed$~d$ ed$~t$ ed$~de$ dt$~de$ ste$~sde$ ste$~zde$ fte$~fde$ fte$~vde$",
    "english": "sh$~s$ c$~ek$ k$~que$ le$~el$ er$~re$ ight~acht ion$~ie$ y$~ie$ ies$~ie$",
}
"""Groups of letters that are taken for one another, both ways, by the kind of mistake; `$` ends a word."""

_SOUNDS = frozenset(("ij", "au", "ie", "oe", "eau", "k", "s", "f", "g", "sj", "x"))
"""The kinds that only another ear for the same sounds explains."""

_DENTAL = {
    "t for d": "t$~d$",
    "d for t": "d$~t$",
    "dt for d": "dt$~d$",
    "dt for t": "dt$~t$",
    "dt left out": "d$~dt$ t$~dt$",
    "te for de": "te~de tte~de tte~dde te~dde",
    "de for te": "de~te dde~te dde~tte de~tte",
}
"""The endings of Dutch verbs, each way apart: what was typed, then what was meant."""

WEIGHTS = {
    "ij": 0.51,
    "au": 0.46,
    "ie": 0.52,
    "oe": 0.56,
    "eau": 0.60,
    "foreign vowel": 0.70,
    "k": 0.41,
    "s": 0.50,
    "f": 0.58,
    "g": 0.45,
    "sj": 0.56,
    "x": 0.50,
    "j": 0.54,
    "final": 0.66,
    "diminutive": 0.41,
    "plural": 0.54,
    "verb": 0.72,
    "english": 0.80,
    "t for d": 0.11,
    "d for t": 0.18,
    "dt for d": 0.09,
    "dt for t": 0.28,
    "dt left out": 0.38,
    "te for de": 0.37,
    "de for te": 0.36,
    "neighbour": 0.98,
    "vowel": 1.06,
    "consonant": 1.24,
    "swapped": 0.59,
    "omitted sign": 0.07,
    "omitted double vowel": 0.46,
    "omitted double consonant": 0.36,
    "omitted linking n": 0.46,
    "omitted linking s": 0.44,
    "omitted final n": 0.59,
    "omitted final": 0.75,
    "omitted h": 0.58,
    "omitted e": 0.73,
    "omitted vowel": 0.82,
    "omitted consonant": 0.75,
    "added sign": 0.21,
    "added double vowel": 0.63,
    "added double consonant": 0.41,
    "added linking n": 0.41,
    "added linking s": 0.50,
    "added final n": 0.72,
    "added final": 0.81,
    "added h": 0.54,
    "added e": 0.75,
    "added vowel": 0.98,
    "added consonant": 1.03,
    "first letter": 0.27,
}
"""The cost of one step of each kind; 1 is about any letter for any other.

Set by hand and then fitted on half of OpenTaal's list of common misspellings (https://www.opentaal.org): the right
word most probable among all words nearby, with a penalty for going far from where the weight was.
"""


def _groups() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Groups of letters with their kind, by the first letter typed and the first that was meant."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for kinds, both_ways in ((_DENTAL, False), (_ALIKE, True)):
        for kind, pairs in kinds.items():
            for pair in pairs.split():
                typed, meant = pair.split("~")
                for one, other in ((typed, meant), (meant, typed))[: 1 + both_ways]:
                    found.setdefault(one[0] + other[0], {}).setdefault((one, other), kind)
    return {letters: tuple((*pair, kind) for pair, kind in pairs.items()) for letters, pairs in found.items()}


def _respelled() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """The groups that sound alike, by the first letter typed.

    Without those of which one is part of the other: these are few edits apart and found anyway.
    """
    found: dict[str, list[tuple[str, str, str]]] = {}
    for letters, groups in _GROUPS.items():
        for typed, meant, kind in groups:
            if kind in _SOUNDS and typed not in meant and meant not in typed:
                found.setdefault(letters[0], []).append((typed, meant, kind))
    return {letter: tuple(groups) for letter, groups in found.items()}


def _neighbours() -> frozenset[str]:
    """Pairs of letters that lie side by side, or one below the other, on a keyboard."""
    keys = {key: (x + row * 0.3, row) for row, keys in enumerate(_KEYBOARD) for x, key in enumerate(keys)}
    return frozenset(
        one + other
        for one, (x, row) in keys.items()
        for other, (other_x, other_row) in keys.items()
        if one != other and abs(x - other_x) <= 1 and abs(row - other_row) <= 1
    )


_GROUPS = _groups()
_RESPELLED = _respelled()
_NEIGHBOURS = _neighbours()


def cost(typed: str, meant: str, at_most: float = math.inf) -> float:
    """The cost of typing one word where another was meant; 0 for the same word.

    Args:
        typed: a folded written form, without `^` and `$`.
        meant: another.
        at_most: what costs more is given as infinite, which saves the time to find out how much.
    """
    return mistakes(typed, meant, at_most)[0]


def mistakes(typed: str, meant: str, at_most: float = math.inf) -> tuple[float, tuple[str, ...]]:
    """The cost of a mistake as `cost` gives it, and the kinds of its steps in order."""
    typed, meant = START + typed + END, START + meant + END
    shortest = min(len(typed), len(meant))
    head = 0
    while head < shortest and typed[head] == meant[head]:
        head += 1
    if head == shortest:
        return 0.0, ()
    tail = 0
    while tail < shortest - head and typed[-1 - tail] == meant[-1 - tail]:
        tail += 1
    head = max(0, head - _CONTEXT)
    tail = max(0, tail - _CONTEXT)
    return _aligned(typed[head : len(typed) - tail], meant[head : len(meant) - tail], at_most)


def _aligned(typed: str, meant: str, at_most: float) -> tuple[float, tuple[str, ...]]:
    """The shortest path through pairs of places, the cheapest first (Dijkstra 1959)."""
    goal = (len(typed), len(meant))
    best: dict[tuple[int, int], float] = {}
    open_paths: list[tuple[float, int, int, tuple[str, ...]]] = [(0.0, 0, 0, ())]
    while open_paths:
        so_far, at, to, path = heappop(open_paths)
        if (at, to) == goal:
            return so_far, path
        if so_far > best.get((at, to), math.inf):
            continue
        for step, other, kinds in _steps(typed, meant, at, to):
            total = so_far
            for kind in kinds:
                total += WEIGHTS[kind]
            place = (at + step, to + other)
            if total <= at_most and total < best.get(place, math.inf):
                best[place] = total
                heappush(open_paths, (total, *place, path + kinds))
    return math.inf, ()


def _steps(typed: str, meant: str, at: int, to: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Every step from a place in both words: letters of the one, letters of the other, and its kinds."""
    here, there = typed[at : at + 1], meant[to : to + 1]
    found: list[tuple[int, int, tuple[str, ...]]] = []
    if here and here == there:
        found.append((1, 1, ()))
    for group, other, kind in _GROUPS.get(here + there, ()):
        if typed.startswith(group, at) and meant.startswith(other, to):
            found.append((len(group), len(other), (kind,)))
    typed_letter = here not in _EDGES
    meant_letter = there not in _EDGES
    first = ("first letter",) if typed[at - 1 : at] == START == meant[to - 1 : to] else ()
    if typed_letter and meant_letter and here != there:
        found.append((1, 1, (_substitution(here, there), *first)))
        if typed[at + 1 : at + 2] == there and meant[to + 1 : to + 2] == here:
            found.append((2, 2, ("swapped", *first)))
    if meant_letter:
        found.append((0, 1, ("omitted " + _inserted(meant, to), *first)))
    if typed_letter:
        found.append((1, 0, ("added " + _inserted(typed, at), *first)))
    return found


def respellings(word: str, most: int) -> list[str]:
    """Other ways to write what sounds the same, the cheapest first: `cadeau` for `kado`.

    They reach words that are more edits away than can be compared.

    Args:
        word: a folded written form.
        most: how many at most, the word itself among them.
    """
    plain = "".join(letter for letter in word if letter not in _SIGNS)
    open_forms = [(0.0, START + form + END, 0) for form in {word, plain}]
    found: dict[str, None] = {}
    steps: dict[str, list[tuple[int, int, str, float]]] = {}
    while open_forms and len(found) < most:
        so_far, form, settled = heappop(open_forms)
        found.setdefault(form.strip(START + END))
        rest = form[settled:]
        if rest not in steps:
            steps[rest] = _respelling_steps(rest)
        for place, end, meant, weight in steps[rest]:
            other = form[: settled + place] + meant + rest[end:]
            heappush(open_forms, (so_far + weight, other, settled + place + len(meant)))
    return list(found)


def _respelling_steps(text: str) -> list[tuple[int, int, str, float]]:
    """The groups in a text that sound like another: place `[start, end)`, the other, and what that costs."""
    return [
        (place, place + len(typed), meant, WEIGHTS[kind])
        for place, letter in enumerate(text)
        for typed, meant, kind in _RESPELLED.get(letter, ())
        if text.startswith(typed, place)
    ]


def _substitution(typed: str, meant: str) -> str:
    if typed in _VOWELS and meant in _VOWELS:
        return "vowel"
    return "neighbour" if typed + meant in _NEIGHBOURS else "consonant"


def _inserted(word: str, place: int) -> str:
    """The kind of a letter that only one of two words has, by what stands around it."""
    letter, before, after = word[place], word[place - 1 : place], word[place + 1 : place + 2]
    vowel = letter in _VOWELS
    if letter in _SIGNS:
        return "sign"
    if letter in (before, after):
        return "double vowel" if vowel else "double consonant"
    if after == END:
        return "final n" if letter == "n" and before == "e" else "final"
    if letter == "n" and before == "e":
        return "linking n"
    if letter == "s" and before not in _VOWELS and after not in _VOWELS:
        return "linking s"
    if letter in ("h", "e"):
        return letter
    return "vowel" if vowel else "consonant"
