"""What a word is made of: the verb of `behandeling` and `gespecialiseerd`, the adjective of `veiligheid`.

Readers mix a verb with its noun and with its participle, so such a word also has the term of its base. A word
that has gone its own way has none: nobody who asks for *wonen* wants every article with a *woning*. Algemene
Nederlandse Spraakkunst, chapters 2.3 (participles) and 12.3 (derived nouns).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.dutch.lexicon import Flag, entry
from search.dutch.paradigms import INSEPARABLE, verb_stems
from search.dutch.stopwords import is_stop_word

_OWN_WAY = frozenset(
    """
    rekening woning stelling leiding instelling vestiging afdeling werking lading richting mening houding
    regering verdieping omgeving vereniging beschikking uitvoering belasting zitting aanleiding verhouding
    aandoening aanmerking aflevering bevolking betrekking branding helling ketting korting mengeling nederzetting
    ranking roeping rolling schutting stichting uitrusting vesting voorstelling voorziening wending winning

    apartheid bezigheid dichtheid gelegenheid grootheid heerlijkheid hoogheid meerderheid minderheid
    omstandigheid persoonlijkheid plechtigheid verscheidenheid voorzienigheid werkelijkheid

    situatie organisatie informatie operatie generatie administratie federatie formatie delegatie animatie
    conversatie coöperatie diplomatie vegetatie cassatie reformatie accommodatie complicatie fundatie
    manifestatie obligatie

    aanstaand begaafd bekend beleefd bepaald beduidend beroemd beroerd bereid beslist bezorgd doortastend dringend
    gelaagd gelaat geleerd geliefd geluid gehecht gekruid gemeet gemiddeld gepast gereed gerust gesteeld geschikt
    geschiet gestoord gewild gezet gezind gezwind hoogachtend ingewikkeld ontzettend opgewekt spannend
    terughoudend toereikend treffend uitgerekend uitsluitend uitstekend verdomd verkeerd voortvarend woedend
    """.split()
)
"""Words that look derived and have gone their own way."""

_TREMA = str.maketrans("ëïü", "eiu")
_FROM_VERB = (("ing", "en"), ("atie", "eren"), ("uctie", "uceren"))
"""Endings of nouns, and those of the verbs that they are made of."""

_OF_PERSONS = frozenset(
    """
    aarnouts adams adriaans arends barends berends brands cornelis davids dingemans dirks elberts everts flips
    frans gerrits heijermans hendriks huberts jacobs karels klaas leenderts lievens louwers maartens machiels
    philips pieters roelofs sanders simons steffens stevens wilhelms willems wouters
    """.split()
)
_TEN_TIMES = 33
"""A factor ten on the scale of frequencies."""

_PARTICLES = frozenset(
    """
    aan af bij dicht door in los mee na neer om onder op open over samen stop tegen terug toe uit vast voor voort
    weg
    """.split()
)
_BOUND_VERBS = {
    base: particle + base
    for particle, verbs in {
        "aan": "moedigen wakkeren zwengelen",
        "af": "bakenen brokkelen stevenen wimpelen zonderen",
        "in": "burgeren kapselen willigen zamelen",
        "na": "bootsen",
        "op": "frissen hitsen hogen laaien leuken peppen rakelen slokken smukken vrolijken",
        "over": "hevelen",
        "terug": "deinzen",
        "uit": "breiden dossen jouwen mergelen nodigen puilen sloven stippelen",
        "voor": "schotelen",
        "weg": "moffelen",
    }.items()
    for base in verbs.split()
}
"""Verbs that are hardly ever used without their one particle, with the whole verb."""


def bases(lemma: str) -> tuple[str, ...]:
    """The lemma that a lemma in lower case is made of; empty when there is none, at most one."""
    if lemma in _OWN_WAY:
        return ()
    if lemma in _BOUND_VERBS:
        return (_BOUND_VERBS[lemma],)
    found = next(_verbs(lemma), "") or _adjective_or_place(lemma)
    # Nobody who asks for a *waarheid* wants every `waar`.
    return (found,) if found and not is_stop_word(found) else ()


def is_derived(word: str) -> bool:
    """Whether a noun is made of a verb as a whole: gelijkmaker of gelijkmaken, huisvesting of huisvesten."""
    if word.endswith("ing"):
        return is_infinitive(word[:-3] + "en")
    return word.endswith("er") and is_infinitive(word[:-1] + "n")


def _verbs(lemma: str) -> Iterator[str]:
    """The verb of a noun or of a participle that is its own lemma; not of a name (Berend)."""
    for ending, of_verb in _FROM_VERB:
        if lemma.endswith(ending) and len(lemma) > len(ending) + 3:
            verb = lemma[: -len(ending)] + of_verb
            if is_infinitive(verb):
                yield verb
    if lemma.endswith(("d", "t")) and len(lemma) > 5 and _may_be_participle(lemma):
        if lemma.endswith("nd") and is_infinitive(lemma[:-1]):
            yield lemma[:-1]
        yield from _verbs_of_past_participle(lemma)


def _may_be_participle(lemma: str) -> bool:
    """Whether no source says that it is a noun only."""
    return _has(lemma, Flag.ADJECTIVE) or not _has(lemma, Flag.NOUN | Flag.NAME)


def _verbs_of_past_participle(lemma: str) -> Iterator[str]:
    """`opgezet` has opzetten, `vermoeid` vermoeien: the verbs of which it is the regular participle."""
    place = lemma.find("ge")
    while place >= 0:
        particle = lemma[:place]
        if not particle or particle in _PARTICLES:
            yield from _weak_verbs(particle, _without_trema(lemma[place + 2 :]))
        place = lemma.find("ge", place + 1)
    for prefix in INSEPARABLE:
        if lemma.startswith(prefix):
            yield from _weak_verbs(prefix, lemma.removeprefix(prefix))


def _without_trema(participle: str) -> str:
    """What is left of a participle without ge-, as its verb has it: `geïnfecteerd` is of infecteren."""
    return participle[:1].translate(_TREMA) + participle[1:]


def _weak_verbs(prefix: str, participle: str) -> Iterator[str]:
    """The weak verbs with a prefix or particle, by their participle without it and without ge-."""
    for stem in (participle[:-1], participle):
        if len(stem) < 2:
            continue
        for root in _roots(stem):
            dental = "t" if root.endswith(("t", "k", "f", "s", "p", "x", "ch", "sh")) else "d"
            regular = participle == (stem if stem.endswith(dental) else stem + dental)
            if regular and is_infinitive(prefix + root + "en") and stem in verb_stems(root + "en"):
                yield prefix + root + "en"


def _roots(stem: str) -> Iterator[str]:
    """What a stem can be before -en: `specialiseer` is specialiser-, `zet` zett-, `leef` lev-."""
    yield stem
    yield stem + stem[-1]
    opened = re.sub(r"([aeou])\1([^aeiouy])$", r"\1\2", stem)
    yield opened
    if stem[-1] in "fs":
        yield opened[:-1] + {"f": "v", "s": "z"}[stem[-1]]


def _adjective_or_place(lemma: str) -> str:
    """The adjective of a noun in -heid, the name that an adjective or a genitive in -s is of (Amsterdams)."""
    if lemma.endswith("heid") and len(lemma) > 7:
        return lemma[:-4] if _has(lemma[:-4], Flag.ADJECTIVE) else ""
    if len(lemma) > 4 and _is_of_name(lemma):
        return lemma[:-1]
    return ""


def _is_of_name(lemma: str) -> bool:
    """Whether a name in -s is made of another: an adjective (Utrechts), or a genitive (Ruslands), not Philips.

    An adjective has an inflected form; a genitive is far less common than what it is of.
    """
    if not lemma.endswith("s") or lemma in _OF_PERSONS or _has(lemma, Flag.NOUN):
        return False
    base, found = entry(lemma[:-1]), entry(lemma)
    if base is None or found is None or not base.flags & found.flags & Flag.NAME:
        return False
    inflected = entry(lemma + "e")
    is_adjective = (lemma.endswith("aans") and len(lemma) > 6) or (
        inflected is not None and lemma in inflected.lemmas
    )
    return is_adjective or (len(lemma) > 6 and base.frequency >= found.frequency + _TEN_TIMES)


def is_of_place(word: str) -> bool:
    """Whether a name is an adjective of a place (Amersfoorts, Toscaans), and not of a person (Willems)."""
    if not word.endswith("s") or len(word) < 6 or word in _OF_PERSONS or not _has(word, Flag.NAME):
        return False
    return word.endswith("aans") or _has(word[:-1], Flag.NAME)


def _has(word: str, flag: int) -> bool:
    found = entry(word)
    return found is not None and bool(found.flags & flag)


def is_infinitive(word: str) -> bool:
    """Whether a word is a known verb in the form in which a dictionary has it."""
    found = entry(word)
    return found is not None and bool(found.flags & Flag.VERB) and word in found.lemmas
