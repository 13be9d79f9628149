"""The command `bench`: the speed of this engine and of others, measured side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search.benchmark.names import MODULES, OURS
from search.cli.options import DONE, PARTLY, json_option, write_json
from search.cli.usage import DutchCommand
from search.errors import TrefzekerError

if TYPE_CHECKING:
    from search.benchmark.measuring import Tell
    from search.benchmark.run import Benchmark, What

# What measures is imported by the functions that do: the other commands are quicker without it.

_SHOWN: tuple[tuple[What, str], ...] = (
    ("top10", "eerste tien en aantal, ms"),
    ("facets", "met facetten, ms"),
    ("snippets", "met fragmenten, ms"),
    ("full", "hele antwoord, ms"),
    ("open", "openen, ms"),
    ("edit", "een wijziging, ms"),
    ("index", "indexeren uit termen, s"),
    ("index_text", "indexeren uit tekst, s"),
    ("disk", "op schijf, MB"),
    ("memory", "in het geheugen, MB"),
)


@click.command("bench", cls=DutchCommand)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--documents",
    type=click.IntRange(2, 10_000_000),
    help="Meet met hoogstens zoveel artikelen (anders met alle).",
)
@click.option(
    "--queries",
    default=320,
    show_default=True,
    type=click.IntRange(8, 100_000),
    help="Stel minstens zoveel zoekvragen, over alle soorten verdeeld.",
)
@click.option(
    "--rounds", default=3, show_default=True, type=click.IntRange(1, 100), help="Stel elke vraag zo vaak."
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(0, 2**31),
    help="Begin van het toeval: hetzelfde getal geeft dezelfde zoekvragen.",
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice([name for name in MODULES if name != OURS]),
    help="Laat een andere zoekmachine weg; mag vaker.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Schrijf de uitkomst als Markdown in dit bestand, met een tekening in images/ ernaast.",
)
@json_option
def bench(
    sources: tuple[Path, ...],
    documents: int | None,
    queries: int,
    rounds: int,
    seed: int,
    without: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """Meet hoe snel er gezocht wordt, naast tantivy, SQLite FTS5 en Whoosh.

    SOURCE is een map met artikelen of een .jsonl-bestand, zoals bij index. Alle zoekmachines krijgen dezelfde
    artikelen en dezelfde woorden, in een tijdelijke map; uw eigen index blijft zoals hij is.

    \b
    trefzeker bench content/                              even proberen: een minuut
    trefzeker bench passages.jsonl.gz --without whoosh    Whoosh kost de meeste tijd
    trefzeker bench passages.jsonl.gz --out docs/benchmark.md

    Gemeten wordt processortijd: de mediaan, en de waarde waar 95% onder blijft (p95). De zoekvragen komen uit
    de artikelen: een woord, alle woorden, een van de woorden, een woordgroep, een begin van een woord, een
    woord met een fout, een tag erbij, een periode erbij. Bij 1.000, 5.000, 10.000 en 50.000 artikelen, zover
    die er zijn.

    tantivy en de tekening vragen om: pip install 'trefzeker[bench]'. Wat er niet is, doet niet mee.

    Exitcodes: 0 gemeten; 1 gemeten, maar niet alle zoekmachines vonden hetzelfde; 2 niets gedaan.
    """  # noqa: D301  # click reads \b as "leave these lines as they are"
    from search.benchmark import report  # noqa: PLC0415  # see above
    from search.benchmark.run import benchmark  # noqa: PLC0415

    if out is not None:
        _check_target(out)
    with _telling() as tell:
        done = benchmark(
            sources,
            documents=documents,
            queries=queries,
            seed=seed,
            rounds=rounds,
            without=without,
            tell=tell,
        )
    for text in done.missing:
        click.echo(f"Doet niet mee: {text}.", err=True)
    if out is not None:
        _write(done, out)
    if as_json:
        write_json(report.as_json(done))
    elif out is None:
        click.echo("\n".join(table(done)))
        click.echo(f"(×) is {OURS} gedeeld door die zoekmachine: onder 1 is het minder.", err=True)
    for size, one in done.differences:
        words = " ".join(word.written for word in one.query.words)
        click.echo(
            f"! {size} documenten, {one.engine}: {one.query.kind} ‘{words}’ geeft er {one.found}, "
            f"verwacht: {one.expected}" + (" (ook de tags verschillen)" if one.tags_differ else ""),
            err=True,
        )
    sys.exit(PARTLY if done.differences else DONE)


@contextmanager
def _telling() -> Iterator[Tell]:
    """How far it is, on standard error: one line in front of a person, else a line each."""
    if not sys.stderr.isatty():
        yield lambda text: click.echo(text, err=True)
        return
    try:
        yield lambda text: click.echo(f"\r\x1b[K{text}", nl=False, err=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def _check_target(out: Path) -> None:
    """Complain before anything is measured.

    Raises:
        TrefzekerError: the folder is not there, or matplotlib is not.
    """
    if not out.parent.is_dir():
        raise TrefzekerError(f"De map van {out} bestaat niet", "maak haar, of kies een ander bestand")
    from search.benchmark.picture import check_drawing  # noqa: PLC0415

    check_drawing()


def _write(done: Benchmark, out: Path) -> None:
    from search.benchmark import report  # noqa: PLC0415
    from search.benchmark.picture import draw  # noqa: PLC0415

    picture = out.parent / "images" / f"{out.stem}.svg"
    try:
        picture.parent.mkdir(exist_ok=True)
        draw(done, picture)
        out.write_text(report.as_markdown(done, f"images/{picture.name}"), encoding="utf-8")
    except OSError as error:
        raise TrefzekerError(f"{out} is niet te schrijven", "kies een ander bestand") from error
    click.echo(f"Geschreven: {out} en {picture}", err=True)


def table(done: Benchmark) -> list[str]:
    """Lines of medians, with behind those of others how ours compares."""
    from search.benchmark import report  # noqa: PLC0415

    width = max(len(title) for _, title in _SHOWN)
    lines = [f"{f'{done.documents} documenten':{width}}" + "".join(f"  {name:>16}" for name in done.engines)]
    for what, title in _SHOWN:
        cells = []
        for name in done.engines:
            value = done.value(name, what)
            compared = (
                "" if name == OURS else report.ratio(done, name, what, None, lambda spread: spread.median)
            )
            cells.append(
                "" if value is None else f"{value.median:.3g}" + (f" (×{compared})" if compared else "")
            )
        lines.append(f"{title:{width}}" + "".join(f"  {cell:>16}" for cell in cells))
    return lines
