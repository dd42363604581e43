"""`tutor`: with no verb the window, with a verb the command line (which never loads Qt)."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from tutor.cli.main import USED_WRONGLY, VERBS, first_word
from tutor.cli.main import main as command_line


def main() -> int:
    """Start the face that was asked for.

    Returns:
        The exit status.
    """
    words = sys.argv[1:]
    if first_word(words) in VERBS or {"-h", "--help", "--version"} & set(words):
        return command_line(words)
    window = argparse.ArgumentParser(prog="tutor", add_help=False)
    window.add_argument("--lesson", metavar="ID")
    window.add_argument("--course", metavar="DIR", type=Path)
    window.add_argument("--author", action="store_true")
    window.add_argument("--data-dir", metavar="DIR", type=Path)
    window.add_argument("--prove-window", metavar="FILE", type=Path)  # for the self-test, not for people
    window.add_argument("--until-usable", action="store_true")  # for `make bench`
    options, left = window.parse_known_args(words)
    if left:
        print(f"tutor: {left[0]} is no verb and no option of tutor. See tutor --help.", file=sys.stderr)
        return USED_WRONGLY
    if options.prove_window:
        from tutor.ui.proof import prove  # noqa: PLC0415  (verbs never load Qt)

        return prove(options.prove_window, options.data_dir)
    gc.disable()  # what is made while the window is built stays; later the window collects, on its own thread
    if options.until_usable:
        from tutor.ui.proof import open_until_usable  # noqa: PLC0415  (verbs never load Qt)

        open_until_usable(options.data_dir)
    from tutor.ui.app import main as open_window  # noqa: PLC0415  (verbs never load Qt)

    return open_window(
        lesson=options.lesson, course=options.course, author=options.author, data_dir=options.data_dir
    )


if __name__ == "__main__":
    sys.exit(main())
