"""`tutor book COURSE -o FILE.html`"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tutor.authoring.book import book
from tutor.cli.lessons import named_course
from tutor.errors import UsageError
from tutor.files import write_whole


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser(
        "book", parents=[everywhere], help="a whole course as one HTML file, for reviewers"
    )
    verb.add_argument("course", metavar="COURSE", help="the course's folder")
    verb.add_argument("-o", dest="file", metavar="FILE.html", type=Path, required=True)
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Write it; a book that is there is written anew."""
    file: Path = options.file
    if file.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{file}: the name of a book ends in .html.", f"Name it {file.stem}.html.")
    page = book(named_course(options.course))
    try:
        write_whole(file, page.encode())
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}.", "Name another folder.") from error
    print(f"{file}: {len(page) / 1000:,.0f} kB.")
    return 0
