"""The language of the window: translations that are there for the system's language, given to all layers below it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from tutor import translation


def speak(application: QCoreApplication, folder: Path, locale: QLocale | None = None) -> bool:
    """Use the translation for a language, where one is there; else the words stay English.

    Args:
        application: the one application; it owns the translators.
        folder: holds `tutor_cy.qm` and the like.
        locale: the language; by default the system's.

    Returns:
        Whether there is a translation.
    """
    give_to_layers_below()
    if not folder.is_dir():
        return False
    wanted = locale or QLocale()
    ours = QTranslator(application)
    if wanted.language() is QLocale.Language.English or not ours.load(wanted, "tutor", "_", str(folder)):
        return False
    qt = QTranslator(application)  # the words of the system's own dialogs
    if qt.load(wanted, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qt)
    application.installTranslator(ours)
    return True


def give_to_layers_below() -> None:
    """What is said below the window comes from the same translations; from any thread."""
    translation.translate_by(_translate)


def _translate(text: str, number: int) -> str:
    return QCoreApplication.translate(translation.CONTEXT, text, None, number)
