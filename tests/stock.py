"""A stock Whoosh index of articles, fed with the same words under the same field names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh import fields, index

from search import layout
from search.model import Article
from search.tags import tag_key
from tests.oracle import LEAD_WORDS, VIEWS, WEIGHTS, field_texts, title_words, words_of


def write_stock_index(folder: Path, articles: Sequence[Article]) -> None:
    """Write the articles in this order, as one segment."""
    schema = layout.schema()
    for name in ("title", "text"):
        schema.add(name, fields.STORED())
    schema.add("stored_id", fields.STORED())
    with index.create_in(str(folder), schema).writer(limitmb=64) as writer:
        for article in articles:
            writer.add_document(**_document(article))


def _document(article: Article) -> dict[str, object]:
    texts = field_texts(article)
    document: dict[str, object] = {"title": article.title, "text": article.text, "stored_id": article.id}
    document |= {
        field: texts[layout.base(field)]
        for field in (*layout.TERM_FIELDS, *layout.EXACT_FIELDS, *layout.PART_FIELDS)
    }
    for view in VIEWS:
        document[f"all.{view}"] = [
            word
            for name, weight in WEIGHTS.items()
            for forms in words_of(texts[name], view)
            for word in forms * weight
        ]
    lead = words_of(texts["body"], "term")[:LEAD_WORDS]
    document["lead.term"] = [word for forms in lead for word in forms]
    document["id"] = [article.id]
    document["title.whole"] = [title_words(article)] if title_words(article) else []
    document["tag"] = [tag_key(tag) for tag in article.tags]
    return document
