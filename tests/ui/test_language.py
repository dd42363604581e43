"""A real translation, from our own .ts file to the words on the window, in a language with five plurals."""

from __future__ import annotations

import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from tutor import LEARNING_BANNER, NAME
from tutor.lessons.model import Course
from tutor.runner.result import Outcome, RunResult
from tutor.translation import counted, tr
from tutor.ui.hands import Hands
from tutor.ui.language import speak
from tutor.ui.product_words import learning_banner

WELSH = QLocale(QLocale.Language.Welsh)
LANGUAGES = {
    ("Tutor", "The program ran to its end."): ["Daeth y rhaglen i ben."],
    ("Tutor", "Choose another folder."): ["Dewiswch ffolder arall."],
    ("Tutor", "There is no file {file}."): ["Does dim ffeil {file}."],
    ("Tutor", "%n lines are missing."): [f"{form}: %n" for form in ("dim", "un", "ychydig", "chwech", "llawer")],
    ("OutlinePanel", "Courses"): ["Cyrsiau"],
}  # fmt: skip


@pytest.fixture(scope="module")
def translations(finder: ModuleType, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tutor_cy.qm, in which a few words are translated."""
    folder = tmp_path_factory.mktemp("welsh")
    file = finder.updated(finder.words(root), "cy")
    for context in file.iter("context"):
        for message in context.iter("message"):
            words = LANGUAGES.get((context.findtext("name", ""), message.findtext("source", "")))
            done = message.find("translation")
            if words and done is not None:
                del done.attrib["type"]
                if message.get("numerus"):
                    for word in words:
                        ElementTree.SubElement(done, "numerusform").text = word
                else:
                    done.text = words[0]
    ElementTree.ElementTree(file).write(folder / "tutor_cy.ts", encoding="utf-8", xml_declaration=True)
    finder.compile_file(folder / "tutor_cy.ts", folder / "translations" / "tutor_cy.qm")
    return folder / "translations"


@pytest.fixture
def spoken(qapp: QApplication, translations: Path) -> Iterator[list[QTranslator]]:
    used = speak(qapp, translations, WELSH)
    yield used
    for translator in used:
        qapp.removeTranslator(translator)


def test_the_window_and_what_is_below_it_speak_the_language_of_the_system(
    spoken: list[QTranslator], open_on: Callable[..., Hands], course: Course
) -> None:
    assert spoken
    hands = open_on(course)
    hands.open()
    assert RunResult(Outcome.FINISHED).sentence() == "Daeth y rhaglen i ben."
    assert hands.window.outline.courses.text() == "Cyrsiau"
    assert hands.window.outline.accessibleName() == "Course outline"  # not translated yet


def test_values_are_filled_in_after_the_words_were_looked_up(spoken: list[QTranslator]) -> None:
    assert tr("There is no file {file}.", file="a{b}.zip") == "Does dim ffeil a{b}.zip."


@pytest.mark.parametrize(
    ("number", "form"), [(0, "dim"), (1, "un"), (2, "ychydig"), (5, "ychydig"), (6, "chwech"), (7, "llawer")]
)
def test_each_plural_of_the_language_is_used(spoken: list[QTranslator], number: int, form: str) -> None:
    assert counted(number, "%n line is missing.", "%n lines are missing.") == f"{form}: {number}"


def test_other_threads_speak_it_too(spoken: list[QTranslator]) -> None:
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(tr("Choose another folder.")))
    thread.start()
    thread.join()
    assert heard == ["Dewiswch ffolder arall."]


@pytest.mark.parametrize("language", [QLocale.Language.English, QLocale.Language.German])
def test_without_a_translation_the_words_stay_english(
    qapp: QApplication, translations: Path, language: QLocale.Language
) -> None:
    assert speak(qapp, translations, QLocale(language)) == []
    assert speak(qapp, translations / "nothing here", WELSH) == []
    assert tr("Choose another folder.") == "Choose another folder."


def test_the_banner_says_in_english_what_every_export_says(qapp: QApplication) -> None:
    assert learning_banner() == LEARNING_BANNER


def test_the_name_of_the_product_is_in_no_text_for_translators(
    known_words: frozenset[tuple[str, str]],
) -> None:
    assert not [text for _, text in known_words if NAME in text]
