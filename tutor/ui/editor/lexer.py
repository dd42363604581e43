"""Python's colours: which words of a document are keywords, texts, comments, numbers."""

from __future__ import annotations

from lexilla import Language, create_lexer
from lexilla.pyside6_scintilla import set_lexer

from tutor.ui.editor.surface import Surface

KEYWORDS = (
    "and as assert async await break class continue def del elif else except finally for from global if import in is lambda "
    "nonlocal not or pass raise return try while with yield match case False None True"
)
BUILTINS = (
    "abs all any bool chr dict divmod enumerate float format input int isinstance len list map max min open ord print range "
    "repr reversed round set sorted str sum tuple type zip"
)


def colour_as_python(surface: Surface) -> None:
    """Give the document that is shown a lexer; it belongs to the document, so each needs its own.

    Raises:
        RuntimeError: the lexer library was built without Python (a broken installation).
    """
    lexer = create_lexer(Language.PYTHON)
    if lexer is None:
        raise RuntimeError("lexilla has no Python lexer")
    set_lexer(surface, lexer)
    surface.setKeyWords(0, KEYWORDS)
    surface.setKeyWords(1, BUILTINS)
