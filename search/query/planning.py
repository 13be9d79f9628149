"""A query tree to a plan: words are analysed, prefixes expanded against the vocabulary, weights set.

How a word scores: BM25 in the combined field, in which a word of the title counts three times, plus half of
its BM25 in the title itself (docs/architecture.md has the measurements).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from whoosh import query

from search import layout
from search.characters import one_line
from search.dutch.analyzer import Token, analyze, analyze_words, whole
from search.dutch.stopwords import is_stop_word
from search.model import QueryProblem
from search.query.parse import ANY_FIELD, ParsedQuery
from search.query.plan import EVERYTHING, All, Any, Constant, Filter, Node, Not, Phrase, Term, either, every
from search.query.planned import Marks, PlannedQuery, WordUse
from search.query.reading import asked_words, read_aloud
from search.query.syntax import DAY, MIN_PREFIX, TAG

TITLE_BOOST = 0.5
EXACT_TITLE = 1000.0
MAX_EXPANSIONS, MAX_PHRASE, MAX_GAP = 128, 10, 5


class Vocabulary(Protocol):
    """What planning asks of an engine, over public documents only."""

    def public_frequency(self, field: str, term: str, now: int) -> int:
        """How many public documents have a term in a field."""

    def expand_prefix(self, field: str, prefix: str, now: int) -> list[tuple[str, int]]:
        """Terms of public documents that begin with a prefix, with how many have each."""


def plan_query(parsed: ParsedQuery, vocabulary: Vocabulary, now: int) -> PlannedQuery:
    """Make the plan of a query.

    Args:
        parsed: the query tree.
        vocabulary: the words of the index.
        now: the moment (ms since 1970) that decides which documents, and so which words, are public.
    """
    content_only = _has_content_words(parsed.tree)
    planner = _Planner(vocabulary, now, _last_word(parsed), content_only)
    tree = _unwrapped(parsed.tree)
    children = list(tree.children()) if isinstance(tree, query.And) else [tree]
    asked: list[Node] = []
    narrowing: list[Node] = []
    for child in children:
        node = planner.node(child)
        if node is not None:
            (narrowing if isinstance(node, Filter | Not) else asked).append(node)
    if parsed.text.strip() and not (asked or narrowing or parsed.problems or planner.problems):
        message = "Hier staat niets om op te zoeken; dit zijn alle artikelen."
        planner.problems.append(QueryProblem(message, 0, len(parsed.text)))
    body = _with_exact_title(asked, children)
    loose = dict.fromkeys(piece for node in asked for piece in planner.pieces.get(node, (node,)))
    relaxed = None if len(loose) < 2 else every([either(list(loose)), *narrowing])
    return PlannedQuery(
        plan=every([*body, *narrowing]) if body or narrowing else EVERYTHING,
        relaxed=relaxed,
        reading=read_aloud(parsed.tree, content_only),
        problems=(*parsed.problems, *planner.problems),
        uses=tuple(dict.fromkeys(planner.uses)),
        marks=planner.marks(planner.mark_terms),
        relaxed_marks=planner.marks(planner.mark_terms | planner.piece_terms),
    )


@dataclass(slots=True)
class _Planner:
    """Turns query nodes to plan nodes, and collects on the way what explains them."""

    vocabulary: Vocabulary
    now: int
    last_word: query.Query | None
    has_content_words: bool
    problems: list[QueryProblem] = field(default_factory=list)
    uses: list[WordUse] = field(default_factory=list)
    mark_terms: set[str] = field(default_factory=set)
    mark_exact: set[str] = field(default_factory=set)
    mark_phrases: list[tuple[frozenset[str], ...]] = field(default_factory=list)
    pieces: dict[Node, tuple[Node, ...]] = field(default_factory=dict)
    """For a word of several pieces: the word itself and each piece, any of which will do when relaxed."""
    piece_terms: set[str] = field(default_factory=set)

    def marks(self, terms: set[str]) -> Marks:
        """What to mark, with these terms by themselves."""
        return Marks(frozenset(terms), frozenset(self.mark_exact), tuple(self.mark_phrases))

    def node(self, tree: query.Query) -> Node | None:
        """The plan of a query; None when it asks nothing (punctuation, a stop word among other words)."""
        match tree:
            case query.And() | query.Or():
                nodes = [node for node in map(self.node, tree.children()) if node is not None]
                if not nodes:
                    return None
                return every(nodes) if isinstance(tree, query.And) else either(nodes)
            case query.Not():
                return self._without(tree)
            case query.NumericRange():
                return Filter("day", low=tree.start, high=tree.end)
            case query.Prefix():
                return self._prefix(tree)
            case query.Phrase():
                return self._phrase(tree)
            case query.Term(fieldname="tag"):
                return Filter("tag", (tree.text,))
            case query.Term():
                return self._words(tree)
        return None

    def _without(self, tree: query.Not) -> Node | None:
        """What is excluded is not marked, explains nothing, and may be a stop word."""
        planner = _Planner(self.vocabulary, self.now, None, has_content_words=False)
        node = planner.node(tree.query)
        self.problems += planner.problems
        return None if node is None else Not(node)

    def _words(self, tree: query.Term) -> Node | None:
        """One typed word: often one token, but `AI-model` is two and `en/of` two words."""
        words = asked_words(tree.text, content_only=self.has_content_words)
        is_last = self.last_word is not None and tree is self.last_word
        if is_last and len(words) == 1 and not self._occurs(words[0][1], tree.fieldname):
            expanded = self._expanded(tree, *words[0])
            if expanded is not None:
                return expanded
        nodes = [self._word(tokens, tree.fieldname) for _, tokens in words]
        if len(nodes) > 1:
            self.pieces[every(nodes)] = tuple(nodes)
        return every(nodes) if nodes else None

    def _word(self, tokens: list[Token], name: str) -> Node:
        """A written word: any of its forms, or its pieces behind each other."""
        for token in tokens:
            self.mark_terms.update(token.terms if len(tokens) == 1 else (), token.also.terms)
        also = tokens[0].also
        if len(tokens) == 1:
            exact = (tokens[0].exact, *also.exact)
            terms = (*tokens[0].terms, *also.terms)
            self.uses.append(WordUse(tokens[0].text, name, "word", exact, terms))
            return either([node for term in terms for node in _scored(term, name)])
        self.mark_phrases.append(tuple(frozenset(token.terms) for token in tokens))
        for token in tokens:
            self.uses.append(
                WordUse(token.text, name, "word", (token.exact, *also.exact), (*token.terms, *also.terms))
            )
        together = _together([token.terms for token in tokens], name)
        found = either([*(node for term in also.terms for node in _scored(term, name)), together])
        telling = [token for token in tokens if _is_telling(token)]
        apart = (either([node for term in token.terms for node in _scored(term, name)]) for token in telling)
        self.pieces[found] = (found, *apart)
        self.piece_terms.update(*(token.terms for token in telling))
        return found

    def _occurs(self, tokens: list[Token], name: str) -> bool:
        """Whether a word has a hit of its own: one of its forms, or all of its pieces."""
        field_name = _term_field(name)

        def known(terms: tuple[str, ...]) -> bool:
            return any(self.vocabulary.public_frequency(field_name, term, self.now) for term in terms)

        return known(tokens[0].also.terms) or all(known(token.terms) for token in tokens)

    def _expanded(self, tree: query.Term | query.Prefix, text: str, tokens: list[Token]) -> Node | None:
        """The words that begin with a written word, as explicit terms; None when there are none or it is short.

        `AI-mod` and `gpt-4` begin the forms written as one, `aimodel` and `gpt4o`.
        """
        prefix, name = tokens[0].exact if len(tokens) == 1 else "".join(tokens[0].also.exact), tree.fieldname
        if len(prefix) < MIN_PREFIX:
            return None
        found = self.vocabulary.expand_prefix(f"{name}.exact", prefix, self.now)
        if len(found) > MAX_EXPANSIONS:
            found = sorted(found, key=lambda pair: (-pair[1], pair[0]))[:MAX_EXPANSIONS]
            message = (
                f"Er beginnen te veel woorden met ‘{text}’; de {MAX_EXPANSIONS} meest voorkomende tellen."
            )
            self.problems.append(QueryProblem(message, tree.startchar, tree.endchar))
        if not found:
            return None
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
            self.problems.append(QueryProblem(message, tree.startchar, tree.endchar))
            return self._words(query.Term(tree.fieldname, text))
        return self._expanded(tree, *words[0]) or Any()

    def _phrase(self, tree: query.Phrase) -> Node | None:
        tokens = analyze(one_line(" ".join(tree.words)))
        if len(tokens) > MAX_PHRASE:
            message = f"Een woordgroep telt hoogstens {MAX_PHRASE} woorden; de rest is weggelaten."
            self.problems.append(QueryProblem(message, tree.startchar, tree.endchar))
            tokens = tokens[:MAX_PHRASE]
        if not tokens:
            return None
        if len(tokens) == 1:
            return self._word(tokens, tree.fieldname)
        for token in tokens:
            self.uses.append(WordUse(token.text, tree.fieldname, "word", (token.exact,), token.terms))
        gap = tree.slop - 1
        if gap > MAX_GAP or (gap and len(tokens) > 2):
            message = f"‘~’ geldt achter twee woorden, met hoogstens {MAX_GAP} woorden ertussen."
            self.problems.append(QueryProblem(message, tree.startchar, tree.endchar))
            gap = MAX_GAP if len(tokens) == 2 else 0
        if gap:
            self.mark_terms.update(*(token.terms for token in tokens))
        else:
            self.mark_phrases.append(tuple(frozenset(token.terms) for token in tokens))
        return _together([token.terms for token in tokens], tree.fieldname, gap)


def _is_telling(token: Token) -> bool:
    """Whether a piece of a word says something by itself: not the 4 of gpt-4, nor the `en` of kant-en-klaar."""
    return token.exact.isalpha() and len(token.exact) > 1 and not is_stop_word(token.exact)


def _scored(term: str, name: str) -> Iterator[Term]:
    """The terms that match and score one form of a word."""
    yield Term(_term_field(name), term)
    if name == ANY_FIELD:
        yield Term(layout.TITLE_TERM, term, TITLE_BOOST)


def _together(slots: list[tuple[str, ...]], name: str, gap: int = 0) -> Node:
    """Terms behind each other in one field, scored like the same words apart."""
    fields = layout.TERM_FIELDS if name == ANY_FIELD else (_term_field(name),)
    places = either([Phrase(field_name, tuple(slots), gap) for field_name in fields])
    words = [either([node for term in slot for node in _scored(term, name)]) for slot in slots]
    return All((Constant(places, 0.0), *dict.fromkeys(words)))


def _term_field(name: str) -> str:
    return f"{name}.term"


def _with_exact_title(asked: list[Node], children: list[query.Query]) -> list[Node]:
    """The words asked for, and a title that is exactly these words far above all others."""
    words = [child for child in children if not _narrows(child)]
    if not asked or not all(_is_plain(child) for child in words):
        return asked
    texts = [child.text if isinstance(child, query.Term) else " ".join(child.words) for child in words]
    title = whole(one_line(" ".join(texts)))
    return [Any((every(asked), Constant(Term(layout.TITLE_WHOLE, title), EXACT_TITLE)))] if title else asked


def _is_plain(tree: query.Query) -> bool:
    """Whether a query is a word or a phrase in any field, not a prefix or one of several."""
    return isinstance(tree, query.Term | query.Phrase) and tree.fieldname == ANY_FIELD


def _narrows(tree: query.Query) -> bool:
    """Whether a query only leaves documents out."""
    return isinstance(tree, query.Not | query.NumericRange) or (
        isinstance(tree, query.Term) and tree.fieldname == TAG
    )


def _unwrapped(tree: query.Query) -> query.Query:
    """A query without brackets around the whole of it."""
    while isinstance(tree, query.And) and len(tree.subqueries) == 1:
        tree = tree.subqueries[0]
    return tree


def _last_word(parsed: ParsedQuery) -> query.Query | None:
    """The word that a person may still be typing: it ends where the text does."""
    end = len(parsed.text.rstrip())
    for leaf in parsed.tree.leaves():
        if isinstance(leaf, query.Term) and leaf.fieldname not in (TAG, DAY) and leaf.endchar == end:
            return leaf
    return None


def _has_content_words(tree: query.Query) -> bool:
    """Whether anything is asked for but stop words."""
    for leaf in _positive_leaves(tree):
        if isinstance(leaf, query.Phrase | query.Prefix):
            return True
        is_word = isinstance(leaf, query.Term) and leaf.fieldname != TAG
        if is_word and asked_words(leaf.text, content_only=True):
            return True
    return False


def _positive_leaves(tree: query.Query) -> Iterator[query.Query]:
    if isinstance(tree, query.Not):
        return
    if isinstance(tree, query.And | query.Or):
        for child in tree.children():
            yield from _positive_leaves(child)
    else:
        yield tree
