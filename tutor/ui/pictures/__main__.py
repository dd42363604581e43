"""Take all pictures in one theme, at the scale that Qt's environment asks for.

    python -m tutor.ui.pictures --theme dark --pictures DIR

`packaging/screenshots.py` calls it for each theme and scale.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tutor.ui.app import make_application
from tutor.ui.pictures.pseudo_locale import PseudoLocale
from tutor.ui.pictures.studio import Studio, every_screen
from tutor.ui.theme import ThemeChoice


def main(arguments: list[str] | None = None) -> int:
    """Take them."""
    parser = argparse.ArgumentParser(prog="pictures", description=__doc__)
    parser.add_argument("--theme", choices=[choice.value for choice in ThemeChoice], default="light")
    parser.add_argument("--pictures", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--size", default="1366x768", metavar="WIDTHxHEIGHT", help="of the window, in Qt's pixels"
    )
    parser.add_argument("--text-size", type=int, default=100, metavar="PERCENT")
    parser.add_argument(
        "--pseudo", action="store_true", help="in a language that does not exist, a third longer"
    )
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options.pictures.mkdir(parents=True, exist_ok=True)
    application = make_application()
    if options.pseudo:
        application.installTranslator(PseudoLocale(parent=application))
    width, height = (int(number) for number in options.size.split("x"))
    settings = {"theme": options.theme, "text_size": options.text_size}
    studio = Studio(settings, (width, height), options.pictures)
    with tempfile.TemporaryDirectory(prefix="code4health-pictures-") as made:
        every_screen(studio, Path(made))
    application.processEvents()
    print(f"{studio.taken} pictures in {options.pictures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
