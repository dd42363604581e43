"""The licences of the tutor and of what it is made of, as text to read in Help."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from tutor.paths import licence_files
from tutor.translation import tr
from tutor.ui.stylesheet import set_role

#: Python packages that the tutor runs with, and the licence of each, for a copy that no package was made of.
_USED = {
    "PySide6_Essentials": "LGPL 3 (Qt and Qt for Python)",
    "pyside6-scintilla": "MIT (with Scintilla, its own licence)",
    "lexilla": "MIT (with Lexilla, Scintilla's licence)",
    "Pygments": "BSD 2-Clause",
    "PyYAML": "MIT",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "pyflakes": "MIT",
    "appdirs": "MIT",
    "msgspec": "BSD 3-Clause",
}


def licences_text() -> str:
    """All licence texts that came with this copy; from source, a list of what is installed beside it."""
    parts = []
    for file in licence_files():
        try:
            parts.append(file.read_text(encoding="utf-8", errors="replace").strip())
        except OSError as error:
            parts.append(tr("{file} cannot be read: {why}.").format(file=file, why=error.strerror))
    if not any(file.name == "THIRD-PARTY.txt" for file in licence_files()):
        words = tr(
            "This copy runs from source. It uses the following, each installed beside it with its own licence text:"
        )
        parts.append("\n".join([words, *(_line(name, licence) for name, licence in _USED.items())]))
    return ("\n\n" + "-" * 60 + "\n\n").join(parts)


def licences_page() -> QPlainTextEdit:
    """The texts, to read with keyboard and screen reader."""
    made = QPlainTextEdit(licences_text())
    set_role(made, "output")
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setFrameShape(QPlainTextEdit.Shape.NoFrame)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setAccessibleName(tr("Licences"))
    return made


def _line(name: str, licence: str) -> str:
    try:
        return f"  {name} {version(name)}: {licence}"
    except PackageNotFoundError:
        return f"  {name}: {licence}"
