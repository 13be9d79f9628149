"""The parts of a query tree to plan nodes: words are analysed, prefixes expanded, what explains them collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from whoosh import query

from search.characters import one_line
from search.dutch.analyzer import Token, analyze, analyze_words
from search.model import QueryProblem
from search.query import weights
from search.query.alternatives import spoken_period, synonym
from search.query.parse import ANY_FIELD
from search.query.plan import Any, Filter, Node, Not, Term, either, every
from search.query.planned import Marks, WordUse
from search.query.scoring import Slots, together, without_parts, word_node
from search.query.spans import WholeWord, parted_verbs, shortened_words, synonym_spans
from search.query.syntax import MIN_PREFIX, TAG, SpokenPeriodQuery
from search.query.vocabulary import Vocabulary
from search.query.words import WrittenWord, asked_words, word_of, written_word
from search.synonyms import Alternative, Synonyms

MAX_EXPANSIONS, MAX_PHRASE, MAX_GAP = 128, 10, 5
"""Words that all prefixes of a query together may stand for; words of a phrase; words between two of them."""


@dataclass(slots=True)
class Planner:
    """Turns query nodes to plan nodes, and collects on the way what explains them."""

    vocabulary: Vocabulary
    now: int
    last_word: query.Query | None
    has_content_words: bool
    parts: bool = True
    """Whether a compound may be found by one of its constituents."""
    problems: list[QueryProblem] = field(default_factory=list)
    uses: list[WordUse] = field(default_factory=list)
    mark_terms: set[str] = field(default_factory=set)
    mark_exact: set[str] = field(default_factory=set)
    mark_phrases: list[tuple[frozenset[str], ...]] = field(default_factory=list)
    pieces: dict[Node, tuple[Node, ...]] = field(default_factory=dict)
    """For a word of several pieces, or a compound: what to look for when a part of the query will do."""
    as_words: dict[Node, Node] = field(default_factory=dict)
    """For a period that may be words: those words, as any of them would else find all articles of the period."""
    piece_terms: set[str] = field(default_factory=set)
    part_terms: set[str] = field(default_factory=set)
    separated: dict[int, WholeWord] = field(default_factory=dict)
    particles: frozenset[int] = frozenset()
    """The whole word that a query node (by identity) is only a part of, and the nodes that are particles."""
    words: list[Slots] = field(default_factory=list)
    """The terms of each piece of each word in turn, to see which stand near each other."""
    constituents: bool = False
    """Whether any of `pieces` is a constituent of a compound."""
    expansions_left: int = MAX_EXPANSIONS

    def marks(self, terms: set[str]) -> Marks:
        """What to mark, with these terms by themselves."""
        return Marks(
            frozenset(terms),
            frozenset(self.mark_exact),
            tuple(dict.fromkeys(self.mark_phrases)),
            frozenset(self.part_terms),
        )

    def frequency(self, field_name: str, term: str) -> int:
        """How many public documents have a term in a field."""
        return self.vocabulary.public_frequency(field_name, term, self.now)

    def _tell(self, tree: query.Query, message: str) -> None:
        """Report a problem with the place of what it is about."""
        self.problems.append(QueryProblem(message, tree.startchar or 0, tree.endchar or 0))

    def node(self, tree: query.Query) -> Node | None:
        """The plan of a query; None when it asks nothing (punctuation, a stop word among other words)."""
        match tree:
            case query.Term():
                return Filter("tag", (tree.text,)) if tree.fieldname == TAG else self._words(tree)
            case query.And() | query.Or():
                nodes = [node for node in map(self.node, tree.children()) if node is not None]
                if not nodes:
                    return None
                return every(nodes) if isinstance(tree, query.And) else either(nodes)
            case query.Not():
                return self._without(tree)
            case SpokenPeriodQuery():
                return self._spoken_period(tree)
            case query.NumericRange():
                return Filter("day", low=tree.start, high=tree.end)
            case query.Prefix():
                return self._prefix(tree)
            case query.Phrase():
                return self._phrase(tree)
        return None

    def all_of(self, words: Sequence[query.Query], synonyms: Synonyms, text: str) -> list[Node]:
        """The nodes of words that must all be there; where a synonym stands, it or its alternatives."""
        nodes: list[Node] = []
        self.separated, self.particles = parted_verbs(words)
        self.separated |= shortened_words(words, text)
        place = 0
        spans = synonym_spans(words, synonyms)
        while place < len(words):
            end, alternatives = spans.get(place, (place + 1, ()))
            own = [node for child in words[place:end] if (node := self.node(child)) is not None]
            place = end
            if own and alternatives:
                pieces = [piece for node in own for piece in self.pieces.get(node, (node,))]
                others = [self._alternative(alternative) for alternative in alternatives]
                found = either([every(own), *others])
                self.pieces[found] = (either([*pieces, *others]),)
                own = [found]
            nodes += own
        return nodes

    def _alternative(self, alternative: Alternative) -> Node:
        """What an editor says may be found as well."""
        found = synonym(alternative)
        self.mark_terms |= found.terms
        self.mark_exact |= found.exact
        self.mark_phrases += found.phrases
        self.uses.append(found.use)
        return found.node

    def _spoken_period(self, tree: SpokenPeriodQuery) -> Node:
        """Articles of a period; when it may as well be words, with those words."""
        period = spoken_period(tree)
        self.mark_terms |= period.terms
        if period.words is not None:
            self.as_words[period.node] = period.words
        return period.node

    def _without(self, tree: query.Not) -> Node | None:
        """What is excluded is not marked, explains nothing, and may be a stop word."""
        planner = Planner(self.vocabulary, self.now, None, False, expansions_left=self.expansions_left)
        node = planner.node(tree.query)
        self.problems += planner.problems
        self.expansions_left = planner.expansions_left
        return None if node is None else Not(node)

    def _words(self, tree: query.Term) -> Node | None:
        """One typed word: often one token, but `AI-model` is two and `en/of` two words."""
        if id(tree) in self.particles:
            return None
        if id(tree) in self.separated:
            return self._parted(tree, self.separated[id(tree)])
        content_only = self.has_content_words and tree.fieldname == ANY_FIELD
        words = asked_words(tree.text, content_only)
        if any(len(tokens) > MAX_PHRASE for _, tokens in words):
            self._tell(tree, f"Een woord telt hoogstens {MAX_PHRASE} delen; de rest is weggelaten.")
            words = tuple((word, tokens[:MAX_PHRASE]) for word, tokens in words)
        is_last = self.last_word is not None and tree is self.last_word
        if is_last and len(words) == 1 and not self._occurs(words[0][1], tree.fieldname):
            expanded = self._expanded(tree, *words[0])
            if expanded is not None:
                inside = self._occurs(words[0][1], tree.fieldname, "part")
                return either([expanded, self._typed(*words[0], tree.fieldname)]) if inside else expanded
        nodes = [self._typed(word, tokens, tree.fieldname) for word, tokens in words]
        if len(nodes) == 1:
            return nodes[0]
        if nodes:
            self.pieces[every(nodes)] = tuple(p for node in nodes for p in self.pieces.get(node, (node,)))
        return every(nodes) if nodes else None

    def _typed(self, word: str, tokens: Sequence[Token], name: str) -> Node:
        """A written word of what was typed; with its tokens, as there may be fewer than it has."""
        whole = len(tokens) < MAX_PHRASE
        return self._word(
            written_word(word, name, self.parts) if whole else word_of(tokens, name, self.parts), name
        )

    def _parted(self, tree: query.Term, whole_word: WholeWord) -> Node:
        """A word of which a part stands elsewhere: the whole, or its half with what says something by itself."""
        name = tree.fieldname

        def read(text: str) -> Node:
            return self._word(word_of(analyze(text), name, self.parts), name)

        whole = read(whole_word.text)
        found = read(one_line(tree.text))
        if whole_word.particle is None:
            half = word_node(analyze(one_line(tree.text)), name, weights.HALF_WORD)
            return either([whole, half])
        particle = read(one_line(whole_word.particle.text))
        return either([whole, every([found, particle])])

    def _word(self, word: WrittenWord, name: str) -> Node:
        """A written word, with what explains and marks it."""
        if name == ANY_FIELD:
            self.words.append(word.slots)
        self.uses += word.uses
        self.mark_terms |= word.mark_terms
        self.mark_phrases += word.mark_phrases
        self.piece_terms |= word.piece_terms
        self.part_terms |= word.part_terms
        self.constituents |= word.constituents
        if word.pieces:
            self.pieces[word.node] = word.pieces
        return word.node

    def _occurs(self, tokens: Sequence[Token], name: str, view: str = "term") -> bool:
        """Whether a word has a hit of its own: one of its forms, or all of its pieces."""
        field_name = f"{name}.{view}"

        def known(terms: tuple[str, ...]) -> bool:
            return any(self.frequency(field_name, term) for term in terms)

        return known(tokens[0].also.terms) or all(known(token.terms) for token in tokens)

    def _expanded(self, tree: query.Term | query.Prefix, text: str, tokens: Sequence[Token]) -> Node | None:
        """The words that begin with a written word, as explicit terms; None when there are none or it is short.

        `AI-mod` and `gpt-4` begin the forms written as one, `aimodel` and `gpt4o`.
        """
        prefix, name = tokens[0].exact if len(tokens) == 1 else "".join(tokens[0].also.exact), tree.fieldname
        if len(prefix) < MIN_PREFIX:
            return None
        enough = self.expansions_left + 1
        found = self.vocabulary.expand_prefix(f"{name}.exact", prefix, self.now, enough)
        if len(found) > self.expansions_left:
            found = sorted(found, key=lambda pair: (-pair[1], pair[0]))[: self.expansions_left]
            message = f"Er beginnen te veel woorden met ‘{text}’; de {len(found)} meest voorkomende tellen."
            self._tell(tree, message)
        if not found:
            return None
        self.expansions_left -= len(found)
        exact = tuple(sorted(word for word, _ in found))
        self.uses.append(WordUse(text, name, "prefix", exact, ()))
        self.mark_exact.update(exact)
        return either([Term(f"{name}.exact", word) for word in exact])

    def _prefix(self, tree: query.Prefix) -> Node | None:
        text = one_line(tree.text)
        words = list(analyze_words(text))
        if not words:
            return None
        if len(words) > 1 or words[0][0] != text:
            message = "Een ster telt alleen achter een gewoon woord; nu is het woord zelf gezocht."
            self._tell(tree, message)
            return self._words(query.Term(tree.fieldname, text))
        expanded = self._expanded(tree, *words[0])
        if expanded is None:
            self.uses.append(WordUse(text, tree.fieldname, "prefix", (), ()))
        return expanded or Any()

    def _whole_word(self, tokens: list[Token], name: str) -> Node:
        """A word in quotation marks: in its inflections, not as part of a compound."""
        found = without_parts(self._word(word_of(tokens, name, self.parts), name))
        self.part_terms.difference_update((*tokens[0].terms, *tokens[0].also.terms))
        self.uses[-1] = replace(self.uses[-1], whole=True)
        return found

    def _phrase(self, tree: query.Phrase) -> Node | None:
        tokens = analyze(one_line(" ".join(tree.words)))
        if len(tokens) > MAX_PHRASE:
            message = f"Een woordgroep telt hoogstens {MAX_PHRASE} woorden; de rest is weggelaten."
            self._tell(tree, message)
            tokens = tokens[:MAX_PHRASE]
        if not tokens:
            return None
        if len(tokens) == 1:
            return self._whole_word(tokens, tree.fieldname)
        for token in tokens:
            self.uses.append(WordUse(token.text, tree.fieldname, "word", (token.exact,), token.terms))
        gap = tree.slop - 1
        if gap > MAX_GAP or (gap and len(tokens) > 2):
            message = f"‘~’ geldt achter twee woorden, met hoogstens {MAX_GAP} woorden ertussen."
            self._tell(tree, message)
            gap = MAX_GAP if len(tokens) == 2 else 0
        if gap:
            self.mark_terms.update(*(token.terms for token in tokens))
        else:
            self.mark_phrases.append(tuple(frozenset(token.terms) for token in tokens))
        return together([token.terms for token in tokens], tree.fieldname, gap)
