"""`tutor`: with no verb the window, with a verb the command line (which never loads Qt)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tutor.cli.main import USED_WRONGLY, VERBS
from tutor.cli.main import main as command_line

#: Options that take a value, so that `--lesson run` is not taken for the verb `run`.
_WITH_VALUE = {"--lesson", "--course", "--data-dir", "--output"}


def first_word(words: Sequence[str]) -> str | None:
    """The first word that is neither an option nor an option's value."""
    left = iter(words)
    for word in left:
        if word in _WITH_VALUE:
            next(left, None)
        elif not word.startswith("-"):
            return word
    return None


def main() -> int:
    """Start the face that was asked for.

    Returns:
        The exit status.
    """
    words = sys.argv[1:]
    verb = first_word(words)
    if verb in {name for entry in VERBS for name in entry.NAMES} or {"-h", "--help", "--version"} & set(words):
        return command_line(words)
    window = argparse.ArgumentParser(prog="tutor", add_help=False)
    window.add_argument("--lesson", metavar="ID")
    window.add_argument("--course", metavar="DIR", type=Path)
    window.add_argument("--author", action="store_true")
    window.add_argument("--data-dir", metavar="DIR", type=Path)
    options, left = window.parse_known_args(words)
    if left:
        print(f"tutor: {left[0]} is no verb and no option of tutor. See tutor --help.", file=sys.stderr)
        return USED_WRONGLY
    from tutor.ui.app import main as open_window  # noqa: PLC0415  (verbs never load Qt)

    return open_window(
        lesson=options.lesson, course=options.course, author=options.author, data_dir=options.data_dir
    )


if __name__ == "__main__":
    sys.exit(main())
