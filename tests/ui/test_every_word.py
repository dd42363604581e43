"""A language that does not exist, over every screen of the picture book: what it does not change is hard-coded.

Only what `packaging/translation.py` finds for translators is changed, so a word that it misses fails here too. What may stay as
it is, and why, is said in `Allowed` below, one rule for each kind of words. Long: it drives the whole window through all of its screens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tutor import NAME
from tutor.authoring.templates import new_course
from tutor.paths import course_folder
from tutor.ui.author.problem_list import ProblemList
from tutor.ui.broken_lesson import BrokenLesson
from tutor.ui.licences_page import licences_text
from tutor.ui.main_window import MainWindow
from tutor.ui.pictures.book import AT_REST, PictureBook
from tutor.ui.pictures.pseudo_locale import PseudoLocale, outside
from tutor.ui.pictures.studio import Studio, every_screen
from tutor.ui.pictures.words_shown import words_shown
from tutor.ui.results.advice_card import AdviceCard

#: A residue of so many letters that stands somewhere in the course is the course's.
LONG = 20

#: What is typed and asked while the pictures are taken.
PERSON, ASKED = "Priya", "Whose bed is it?"

FILE_NAME = r"\b[\w.-]+\.(py|csv|txt|md|yaml|c4h)\b"
KEYS = r"\b(?:Ctrl|Shift|Alt|Esc|Tab|F\d+|PgUp|PgDown|Left|Right|Return|Page Down)\b(?:\+[^\s)]+)?|(?<=\+)[A-Z]\b"
PLACE_CODE = r"(?:[A-Z0-9]{3}\s?)+"
BEFORE_AND_AFTER, PARTS = ", , ", r"\u203a|\u2013|, |\u00b7"


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attributes: object) -> None:
        self.skipped += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.parts.append(data)


def plain(text: str) -> str:
    """What is read of a text that may be rich."""
    if "<" not in text:
        return text
    parser = _Plain()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)


def bare(text: str) -> str:
    """Letters and digits only: marks of Markdown and line ends do not count."""
    return "".join(letter for letter in text if letter.isalnum())


class CourseWords:
    """All that stands in the files of courses, which lesson writers translate, not we."""

    def __init__(self, *folders: Path) -> None:
        texts = []
        for folder in folders:
            for file in sorted(folder.rglob("*")):
                if file.suffix == ".yaml":
                    data = yaml.safe_load(file.read_text(encoding="utf-8"))
                    texts += [*_texts(data), *(map(str, data) if file.name == "glossary.yaml" else ())]
                elif file.suffix == ".md":
                    texts.append(file.read_text(encoding="utf-8"))
        lines = [re.sub(r"^\s*(?:\d+\.|[-#*>]+)\s", "", line) for text in texts for line in text.splitlines()]
        cells = [cell for line in lines if line.startswith("|") for cell in line.split("|")]
        self.lines = {bare(text) for text in (*texts, *lines, *cells)} - {""}
        self.all = "\n".join(bare(text) for text in texts)

    def add(self, *texts: str) -> None:
        """Titles of courses that are made for the pictures."""
        self.lines |= {bare(text) for text in texts}

    def hold(self, text: str) -> bool:
        found = bare(text)
        return found in self.lines or len(found) >= LONG and found in self.all


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    elif data is not None:
        yield str(data)


class Allowed:
    """What of a window's words may stay as it is: one rule for each kind, each with its reason."""

    def __init__(self, window: QWidget, course: CourseWords, folder: Path) -> None:
        self.course, self.folder = course, folder
        # Explanations: their wording is data, which is translated as a whole (tutor/explain), and Python's own words.
        texts: set[str] = set()
        for card in window.findChildren(AdviceCard):
            advice = card.advice
            texts |= {advice.title, advice.text, f"{advice.title}. {advice.text}", advice.code}
            texts |= {advice.python or ""}
        # Mistakes in lesson files: what `tutor lint` prints, for lesson writers, in the same words.
        for page in (*window.findChildren(ProblemList), *window.findChildren(BrokenLesson)):
            for problem in page.problems:
                texts |= {problem.where, problem.problem, problem.hint}
        # Names: the product's, the code fonts of this PC, and what a learner calls herself here.
        texts |= {NAME, PERSON, *QFontDatabase.families()}
        self.texts = {bare(text) for text in texts} - {""}
        # Whole pages: details to copy for whoever helps, and licences, which nobody may change.
        help_panel = MainWindow.help_panel.made(window) if isinstance(window, MainWindow) else None
        self.pages = {outside(licences_text())} | ({outside(help_panel.details())} if help_panel else set())

    def hard_coded(self, widget: QWidget, kind: str, text: str) -> str:
        """What of these words may not stay as it is."""
        left = outside(text)
        if not letters(left) or left in self.pages or self._is_given(widget, kind, left):
            return ""
        lines = [line for line in plain(left).splitlines() if not self._is_named(line)]
        return " / ".join(lines)

    def _is_given(self, widget: QWidget, kind: str, left: str) -> bool:
        """Words of a program, of a file, or for somebody else."""
        parents = {type(widget).__name__, *(type(each).__name__ for each in parents_of(widget))}
        if "OutputView" in parents or ("InputLine" in parents and left == ASKED):
            return True  # what the learner's program prints and asks
        if parents & {"HistoryPanel", "Comparison"} and (left.startswith("<pre") or kind == "name"):
            return True  # a program, or what it printed
        if parents & {"FilesPane"} and (parents & {"QTableWidget", "QHeaderView"} or kind == "page"):
            return True  # what stands in a file
        if parents & {"SelfTestPage", "CasePanel"} and kind == "page":
            return True  # a report or a case: a file for somebody else, in English on every PC
        return "PeoplePanel" in parents and re.fullmatch(PLACE_CODE, left) is not None

    def _is_named(self, line: str) -> bool:
        """Whether nothing is in it but names, keys, and what stands in the course."""
        if line.startswith(str(self.folder)) or self.course.hold(line):
            return True
        line = re.sub(KEYS, " ", re.sub(FILE_NAME, " ", line))
        if not letters(line) or bare(line) in self.texts or self.course.hold(line):
            return True
        return any(all(map(self._is_a_name, re.split(parts, line))) for parts in (BEFORE_AND_AFTER, PARTS))

    def _is_a_name(self, part: str) -> bool:
        part = re.sub(r"^\d+ ", "", part.strip(" :."))  # a chapter's number
        return not letters(part) or bare(part) in self.texts or self.course.hold(part)


def letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def parents_of(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


class Reader(PictureBook):
    """Reads each screen instead of taking its picture."""

    course: CourseWords
    folder: Path
    found: dict[str, set[str]]
    seen: list[str]

    def picture(self, name: str, of: QWidget | None = None) -> None:
        QTest.qWait(AT_REST)
        self.seen.append(name)
        window = of or self.window
        allowed = Allowed(window, self.course, self.folder)
        for widget, kind, text in words_shown(window):
            left = allowed.hard_coded(widget, kind, text)
            if left:
                self.found.setdefault(f"{left[:200]} ({kind} of {type(widget).__name__})", set()).add(name)


@pytest.mark.long
def test_no_word_of_any_screen_is_hard_coded(pseudo: PseudoLocale, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    new_course(templates)
    words = CourseWords(course_folder(), templates)
    words.add("Ward teaching", "Clinic week", "Ward teaching: our own", "Our lessons", "Our first lesson")
    reader = type("Reading", (Reader,), {"course": words, "folder": tmp_path, "found": {}, "seen": []})
    every_screen(Studio({}, (1366, 768), tmp_path, book=reader), tmp_path)
    assert len(reader.seen) > 70
    assert not reader.found, "\n".join(f"{words}: {sorted(seen)[:3]}" for words, seen in reader.found.items())
