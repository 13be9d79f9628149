"""The command line in Dutch: help, and what is wrong with the way a command was called."""

from __future__ import annotations

from typing import Any

import click

from search.errors import TrefzekerError

NOTHING_DONE = 2
"""Exit code of bad use, a bad source, or no index."""

_HEADINGS = {"Options": "Opties", "Commands": "Opdrachten"}


class DutchHelp(click.HelpFormatter):
    """Help with Dutch headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called."""
        super().write_usage(prog, args, prefix or "Gebruik: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(_HEADINGS.get(heading, heading))


class DutchContext(click.Context):
    """A context whose help is in Dutch."""

    formatter_class = DutchHelp


class DutchCommand(click.Command):
    """A command whose help is in Dutch."""

    context_class = DutchContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`, told in Dutch."""
        return _told_in_dutch(super().get_help_option(ctx))


class DutchGroup(click.Group):
    """A group of such commands; errors are one Dutch sentence on standard error, and exit code 2."""

    command_class = DutchCommand
    context_class = DutchContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`, told in Dutch."""
        return _told_in_dutch(super().get_help_option(ctx))

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        """Read the options before the command."""
        try:
            return super().make_context(*args, **settings)
        except click.UsageError as error:
            raise _in_dutch(error) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named."""
        if self.get_command(ctx, args[0]) is None:
            known = ", ".join(self.list_commands(ctx))
            raise BadUse(f"de opdracht {args[0]} bestaat niet; kies uit: {known}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _in_dutch(error) from error
        except TrefzekerError as error:
            click.echo(f"trefzeker: {str(error).rstrip('.')}.", err=True)
            ctx.exit(NOTHING_DONE)


class BadUse(click.ClickException):
    """A command that was called in a way it does not know."""

    exit_code = NOTHING_DONE

    def __init__(self, message: str, context: click.Context | None) -> None:
        super().__init__(message)
        self._context = context

    def show(self, file: Any = None) -> None:
        """Say what is wrong, and where help is."""
        path = self._context.command_path if self._context else "trefzeker"
        click.echo(f"trefzeker: {self.message}. Hulp: {path} --help", file=file, err=True)


def _told_in_dutch(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Toon deze hulp."
    return option


def _in_dutch(error: click.UsageError) -> click.ClickException:
    """What click found wrong, as our own error; the help that it shows for a bare command stays as it is."""
    match error:
        case click.NoSuchOption():
            near = f"; wel {' en '.join(error.possibilities)}" if error.possibilities else ""
            message = f"de optie {error.option_name} bestaat niet{near}"
            if error.ctx and error.ctx.command.name == "search":
                message += " (begint de zoekvraag met een min, zet er dan -- voor)"
        case click.BadOptionUsage():
            message = f"de optie {error.option_name} staat er zonder waarde, of met een die zij niet heeft"
        case click.MissingParameter() if error.param:
            message = f"{_name(error.param)} ontbreekt"
        case click.BadParameter() if error.param:
            message = f"de waarde van {_name(error.param)} is niet goed{_allowed(error.param.type)}"
        case _ if type(error) is click.UsageError:
            message = "er staan meer woorden dan deze opdracht kent (zet een zin tussen aanhalingstekens)"
        case _:
            return error
    return BadUse(message, error.ctx)


def _name(parameter: click.Parameter) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else (parameter.name or "").upper()


def _allowed(kind: click.ParamType[Any]) -> str:
    if isinstance(kind, click.Choice):
        return f"; kies uit: {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        if kind.max is None:
            return f"; geef een geheel getal van {kind.min} of meer"
        return f"; geef een geheel getal van {kind.min} tot en met {kind.max}"
    return ""
