"""Articles made from a seed: Dutch-like, of every kind that an index must tell apart."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from search.clock import AMSTERDAM, to_ms
from search.model import ALWAYS, NEVER, Article, Cover

NOW = to_ms(datetime(2026, 3, 1, 12, tzinfo=UTC))
"""The moment around which articles are published and expire, in ms since 1970."""

DAY_MS = 86_400_000

PLAIN_WORDS = """
de het een van en in op niet met voor gemeente gemeenten gemeentelijk taalmodel taalmodellen huis huizen brief
brieven wet wetten recht rechten inwoner inwoners school scholen water waterschap ambtenaar ambtenaren besluit
besluiten café cafés geüpdatet reünie zeeën fiets fietsen fietser kind kinderen bestuur besturen stad steden lopen
loopt liep werken werkt gewerkt kosten kost vraag vragen antwoord antwoorden gegevens privacy sleutel sleutels
algoritme algoritmes register registers onderzoek onderzoeken rapport rapporten toezicht burger burgers
woningmarkt ministerraad waterschapsverkiezingen belastingdienst
""".split()
"""Words of one position and one written form; some have several terms, some are compounds."""

CODES = (
    "AI-model",
    "GPT-4o",
    "gpt4o",
    "C++",
    "C#",
    "foto's",
    "foto’s",
    "e-mail",
    "d.w.z.",
    "3,5",
    "Disney+",
    "ĳs",
)
"""Words that stand for several terms, or take several positions."""

TAGS = (
    ("Machine learning", "machine-learning", "machinelearning", "Machine Learning"),
    ("Open source", "open-source", "opensource"),
    ("Privacy", "privacy", "PRIVACY"),
    ("C++", "c++"),
    ("C#", "c#"),
    ("Café", "cafe\u0301"),
    ("Onderwijs",),
    ("Wet/recht", "wet/recht"),
)
"""Tags, each in the spellings that people use for it."""

_LETTERS = "bcdfghjklmnprstvwxz"
_FOLDERS = ("nieuws", "blog/2024", "C#", "één", "v1.2")


def make_articles(seed: int, count: int) -> list[Article]:
    """Make articles, the same for the same seed; about a third is not public at `NOW`."""
    chance = random.Random(seed)
    return [_article(chance, number) for number in range(count)]


def own_word(number: int) -> str:
    """A word that only the article with this number has, and that no other word begins with."""
    letters = ""
    while True:
        number, rest = divmod(number, len(_LETTERS))
        letters = _LETTERS[rest] + letters
        if not number:
            return f"qq{letters}qq"


def _article(chance: random.Random, number: int) -> Article:
    date = _date(chance)
    visible_from, visible_until = _period(chance, date)
    word = own_word(number)
    summary = _plain(chance, 12) if chance.random() < 0.7 else ""
    return Article(
        id=f"{chance.choice(_FOLDERS)}/{word}",
        title=_sentence(chance, 6) or "Zonder",
        text="\n".join([*(_sentence(chance, 14) for _ in range(chance.randint(0, 4))), f"Slot {word}."]),
        body=f"Slot {word}." if chance.random() < 0.5 else "",
        summary=summary,
        tags=(*_tags(chance), *((f"Tag {word}",) if chance.random() < 0.3 else ())),
        categories=("Rubriek",) if chance.random() < 0.2 else (),
        aliases=(f"/oud/{word}", f"/gedeeld/{number % 5}") if chance.random() < 0.5 else (),
        author=chance.choice(("", "Mies")),
        cover=_cover(chance),
        date=date,
        modified=date,
        visible_from=visible_from,
        visible_until=visible_until,
    )


def _date(chance: random.Random) -> datetime | None:
    if chance.random() < 0.15:
        return None
    if chance.random() < 0.2:
        # The last hour of a year in UTC is the next year in Amsterdam; many articles share this moment.
        return datetime(2024, 12, 31, 23, 30, tzinfo=UTC).astimezone(AMSTERDAM)
    moment = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(24 * 365 * 3))
    return moment.astimezone(AMSTERDAM)


def _period(chance: random.Random, date: datetime | None) -> tuple[int, int]:
    start = ALWAYS if date is None else to_ms(date)
    draw = chance.random()
    if draw < 0.12:
        return NEVER, NEVER
    if draw < 0.24:
        return NOW + chance.randint(1, 10 * DAY_MS), NEVER
    if draw < 0.34:
        return start, NOW - chance.randint(0, DAY_MS)
    if draw < 0.44:
        return start, NOW + chance.randint(1, 10 * DAY_MS)
    return start, NEVER


def _tags(chance: random.Random) -> tuple[str, ...]:
    return tuple(chance.choice(spellings) for spellings in TAGS if chance.random() < 0.25)


def _cover(chance: random.Random) -> Cover | None:
    if chance.random() < 0.6:
        return None
    return Cover("/static/beeld.svg", _plain(chance, 4), _sentence(chance, 5))


def _plain(chance: random.Random, most: int) -> str:
    """Words without codes; the first of the list are far more common than the last."""
    count = chance.randint(0, most)
    places = (int(len(PLAIN_WORDS) * chance.random() ** 2) for _ in range(count))
    return " ".join(PLAIN_WORDS[place] for place in places)


def _sentence(chance: random.Random, most: int) -> str:
    words = _plain(chance, most).split()
    words += [chance.choice(CODES) for _ in range(chance.choice((0, 0, 1, 2)))]
    chance.shuffle(words)
    return " ".join(words).capitalize() + "." if words else ""
