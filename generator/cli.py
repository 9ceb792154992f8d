"""The command line: finds the commands, and decides the exit code.

A command is a file in `commands/` with a click command named `command`; the first line of
the file is the docstring that `segfn --help` shows. Nothing else is imported until it is
needed, so that `--help` answers at once.
"""

from __future__ import annotations

import errno
import gc
import os
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator.commands._session import Session, Verdict, discard, is_terminal, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

HOME = Path(__file__).parent / "commands"
# As one meets them; a command that is not here comes last.
ORDER = (
    *("init", "validate", "generate", "test", "run", "event", "diff", "check"),
    *("lint", "import", "plan", "show", "explain", "schema", "providers"),
)
# What people call a command who come from elsewhere.
MEANT = {"build": "generate", "compile": "generate", "new": "init", "create": "init"}
# What to do where the machine refuses a file.
REFUSED = {
    errno.EACCES: "give yourself the right to use it",
    errno.EISDIR: "name a file, not a folder",
}
EPILOG = """\b
Exit codes: 0 clean, 1 findings, 2 wrong usage or configuration, 3 a bug of segfn.
Completion: eval "$(_SEGFN_COMPLETE=bash_source segfn)", or zsh_source, fish_source.
"""


def _names() -> list[str]:
    """The commands in the order of the help; `import_.py` is the command `import`."""
    found = sorted(path.stem.rstrip("_").replace("_", "-") for path in HOME.glob("[!_]*.py"))
    return sorted(found, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))


def _file(name: str) -> Path | None:
    stem = name.replace("-", "_")
    found = (HOME / f"{stem}{ending}.py" for ending in ("", "_"))
    return next((path for path in found if not name.startswith("_") and path.is_file()), None)


def _summary(name: str) -> str:
    """The first line of a command's file, without importing it."""
    path = _file(name)
    if path is None:
        return ""
    with path.open(encoding="utf-8") as lines:
        return lines.readline().strip().strip('"').rstrip(".")


# --- options that every command knows --------------------------------------------


class _Everywhere(click.Option):
    """An option of every command, which only `segfn --help` lists."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Shown in the help of `segfn` alone."""
        return super().get_help_record(ctx) if ctx.parent is None else None


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:  # noqa: ANN401 - click's
    """Put what was given into the session, before or behind the command's name."""
    session = ctx.find_root().obj
    if value and isinstance(session, Session):
        setattr(session, str(param.name), value)


def _everywhere() -> list[click.Parameter]:
    """Fresh options, for one command."""
    common: dict[str, Any] = {"expose_value": False, "callback": _keep, "default": None}
    return [
        _Everywhere(
            ["--project", "project_dir"],
            metavar="DIR",
            type=click.Path(path_type=Path),
            help="The project's root, if it is not found upwards.",
            **common,
        ),
        _Everywhere(
            ["--color"],
            type=click.Choice(["auto", "always", "never"]),
            help="Colour on a terminal only (NO_COLOR and FORCE_COLOR are heard), or as told.",
            **common,
        ),
        _Everywhere(["--strict"], is_flag=True, help="Let warnings fail as errors do.", **common),
        _Everywhere(
            ["--debug"], is_flag=True, help="Show the traceback of a bug of ours.", **common
        ),
    ]


def know_common(command: click.Command) -> click.Command:
    """Give a command, and those below it, the options of every command."""
    if not any(isinstance(param, _Everywhere) for param in command.params):
        command.params.extend(_everywhere())
        command.epilog = (
            command.epilog or "Every command knows --project, --color, --strict, --debug."
        )
    for inner in getattr(command, "commands", {}).values():
        know_common(inner)
    return command


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001 - click's
    """Print the version and end."""
    if value and not ctx.resilient_parsing:
        from generator.project import version  # noqa: PLC0415

        write(sys.stdout, f"segfn {version()}\n")
        ctx.exit()


# --- the command itself ------------------------------------------------------------


class Commands(click.Group):
    """Finds its commands by their files, and ends the program."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """The names of the commands."""
        return _names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        path = _file(cmd_name)
        if path is None:
            return None
        command: click.Command = import_module(f"generator.commands.{path.stem}").command
        command.name = cmd_name
        return know_common(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; offer a near one where there is none."""
        name = args[0]
        if not ctx.resilient_parsing and not name.startswith("-") and _file(name) is None:
            from generator.diagnostics import did_you_mean  # noqa: PLC0415

            advice = did_you_mean(MEANT.get(name, name), _names()) or "see `segfn --help`"
            raise _unusable(f'there is no command "{name}"', advice)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the commands, then the options."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _summary(name)) for name in _names()])
        click.Command.format_options(self, ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete names of commands without importing them."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415

        names = [name for name in _names() if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*(CompletionItem(name, help=_summary(name)) for name in names), *options]

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,  # noqa: ARG002 - always segfn
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002, FBT001, FBT002 - click's interface
        **extra: Any,  # noqa: ANN401
    ) -> NoReturn:
        """Run a command and end the program with its exit code."""
        _speak_utf8()
        gc.set_threshold(100_000)  # a large mapping is many small things, none of them garbage
        try:
            self._main_shell_completion(extra, "segfn", complete_var)
        except Exception:  # noqa: BLE001 - a half-typed line is no place for messages
            sys.exit(1)
        session = Session()
        code = _guarded(self, session, list(sys.argv[1:] if args is None else args), extra)
        sys.exit(_flushed(code))


def _guarded(group: Commands, session: Session, args: list[str], extra: dict[str, Any]) -> int:
    """Run a command; whatever happens becomes an exit code and words for a person."""
    try:
        with group.make_context("segfn", args, obj=session, **extra) as ctx:
            return _exit_code(group.invoke(ctx), strict=session.strict)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as problem:
        return _tell_usage(problem, args)
    except click.ClickException as problem:
        return _tell(problem.format_message())
    except (KeyboardInterrupt, click.Abort):
        write(sys.stderr, "\ninterrupted\n")
        return 130
    except BrokenPipeError:
        discard(sys.stdout)
        return 0
    except Exception as problem:  # noqa: BLE001 - the last place where it can be told
        return _tell_problem(problem, session, args)


def _exit_code(result: object, *, strict: bool) -> int:
    """0 clean, 1 findings, 2 unusable; a command returns a report, a verdict or nothing."""
    if result is None:
        return 0
    from generator.diagnostics import Report, Severity  # noqa: PLC0415

    match result:
        case Verdict():
            return result.value
        case Report():
            warned = any(entry.severity is Severity.WARNING for entry in result)
            return int(result.failed or (strict and warned))
    return 0


# --- what is said when something is wrong --------------------------------------------


def _unusable(message: str, advice: str) -> Exception:
    from generator.project import Unusable  # noqa: PLC0415

    return Unusable(message, advice)


def _tell(message: str, advice: str | None = None) -> int:
    """Say what is wrong with what was asked."""
    from generator.reporters import safe  # noqa: PLC0415

    said = safe(f"error: {message}\n" + (f"help: {advice}\n" if advice else ""))
    write(sys.stderr, said)
    return 2


def _tell_usage(problem: click.UsageError, args: list[str]) -> int:
    """Say what is wrong with the words of the command line."""
    if problem.ctx is not None:
        where = problem.ctx.command_path
    else:  # click does not say whose option lacks its value
        where = " ".join(["segfn", *[word for word in args if word in _names()][:1]])
    see = f"see `{where} --help`"
    if isinstance(problem, click.NoSuchOption):
        near = f"write {problem.possibilities[0]}" if problem.possibilities else see
        return _tell(f"{where} has no option {problem.option_name}", near)
    message = problem.format_message().rstrip(".")
    unknown = re.match(r"No such command '(.+?)'", message)
    if unknown is not None and problem.ctx and isinstance(problem.ctx.command, click.Group):
        from generator.diagnostics import did_you_mean  # noqa: PLC0415

        meant = did_you_mean(unknown[1], problem.ctx.command.list_commands(problem.ctx))
        return _tell(f'there is no command "{where} {unknown[1]}"', meant or see)
    if isinstance(problem, click.BadParameter) and isinstance(problem.param, click.Parameter):
        message, see = _tell_choice(problem, problem.param, message, see)
    return _tell(message[:1].lower() + message[1:], see)


def _tell_choice(
    problem: click.BadParameter, param: click.Parameter, message: str, see: str
) -> tuple[str, str]:
    """What is said of a word that is none of several, and the one that was meant."""
    found = re.match(r"'(.+)' is not one of", problem.message)
    if found is None or not isinstance(param.type, click.Choice):
        return message, see
    from generator.diagnostics import did_you_mean  # noqa: PLC0415

    # Of an argument click would say all choices twice.
    told = problem.message.rstrip(".") if isinstance(param, click.Argument) else message
    return told, did_you_mean(found[1], param.type.choices) or see


def _tell_problem(problem: Exception, session: Session, args: list[str]) -> int:
    """Say what a command cannot do, what the machine refuses, or that it is a bug of ours."""
    from generator.project import Unusable, shown  # noqa: PLC0415

    match problem:
        case Unusable(report=None):
            return _tell(problem.message, problem.help)
        case Unusable():
            session.show(problem.report or (), err=True)
            return 2
        case OSError(filename=str(path)) if not Path(path).is_relative_to(HOME.parent):
            said = f"{shown(path)}: {(problem.strerror or str(problem)).lower()}"
            return _tell(said, REFUSED.get(problem.errno or 0))
        case OSError(errno=errno.ENOSPC):
            discard(sys.stdout)
            return _tell("the output cannot be written: no space left", "write it elsewhere")
    return _tell_bug(problem, session, args)


def _tell_bug(problem: Exception, session: Session, args: list[str]) -> int:
    """Say that it is a bug of ours, with text ready to paste."""
    if session.debug:
        import traceback  # noqa: PLC0415

        write(sys.stderr, "".join(traceback.format_exception(problem)))
    from generator.bug import report_of  # noqa: PLC0415

    write(sys.stderr, report_of(problem, args))
    return 3


# --- streams ----------------------------------------------------------------------


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; a terminal of another encoding is shown `?`."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who calls, as `>&-` does
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nowhere)
    for stream in (sys.stdout, sys.stderr):
        ascii_only = (stream.encoding or "ascii").lower() in {"ascii", "us-ascii", "ansi_x3.4-1968"}
        encoding = "utf-8" if ascii_only or not is_terminal(stream) else None
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")


def _flushed(code: int) -> int:
    """The exit code, after all that was written has left; nobody may be reading any more."""
    try:
        write(sys.stdout, "")
    except Exception as problem:  # noqa: BLE001 - the last words
        code = _tell(str(problem))
    write(sys.stderr, "")
    return code


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
@click.pass_context
def main(ctx: click.Context) -> Verdict | None:
    """Turn a YAML mapping of traits and events into a tested Segment Destination Function.

    Begin with `segfn init`.
    """
    if ctx.invoked_subcommand is None:
        write(sys.stderr, ctx.get_help() + "\n")
        return Verdict.UNUSABLE
    return None


know_common(main)
