"""Writes THIRD-PARTY.txt: everything in a package that others made, with its licence and the texts that have to travel with it.

python packaging/notices.py BUNDLE -o FILE
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from components import Component, all_in, licence_text, write_about

_HEAD = """\
Code4Health Tutor (unofficial): software of others in this package

Our own code is under the MIT licence (LICENSE), the lessons are under CC BY 4.0 (LICENSE-lessons). This file lists everything else, then gives
the texts of the licences. Qt and Qt for Python are used under the LGPL 3: they are here unchanged, as separate files, and you may replace
them with versions of your own. Their source can be had from the places that are named beside them; if one of these should be gone, ask the
developers of the tutor for it.
"""


def notices(bundle: Path) -> str:
    """The whole text for this package folder, always in the same order."""
    components = all_in(bundle)
    parts = [_HEAD, *(_entry(each) for each in components), "The licences\n============\n"]
    for name in _texts(components):
        parts.append(f"{'-' * 20} {name.removeprefix('dist:')} {'-' * 20}\n\n{licence_text(name).strip()}\n")
    return "\n".join(parts)


def _entry(component: Component) -> str:
    lines = [f"{component.name} {component.version}".strip(), f"  Licence: {component.licence}"]
    if component.copyright:
        lines.append(f"  Copyright: {component.copyright}")
    if component.home:
        lines.append(f"  {component.home}")
    if component.note:
        lines += textwrap.wrap(component.note, 118, initial_indent="  ", subsequent_indent="  ")
    texts = ", ".join(name.removeprefix("dist:") for name in component.texts)
    if texts:
        lines.append(f"  Text below: {texts}")
    return "\n".join(lines) + "\n"


def _texts(components: list[Component]) -> list[str]:
    return list(dict.fromkeys(name for component in components for name in component.texts))


if __name__ == "__main__":
    sys.exit(write_about(notices, __doc__.splitlines()[0]))
