"""What translators are given: every word, kept from one update to the next, and checked before it is compiled."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def finder(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("translation")


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(source: str) -> Path:
        (tmp_path / "tutor").mkdir(exist_ok=True)
        (tmp_path / "tutor" / "page.py").write_text(source, encoding="utf-8")
        return tmp_path

    return write


def found(finder: ModuleType, root: Path) -> list[tuple[str, str, bool]]:
    return [(word.context, word.source, word.numerus) for word in finder.words(root)]


def test_words_of_widgets_and_of_the_layers_below_are_found(
    finder: ModuleType, written: Callable[[str], Path]
) -> None:
    source = """
class Page(QWidget):
    def show(self):
        self.tr("Open")
        self.tr("%n min", "", 3)
        def inside():
            return self.tr("One" if self else "Other")

def words(count):
    tr("{file} is gone.", file=1)
    counted(count, "%n line", "%n lines")
    QCoreApplication.translate("Palette", "Search")
    "text".translate(table)
"""
    assert found(finder, written(source)) == [
        ("Page", "Open", False),
        ("Page", "%n min", True),
        ("Page", "One", False),
        ("Page", "Other", False),
        ("Palette", "Search", False),
        ("Tutor", "{file} is gone.", False),
        ("Tutor", "%n lines", True),
    ]


@pytest.mark.parametrize(
    "call",
    [
        "tr(words)",
        'tr(f"{file} is gone.")',
        'tr("one" + words)',
        "counted(3, one, many)",
        'self.tr("outside a class")',
        'class A:\n    def f(self): other.tr("of somebody else")',
        'tr("said"); counted(2, "a", "said")',
    ],
)
def test_a_word_that_no_translator_could_be_given_is_refused(
    finder: ModuleType, written: Callable[[str], Path], call: str
) -> None:
    with pytest.raises(finder.NotFound):
        finder.words(written(call))


def test_every_word_of_the_tutor_is_found(finder: ModuleType, root: Path) -> None:
    words = finder.words(root)
    assert len(words) > 1000
    assert {word.context for word in words} > {"Tutor", "Palette", "CodeEditor", "SettingsPanel"}


def test_an_update_keeps_what_is_translated_and_what_is_gone(
    finder: ModuleType, written: Callable[[str], Path]
) -> None:
    first = finder.updated(finder.words(written('tr("Open"); tr("Close")')), "cy")
    for message in first.iter("message"):
        done = message.find("translation")
        del done.attrib["type"]
        done.text = {"Open": "Agor", "Close": "Cau"}[message.findtext("source")]
    second = finder.updated(finder.words(written('tr("Open"); tr("Save")')), "cy", first)
    assert states(second) == {
        "Open": ("Agor", None),
        "Save": (None, "unfinished"),
        "Close": ("Cau", "vanished"),
    }
    third = finder.updated(finder.words(written('tr("Close")')), "cy", second)
    assert states(third)["Close"] == ("Cau", None)


def states(root: ElementTree.Element) -> dict[str, tuple[str | None, str | None]]:
    return {
        message.findtext("source", ""): (message.find("translation").text, message.find("translation").get("type"))
        for message in root.iter("message")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("english", "translated", "right"),
    [
        ("{file} is gone.", "Mae {file} wedi mynd.", True),
        ("{file} is gone.", "Mae {ffeil} wedi mynd.", False),
        ("{file} is gone.", "Mae'r ffeil wedi mynd.", False),
        ("{file} is gone.", "Mae {file wedi mynd.", False),
        ("Open", "Agor {file}", False),
    ],
)
def test_values_that_a_translation_changed_are_named(
    finder: ModuleType, written: Callable[[str], Path], english: str, translated: str, right: bool
) -> None:
    root = finder.updated(finder.words(written(f"tr({english!r})")), "cy")
    done = root.find("context/message/translation")
    done.text = translated
    assert bool(finder.slips(root)) is not right


def test_a_plural_need_not_say_its_number(finder: ModuleType, written: Callable[[str], Path]) -> None:
    root = finder.updated(finder.words(written('counted(1, "one line", "%n lines")')), "cy")
    done = root.find("context/message/translation")
    for words in ("un llinell", "%n llinell"):
        ElementTree.SubElement(done, "numerusform").text = words
    assert finder.slips(root) == []


def test_a_language_is_written_and_compiled(finder: ModuleType, tmp_path: Path) -> None:
    made, wrong = finder.write("cy", tmp_path / "translations", tmp_path / "compiled")
    assert wrong == [] and made.stat().st_size > 0
    again, _ = finder.write("cy", tmp_path / "translations", tmp_path / "compiled")
    assert again == made
