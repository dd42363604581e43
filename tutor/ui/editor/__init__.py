"""The code editor: the only place that knows Scintilla, behind one class, `CodeEditor`."""

from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.editor.code_view import CodeView
from tutor.ui.editor.documents import DocumentState
from tutor.ui.editor.fonts import code_font_family
from tutor.ui.editor.marks import Mark
from tutor.ui.editor.theme import DARK, LIGHT, EditorTheme

__all__ = [
    "DARK",
    "LIGHT",
    "CodeEditor",
    "CodeView",
    "DocumentState",
    "EditorTheme",
    "Mark",
    "code_font_family",
]
