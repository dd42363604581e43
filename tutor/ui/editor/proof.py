"""For the self-test: that the editor's libraries are there and do their work."""

from __future__ import annotations

from tutor.ui.editor.lexer import colour_as_python
from tutor.ui.editor.surface import Surface


def kinds_of(program: str) -> frozenset[int]:
    """The kinds of words (Scintilla's style numbers) that a program is coloured in.

    Raises:
        RuntimeError: the lexer library was built without Python.
    """
    surface = Surface()
    try:
        colour_as_python(surface)
        surface.load(program)
        surface.colourise(0, -1)
        return frozenset(surface.styleAt(position) for position in range(surface.textLength()))
    finally:
        surface.deleteLater()
