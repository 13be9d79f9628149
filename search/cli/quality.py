"""The commands that tell how good the answers are: `eval` on relevance sets, `test` on what an editor expects."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from search.cli.options import (
    DONE,
    PARTLY,
    index_option,
    json_option,
    settings_of,
    synonyms_option,
    write_json,
)
from search.cli.usage import BadUse, DutchCommand
from search.errors import TrefzekerError
from search.evaluation.checking import Outcome, check
from search.evaluation.evaluate import DEPTH, Evaluation, Tell, evaluate
from search.evaluation.expectations import read_expectations
from search.service import Service


@click.command("eval", cls=DutchCommand)
@click.argument(
    "collections", metavar="COLLECTION...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--sample",
    default=1,
    show_default=True,
    type=click.IntRange(1, 10_000),
    help="Neem een op de zoveel zoekvragen, telkens dezelfde.",
)
@click.option(
    "--per-query",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Schrijf per zoekvraag in dit bestand: id, plaats van het eerste goede document (0: geen), nDCG@10.",
)
@json_option
def evaluate_collections(
    collections: tuple[Path, ...], sample: int, per_query: Path | None, as_json: bool
) -> None:
    """Meet hoe goed er gezocht wordt, op een of meer verzamelingen met beoordeelde zoekvragen.

    COLLECTION is een map zoals BEIR ze kent:

    \b
    corpus.jsonl    op elke regel een document:    {"_id": "d1", "title": "…", "text": "…"}
    queries.jsonl   op elke regel een zoekvraag:   {"_id": "q1", "text": "…"}
    qrels.tsv       zoekvraag, document en cijfer, met tabs ertussen (ook: qrels/test.tsv)

    De eerste twee mogen ook op .gz eindigen. De documenten komen in een tijdelijke index; uw eigen index
    blijft zoals hij is. Elke zoekvraag met een goed document (een cijfer boven 0) wordt gesteld zoals een
    lezer dat doet, zonder grens aan de lengte. De maten lopen van 0 tot 1, hoger is beter:

    \b
    ndcg@10      staan de beste documenten vooraan in de eerste tien?
    mrr@10       1 / de plaats van het eerste goede document, 0 als het niet bij de eerste tien staat
    recall@100   welk deel van de goede documenten staat bij de eerste honderd?

    Exitcodes: 0 gemeten; 1 gemeten, maar er is iets mis met de verzameling; 2 niets gedaan.
    """  # noqa: D301  # click reads \b as "leave these lines as they are"
    if per_query and len(collections) > 1:
        raise BadUse("--per-query gaat over één verzameling; noem er maar een", click.get_current_context())
    if per_query and not per_query.parent.is_dir():
        raise TrefzekerError(f"De map van {per_query} bestaat niet", "maak haar, of kies een ander bestand")
    with _telling() as tell:
        done = [evaluate(collection, sample=sample, tell=tell) for collection in collections]
    if per_query:
        _write_scores(done[0], per_query)
    if as_json:
        found = [_evaluation_json(evaluation) for evaluation in done]
        write_json(found[0] if len(found) == 1 else found)
    else:
        _show_evaluations(done)
    for evaluation in done:
        for problem in evaluation.problems:
            click.echo(f"! {evaluation.name}: {problem}", err=True)
    sys.exit(PARTLY if any(evaluation.problems for evaluation in done) else DONE)


@click.command("test", cls=DutchCommand)
@click.argument("queries", metavar="QUERIES.yml", type=click.Path(path_type=Path))
@index_option
@synonyms_option
@json_option
def check_expectations(
    queries: Path, index_folder: Path | None, synonyms: Path | None, as_json: bool
) -> None:
    """Controleer of de zoekmachine doet wat u verwacht.

    QUERIES.yml is een lijst in YAML: telkens een zoekvraag en wat die moet geven.

    \b
    - zoek: taalmodellen
      bovenaan: ai/hoe-een-taalmodel-leert      moet op plaats 1 staan
      top3: [ai/wat-is-een-token]               moet bij de eerste 3 staan (ook: top10 en elk ander getal)
      niet: [werk/e-mail-de-baas]               mag niet gevonden worden
      minstens: 5                               zoveel artikelen of meer (ook: hoogstens)
      waarom: Dit artikel legt het uit.         wordt getoond als het misgaat
    - zoeken: [taalmodelen, taalmodl]           verschillende zoekvragen, dezelfde verwachting
      suggestie: taalmodel                      wat moet worden voorgesteld (false: niets)
    - zoek: '#privacy -cookies'                 tussen aanhalingstekens wat met # begint of zelf " bevat
      tag: recht                                gekozen tag (ook: van en tot, met een datum)
      geen: ja                                  er wordt niets gevonden

    Een artikel mag ook als /artikel/ai/naam of ai/naam.md worden genoemd, en moet openbaar zijn.

    Exitcodes: 0 alles klopt; 1 een verwachting komt niet uit; 2 niets gedaan.
    """  # noqa: D301  # click reads \b as "leave these lines as they are"
    expectations = read_expectations(queries)
    service = Service(settings_of(index_folder, synonyms=synonyms), verify=False)
    outcomes = [check(expectation, service) for expectation in expectations]
    failed = [outcome for outcome in outcomes if outcome.failures]
    if as_json:
        write_json(
            {
                "passed": len(outcomes) - len(failed),
                "failed": len(failed),
                "results": [_outcome_json(outcome) for outcome in outcomes],
            }
        )
    else:
        for outcome in failed:
            _show_failure(queries, outcome)
    click.echo(f"Uitgekomen: {len(outcomes) - len(failed)} van de {len(outcomes)}.", err=True)
    sys.exit(PARTLY if failed else DONE)


@contextmanager
def _telling() -> Iterator[Tell | None]:
    """A line on standard error that tells how far it is, when a person is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield lambda text: click.echo(f"\r\x1b[K{text}", nl=False, err=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def _evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "name": evaluation.name,
        "documents": evaluation.documents,
        "queries": len(evaluation.scores),
        "ndcg@10": evaluation.ndcg,
        "mrr@10": evaluation.mrr,
        "recall@100": evaluation.recall,
        "problems": list(evaluation.problems),
    }


def _show_evaluations(evaluations: Sequence[Evaluation]) -> None:
    """A table with a line for each relevance set."""
    width = max(len("verzameling"), *(len(evaluation.name) for evaluation in evaluations))
    click.echo(f"{'verzameling':{width}}  documenten  zoekvragen  ndcg@10  mrr@10  recall@100")
    for evaluation in evaluations:
        click.echo(
            f"{evaluation.name:{width}}  {evaluation.documents:10}  {len(evaluation.scores):10}"
            f"  {evaluation.ndcg:7.4f}  {evaluation.mrr:6.4f}  {evaluation.recall:10.4f}"
        )


def _write_scores(evaluation: Evaluation, path: Path) -> None:
    lines = [f"{score.query}\t{score.rank}\t{score.ndcg:.4f}\n" for score in evaluation.scores]
    try:
        path.write_text(f"query\trank\tndcg@{DEPTH}\n" + "".join(lines), encoding="utf-8")
    except OSError as error:
        raise TrefzekerError(f"{path} is niet te schrijven", "kies een ander bestand") from error


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "query": outcome.expectation.request.text,
        "line": outcome.expectation.line,
        "passed": not outcome.failures,
        "failures": list(outcome.failures),
        "why": outcome.expectation.why,
        "reading": outcome.reading,
        "total": outcome.total,
        "top": [{"id": article, "title": title} for article, title in outcome.top],
        "remarks": list(outcome.remarks),
        "suggestion": outcome.suggestion or None,
    }


def _show_failure(path: Path, outcome: Outcome) -> None:
    """Tell what was expected, what came instead, and how the query was read."""
    expectation = outcome.expectation
    click.echo(f"{path}:{expectation.line}: {click.style(expectation.request.text, bold=True)}")
    for failure in outcome.failures:
        click.echo(f"   {click.style('✗', fg='red')} {failure}")
    if expectation.why:
        click.echo(f"   waarom: {expectation.why}")
    click.echo(f"   gelezen als: {outcome.reading or 'alles, nieuwste eerst'} ({outcome.total} gevonden)")
    for number, (article, title) in enumerate(outcome.top, 1):
        click.echo(f"   {number}. {title}  {article}")
    for remark in outcome.remarks:
        click.echo(f"   ! {remark}")
    if outcome.suggestion:
        click.echo(f"   voorgesteld: {outcome.suggestion}")
