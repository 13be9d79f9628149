"""The command line: each command reads its options, calls one function and shows what that gives."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from search import __version__
from search.answer.facets import tag_json
from search.cli import quality, show
from search.cli.benchmarking import bench
from search.cli.options import (
    DONE,
    PARTLY,
    engine_option,
    index_option,
    json_option,
    memory_option,
    settings_of,
    synonyms_option,
    write_json,
)
from search.cli.server import check_address, run
from search.cli.usage import DutchGroup
from search.config import from_environment
from search.dutch.analyzer import Token
from search.dutch.analyzer import analyze as analyze_text
from search.errors import TrefzekerError
from search.hosts import named_hosts
from search.indexing import build_index
from search.lint import lint as lint_sources
from search.query.request import read_request
from search.service import Service
from search.store.check import check_index

sources_argument = click.argument("sources", nargs=-1, type=click.Path(path_type=Path))


@click.group(
    cls=DutchGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(
    __version__, prog_name="trefzeker", help="Toon de versie.", message="%(prog)s %(version)s"
)
def main() -> None:
    """Doorzoek Nederlandse artikelen: een map Markdown-bestanden wordt een index, de index geeft antwoord.

    \b
    trefzeker index content/            maak de index of werk hem bij
    trefzeker search "taalmodellen"     zoek
    trefzeker serve                     website en API op http://127.0.0.1:8000

    Exitcodes: 0 in orde; 1 gedaan, maar er is iets afgewezen of mis; 2 niets gedaan.
    """  # noqa: D301  # click reads \b as "leave these lines as they are"


@main.command()
@sources_argument
@index_option
@click.option(
    "--yes", is_flag=True, help="Ga door, ook als meer dan de helft van de (20 of meer) artikelen verdwijnt."
)
@memory_option
@json_option
def index(
    sources: tuple[Path, ...], index_folder: Path | None, yes: bool, memory: int | None, as_json: bool
) -> None:
    """Maak de index uit SOURCES, of werk hem bij.

    SOURCES zijn mappen met Markdown-bestanden en .jsonl- of .jsonl.gz-bestanden; zonder: content/. Samen zijn
    ze de hele inhoud: wat er niet meer in staat, verdwijnt uit de index. Alleen wat veranderde wordt
    opnieuw gelezen. Draaiende servers tonen de nieuwe index vanzelf.
    """
    settings = settings_of(index_folder, memory=memory)
    with show.progress(sys.stderr.isatty() and not as_json) as progress:
        report = build_index(
            sources or (settings.content,),
            settings.index,
            yes=yes,
            memory=settings.memory,
            progress=progress,
        )
    if as_json:
        write_json(show.report_json(report))
    show.report(report, quiet=as_json)
    sys.exit(PARTLY if any(problem.severity != "warning" for problem in report.problems) else DONE)


@main.command()
@click.argument("query", nargs=-1)
@index_option
@engine_option
@synonyms_option
@click.option("--tag", "tags", multiple=True, help="Alleen met deze tag; mag vaker: met een van deze tags.")
@click.option("--from", "start", default="", help="Vanaf deze dag: 2024, 2024-03 of 2024-03-05.")
@click.option("--to", "end", default="", help="Tot en met deze dag.")
@click.option("--sort", default="relevance", help="relevance, newest of oldest.", show_default=True)
@click.option("--whole-words", is_flag=True, help="Alleen hele woorden, niet als deel van een samenstelling.")
@click.option("--page", default="1", help="Pagina, vanaf 1.", show_default=True)
@click.option("--per-page", default="10", help="Resultaten per pagina, hoogstens 50.", show_default=True)
@json_option
def search(
    query: tuple[str, ...],
    index_folder: Path | None,
    engine: str | None,
    synonyms: Path | None,
    tags: tuple[str, ...],
    start: str,
    end: str,
    sort: str,
    whole_words: bool,
    page: str,
    per_page: str,
    as_json: bool,
) -> None:
    """Zoek QUERY; zonder QUERY de nieuwste artikelen.

    \b
    taalmodel privacy        alle woorden, ook in een andere vorm
    "open source"            precies in deze volgorde ("open source"~2: met hoogstens 2 woorden ertussen)
    model -taalmodel         zonder een woord (ook: NIET)
    chatbot OF spraak        een van beide (ook: |); haakjes houden bijeen
    titel:zoekmachine        in de titel (ook: samenvatting:)
    #privacy  tag:privacy    met een tag
    datum:2024-03..2024-05   uit een periode (ook: 2024, 2024-03-05, 2024..)
    wet sinds maart 2024     uit een periode in woorden (tussen aanhalingstekens: gewone woorden)
    zoek*                    woorden die zo beginnen

    Begint QUERY met een min, zet er dan -- voor: trefzeker search -- -taalmodel
    """  # noqa: D301  # see main
    request = read_request(
        text=" ".join(query),
        tags=tags,
        start=start,
        end=end,
        sort=sort,
        page=page,
        per_page=per_page,
        parts="0" if whole_words else "1",
    )
    answer = Service(settings_of(index_folder, engine, synonyms), verify=False).search(request)
    if as_json:
        write_json(answer)
    else:
        show.answer(answer)


@main.command()
@index_option
@engine_option
@synonyms_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Adres om op te luisteren.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Poort.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Aantal processen.")
@click.option(
    "--cache",
    type=click.IntRange(0, 65536),
    help="Megabytes aan antwoorden die elk proces bewaart, 0 voor geen (anders TREFZEKER_CACHE, anders 16).",
)
def serve(
    index_folder: Path | None,
    engine: str | None,
    synonyms: Path | None,
    host: str,
    port: int,
    workers: int,
    cache: int | None,
) -> None:
    """Start de website en de API, tot Ctrl-C."""
    settings = settings_of(index_folder, engine, synonyms)
    if cache is not None:
        settings = replace(settings, cache=cache)
    state = Service(settings, verify=False).state()
    named_hosts()  # Refused here, before every worker does.
    check_address(host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Trefzeker: {state.documents} artikelen op http://{shown}:{port} (stop met Ctrl-C)", err=True)
    run(settings, host, port, workers)


@main.command()
@sources_argument
@index_option
@memory_option
def watch(sources: tuple[Path, ...], index_folder: Path | None, memory: int | None) -> None:
    """Werk de index bij telkens als er in SOURCES iets verandert, tot Ctrl-C."""
    from search.cli.watching import watch_sources  # noqa: PLC0415  # the watcher starts threads when imported

    settings = settings_of(index_folder, memory=memory)
    followed = ", ".join(map(str, sources or (settings.content,)))
    click.echo(f"Let op wijzigingen in {followed} (stop met Ctrl-C)", err=True)
    watch_sources(
        sources or (settings.content,), settings.index, show.report, _complain, memory=settings.memory
    )


@main.command()
@index_option
def check(index_folder: Path | None) -> None:
    """Controleer de index: controlesommen, volgorde en verwijzingen. Exitcode 1 als er iets mis is."""
    settings = settings_of(index_folder)
    problems = check_index(settings.index)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        click.echo("De index is niet in orde; bouw hem opnieuw met 'trefzeker index'.", err=True)
        sys.exit(PARTLY)
    click.echo("De index is in orde.", err=True)


@main.command()
@click.argument("text")
@json_option
def analyze(text: str, as_json: bool) -> None:
    """Laat zien hoe TEXT in woorden en termen wordt ontleed.

    Op elke regel, gescheiden door tabs: het woord, de geschreven vorm, de termen waarop een vervoeging
    gevonden wordt, en de delen van een samenstelling.
    """
    tokens = [_token_json(token) for token in analyze_text(text)]
    if as_json:
        write_json(tokens)
        return
    for token in tokens:
        click.echo(
            f"{token['text']}\t{token['exact']}\t{' '.join(token['terms'])}\t{' '.join(token['parts'])}"
        )


@main.command()
@index_option
@json_option
def tags(index_folder: Path | None, as_json: bool) -> None:
    """Toon alle tags met hun aantallen en schrijfwijzen."""
    found = Service(settings_of(index_folder), verify=False).tags()
    if as_json:
        write_json([tag_json(tag) for tag in found])
    else:
        show.tags(found)


@main.command()
@sources_argument
@json_option
def lint(sources: tuple[Path, ...], as_json: bool) -> None:
    """Toon wat er mis is in de front matter van de artikelen in SOURCES, en hoe dat te herstellen is."""
    problems = list(lint_sources(sources or (from_environment().content,)))
    if as_json:
        write_json([show.problem_json(problem) for problem in problems])
    else:
        show.problems(problems)
    sys.exit(PARTLY if any(problem.severity != "warning" for problem in problems) else DONE)


main.add_command(quality.evaluate_collections)
main.add_command(quality.check_expectations)
main.add_command(bench)


def _token_json(token: Token) -> dict[str, Any]:
    return {
        "text": token.text,
        "start": token.start,
        "end": token.end,
        "exact": token.exact,
        "terms": list(dict.fromkeys((*token.terms, *token.also.terms))),
        "parts": list(token.parts),
    }


def _complain(error: TrefzekerError) -> None:
    click.echo(f"trefzeker: {error}", err=True)
