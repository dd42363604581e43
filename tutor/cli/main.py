"""The command line's one edge: chooses the verb, and turns every ending into an exit status.

0 done and well, 1 done and something is wrong with the work, 2 used wrongly, 3 the tutor's own fault, 130 interrupted.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from tutor import NAME, UNOFFICIAL, __version__
from tutor.errors import LessonError, MachineError, UsageError
from tutor.log import set_up
from tutor.settings import kept_in

#: Each verb and its module. A verb's module is imported when it is asked for: `tutor run` reads no lessons.
VERBS = {
    "run": "run",
    "explain": "explain",
    "check": "check",
    "check-all": "check_all",
    "lint": "lint",
    "schema": "schema",
    "new": "new",
    "pack": "pack",
    "unpack": "unpack",
    "book": "book",
    "cases": "cases",
    "progress": "progress",
    "self-test": "self_test",
    "version": "version",
}

#: Options that take a value, so that `--lesson run` is not taken for the verb `run`.
WITH_VALUE = {"--lesson", "--course", "--data-dir", "--output", "--prove-window"}

USED_WRONGLY, OUR_FAULT, INTERRUPTED = 2, 3, 130


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line that says what and what to do."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError(f"{self.prog}: {message}.", f"See {self.prog} --help.")


def parser(verb: str | None = None) -> argparse.ArgumentParser:
    """The command line: of one verb, or (for its help) of all."""
    top = _Parser(prog="tutor", description=f"{NAME} ({UNOFFICIAL}). With no verb it opens the window.")
    top.add_argument("--version", action="version", version=f"{NAME} {__version__} ({UNOFFICIAL})")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    everywhere = _Parser(add_help=False)
    # SUPPRESS: `--data-dir` may stand before or after the verb, and the verb's default must not win over the former.
    for place, default in ((top, None), (everywhere, argparse.SUPPRESS)):
        place.add_argument(
            "--data-dir", metavar="DIR", default=default, help="keep everything in this folder"
        )
        place.add_argument("--output", metavar="FILE", default=default, help="write the result to this file")
    for name in [verb] if verb in VERBS else VERBS:
        import_module(f"tutor.cli.{VERBS[name]}").add_to(verbs, everywhere)
    return top


def first_word(words: Sequence[str]) -> str | None:
    """The first word that is neither an option nor an option's value."""
    left = iter(words)
    for word in left:
        if word in WITH_VALUE:
            next(left, None)
        elif not word.startswith("-"):
            return word
    return None


def main(words: Sequence[str] | None = None) -> int:
    """Run one verb.

    Args:
        words: the command line without the program's name; by default the process's own.

    Returns:
        The exit status.
    """
    _speak_utf8()
    try:
        given = sys.argv[1:] if words is None else words
        options = parser(first_word(given)).parse_args(given)
        if not options.verb:
            raise UsageError("tutor: a verb is missing.", "See tutor --help.")
        act: Callable[[argparse.Namespace], int] = options.act
        return _with_output(act, options)
    except UsageError as error:
        print(error, file=sys.stderr)
        return USED_WRONGLY
    except LessonError as error:
        print(f"{error.fault}: {error}", file=sys.stderr)
        return USED_WRONGLY
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): nothing more to say, and no complaint at exit.
        sys.stdout = open(_null(), "w", encoding="utf-8")  # noqa: SIM115, PTH123
        return 0
    except MachineError as error:
        logging.getLogger("tutor.cli").error("%s", error)
        print(f"{error.fault}: {error}", file=sys.stderr)
        return OUR_FAULT
    except Exception:
        return _own_fault(words)


def _with_output(act: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Do the verb; with --output, what it prints goes to that file."""
    if not options.output:
        return act(options)
    target = Path(options.output)
    shown = sys.stdout
    try:
        with target.open("w", encoding="utf-8", newline="\n") as file:
            sys.stdout = file
            return act(options)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror}.", "Name another file.") from error
    finally:
        sys.stdout = shown


def _own_fault(words: Sequence[str] | None) -> int:
    """Our own mistake: write the log, and say where it is."""
    given = list(sys.argv[1:] if words is None else words)
    data_dir = given[given.index("--data-dir") + 1] if "--data-dir" in given[:-1] else None
    file = set_up(kept_in(data_dir).logs)
    logging.getLogger("tutor.cli").exception("a verb failed")
    kept = f"What happened is in {file}." if file else "No log could be written."
    print(f"The tutor itself has a fault, and stopped. {kept}", file=sys.stderr)
    return OUR_FAULT


def _speak_utf8() -> None:
    """UTF-8 in and out whatever the PC's code page is; what cannot be shown is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _null() -> str:
    import os  # noqa: PLC0415  (only on the way out)

    return os.devnull


if __name__ == "__main__":
    sys.exit(main())
