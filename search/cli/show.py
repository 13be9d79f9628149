"""What the command line shows to a person, and the JSON that is not simply a dataclass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from search.model import Answer, IndexReport, Passage, Problem, ReadPeriod, TagSummary
from search.scanning import Progress

_SEVERITIES = {"rejected": "afgewezen", "withheld": "niet openbaar", "warning": "let op"}
_MAX_SHOWN = 20


@contextmanager
def progress(wanted: bool) -> Iterator[Progress | None]:
    """A line on standard error that counts files, while an index is built in front of a person."""
    if not wanted:
        yield None
        return
    yield lambda count: click.echo(f"\r{count} bestanden gelezen", nl=False, err=True)
    click.echo("\r\x1b[K", nl=False, err=True)


def report_json(report: IndexReport) -> dict[str, Any]:
    """The report of a build; `rejected` holds what was left out or kept from the public."""
    return {
        "generation": report.generation,
        "documents": report.documents,
        "public": report.public,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "rejected": [problem_json(p) for p in report.problems if p.severity != "warning"],
        "warnings": [problem_json(p) for p in report.problems if p.severity == "warning"],
        "seconds": round(report.seconds, 3),
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """One problem in a source."""
    return {
        "path": problem.path,
        "line": problem.line,
        "problem": problem.message,
        "severity": problem.severity,
    }


def report(done: IndexReport, *, quiet: bool = False) -> None:
    """Tell what a build did: every file that was rejected, and a count of the warnings."""
    serious = [problem for problem in done.problems if problem.severity != "warning"]
    for problem in serious:
        click.echo(_problem_line(problem), err=True)
    if quiet:
        return
    warnings = len(done.problems) - len(serious)
    if warnings:
        click.echo(
            f"{_counted(warnings, 'verbeterpunt', 'verbeterpunten')}; 'trefzeker lint' toont ze.", err=True
        )
    click.echo(
        f"{done.documents} artikelen in de index, {done.public} nu openbaar: {done.added} nieuw, "
        f"{done.changed} gewijzigd, {done.removed} verwijderd ({done.seconds:.1f} s, generatie {done.generation})",
        err=True,
    )


def problems(found: Iterable[Problem]) -> None:
    """List problems, one a line: path, line, what, and how to mend it."""
    count = 0
    for problem in found:
        click.echo(_problem_line(problem))
        count += 1
    click.echo(
        f"{_counted(count, 'probleem', 'problemen')} gevonden." if count else "Geen problemen gevonden.",
        err=True,
    )


def tags(found: Iterable[TagSummary]) -> None:
    """List tags: count, label, and the other spellings."""
    for tag in found:
        others = ", ".join(f"{label} ({count})" for label, count in tag.variants[1:])
        click.echo(f"{tag.count:6} {tag.label}" + (f"   ook: {others}" if others else ""))


def answer(found: Answer) -> None:
    """Show an answer: what was understood, the hits with their passages, the tags to narrow by."""
    _how_it_was_read(found)
    first = (found.page - 1) * found.per_page
    for number, hit in enumerate(found.hits, start=first + 1):
        title = "".join(_highlighted(passage) for passage in hit.snippets.title)
        click.echo(f"{number}. {click.style(title, bold=True)}  {hit.date[:10] if hit.date else ''}")
        click.echo(f"   {hit.url}   {' · '.join(hit.tags)}")
        for passage in hit.snippets.body or hit.snippets.summary:
            click.echo(f"   {_highlighted(passage)}")
    click.echo(f"{found.total} gevonden in {found.took_ms:.0f} ms", err=True)
    shown = ", ".join(f"{tag.label} ({tag.count})" for tag in found.facets.tags[:_MAX_SHOWN] if tag.count)
    if shown:
        click.echo(f"Tags: {shown}", err=True)


def _how_it_was_read(found: Answer) -> None:
    """Tell what was made of a query, and how to have it read otherwise."""
    for problem in found.query.problems:
        click.echo(f"! {problem.message}", err=True)
    better = found.suggestion
    if better and better.applied:
        instead = f"dit zijn de resultaten voor ‘{better.query}’."
        click.echo(f"Geen resultaten voor ‘{found.query.text}’; {instead}", err=True)
    elif better:
        click.echo(f"Bedoelde u ‘{better.query}’? ({better.total})", err=True)
    if found.query.reading:
        click.echo(f"Gezocht: {found.query.reading}", err=True)
    for period in found.query.periods:
        click.echo(f"Periode: {period.text} is {_days(period)}; als gewone woorden: {period.undo}", err=True)
    if not found.parts.included and found.query.text.strip():
        click.echo("Alleen hele woorden; zonder --whole-words ook als deel van een woord.", err=True)
    elif found.parts.hits:
        click.echo(
            f"Ook als deel van een woord: {found.parts.hits}; met --whole-words alleen hele woorden.",
            err=True,
        )


def _days(period: ReadPeriod) -> str:
    if period.low == period.high:
        return period.low or ""
    limits = f"vanaf {period.low}" if period.low else "", f"t/m {period.high}" if period.high else ""
    return f"{period.low} {limits[1]}" if all(limits) else "".join(limits)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _problem_line(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}: {_SEVERITIES[problem.severity]}: {problem.message}"


def _highlighted(passage: Passage) -> str:
    pieces, end = [], 0
    for start, stop in passage.marks:
        pieces += [passage.text[end:start], click.style(passage.text[start:stop], fg="yellow", bold=True)]
        end = stop
    return "".join([*pieces, passage.text[end:]])
