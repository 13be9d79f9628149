"""Which fields the index has, what each weighs, and how Whoosh sees them.

| field | holds | positions |
|---|---|---|
| `title.term`, `summary.term`, … | terms of one text field | yes: phrases, `titel:` |
| `title.exact`, `summary.exact` | written forms of the fields that can be asked by name | no: `titel:woord*` |
| `all.term` | terms of all text fields, counted by weight (BM25F) | no: scoring |
| `all.exact` | written forms of all text fields | no: prefixes, the reason of a hit |
| `all.part`, `title.part`, `summary.part` | terms and constituents of compounds | no: `taal` in `taalmodel` |
| `lead.term` | terms of the first words of the text | no: scoring |
| `title.whole` | the whole title as one term | no: the exact title |
| `tag` | the keys of an article's tags | no: filters and facets |
| `id` | the article's id | no: look-up |
| `origin`, `alias` | where a document was read, its old addresses | no: look-up, never by a query |

A combined field scores better than a sum over fields and is one posting list a word (see
docs/architecture.md). Other fields have no written forms of their own, as nothing asks for them there.
Lengths are kept per text field and for `all`: both views of a field have the same positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from whoosh import analysis, fields

from search.dutch.analyzer import View, word_forms

FORMAT = 6
"""Version of the files on disk; another version asks for a rebuild."""


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of words; `weight` is how often each of its words counts in the combined field."""

    name: str
    weight: int


TEXT_FIELDS = (
    TextField("title", 3),
    TextField("summary", 2),
    TextField("tags", 2),
    TextField("body", 1),
    TextField("alt", 1),
    TextField("caption", 1),
)
TERM_FIELDS = tuple(f"{field.name}.term" for field in TEXT_FIELDS)
EXACT_FIELDS = ("title.exact", "summary.exact")
PART_FIELDS = ("title.part", "summary.part")
ALL = "all"
LEAD, LEAD_WORDS = "lead", 40
"""The beginning of the text, where an article says what it is about, and how many positions that has."""

ALL_TERM, ALL_EXACT, ALL_PART, TITLE_TERM = "all.term", "all.exact", "all.part", "title.term"
LEAD_TERM, TAGS_TERM = "lead.term", "tags.term"
TITLE_WHOLE, TAG, ID = "title.whole", "tag", "id"

SCORED_FIELDS = (*TERM_FIELDS, *EXACT_FIELDS, *PART_FIELDS, LEAD_TERM, ALL_TERM, ALL_EXACT, ALL_PART)
"""Fields that have lengths, so that BM25 can score them."""

MEASURED = (*(field.name for field in TEXT_FIELDS), LEAD, ALL)
"""What lengths are kept of: a field's name without its view."""

ALL_FIELDS = (*SCORED_FIELDS, TITLE_WHOLE, TAG, ID)

ORIGIN, ALIAS = "origin", "alias"
LOOK_UPS = (ORIGIN, ALIAS)
"""What the program itself looks documents up by; a query cannot ask for it."""

_TERMS = (*TERM_FIELDS, *PART_FIELDS, LEAD_TERM, ALL_TERM, ALL_PART)
VOCABULARIES = {
    **dict.fromkeys(_TERMS, "terms"),
    **dict.fromkeys((*EXACT_FIELDS, ALL_EXACT), "written"),
    TITLE_WHOLE: TITLE_WHOLE,
    TAG: TAG,
    ID: ID,
    ORIGIN: ORIGIN,
    ALIAS: ALIAS,
}
"""Which vocabulary a field takes its terms from: a word that is looked up in one field is found in all of them."""

SHARED = {ALL_PART: ALL_TERM}
"""For a field, the one whose posting list it shares where the two are the same, as they are for most words."""

CONTAINED = {
    **dict.fromkeys((*TERM_FIELDS, LEAD_TERM), (ALL_TERM, ALL_PART)),
    **dict.fromkeys((*PART_FIELDS, ALL_TERM), (ALL_PART,)),
}
"""For a field, those in which a term has all the documents that it has in that field."""


def base(field: str) -> str:
    """A field's name without its view: `title` for `title.term`."""
    return field.partition(".")[0]


def view_of(field: str) -> View:
    """A text field's view: `term` for `title.term`."""
    return cast(View, field.partition(".")[2])


class FormsTokenizer(analysis.Tokenizer):  # type: ignore[misc]  # Whoosh is untyped
    """Our analysis as a Whoosh tokenizer, for one view; alternatives share a position."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __call__(self, value: str, positions: bool = False, mode: str = "", **_: object) -> object:
        """Yield Whoosh tokens for a text."""
        token = analysis.Token(positions, mode=mode)
        for position, forms in enumerate(word_forms(value)):
            for form in forms.of(self.view):
                token.text = form
                token.boost = 1.0
                token.stopped = False
                token.pos = position
                yield token


def schema() -> fields.Schema:
    """The index as a Whoosh schema."""
    whole = fields.Schema()
    for name in ALL_FIELDS:
        if name in TERM_FIELDS:
            whole.add(name, fields.TEXT(analyzer=FormsTokenizer("term"), phrase=True))
        elif name in SCORED_FIELDS:
            whole.add(name, fields.TEXT(analyzer=FormsTokenizer(view_of(name)), phrase=False))
        else:
            whole.add(name, fields.ID())
    return whole
