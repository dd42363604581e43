"""The language of the window: translations that are there for the system's language, given to all layers below it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from tutor import translation


def speak(application: QCoreApplication, folder: Path, locale: QLocale | None = None) -> list[QTranslator]:
    """Use the translation for a language, where one is there; else the words stay English.

    Args:
        application: the one application; it owns the translators.
        folder: holds `tutor_cy.qm` and the like.
        locale: the language; by default the system's.

    Returns:
        What translates now, the window's own words last; nothing where there is no translation.
    """
    give_to_layers_below()
    if not folder.is_dir():
        return []
    wanted = locale or QLocale()
    ours = QTranslator(application)
    if wanted.language() is QLocale.Language.English or not ours.load(wanted, "tutor", "_", str(folder)):
        return []
    qt = QTranslator(application)  # the words of the system's own dialogs
    found = qt.load(wanted, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    used = [qt, ours] if found else [ours]
    for translator in used:
        application.installTranslator(translator)
    return used


def give_to_layers_below() -> None:
    """What is said below the window comes from the same translations; from any thread."""
    translation.translate_by(_translate)


def _translate(text: str, number: int) -> str:
    return QCoreApplication.translate(translation.CONTEXT, text, None, number)
