"""Words said below the window: English until a translator is given, and no sentence past it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tutor.translation import Translator, counted, tr, translate_by

SENTENCE = re.compile(r"[A-Z{].*[.?:]\s*", re.DOTALL)
SPOKEN = (
    "checks", "guarding", "progress", "runner", "session", "ui", "files.py", "portable.py", "registry.py", "settings.py",
    "lessons/opening.py", *(f"authoring/{name}.py" for name in (
        "answers_file", "change_in_course", "check_words", "course_source", "insertions", "new_in_course", "packs", "replay", "step_words",
    )),
)  # fmt: skip
#: Said to no reader of the window: in a terminal, by Python itself, in a log, or by the child (see runner/refused.py). And
#: what lint says of a lesson file, and explanations, which are English or translated as data (CONTRIBUTING.md).
UNSPOKEN_IN = ("runner/child/", "ui/pictures/", "ui/walkthrough.py")
UNSPOKEN = {
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
    "Traceback (most recent call last):",
}
TRANSLATED_OR_LOGGED = {
    "tr",
    "counted",
    "translate",
    "debug",
    "info",
    "warning",
    "exception",
    "error",
    "compile",
}


@pytest.fixture
def spoken_by() -> Iterator[Callable[[Translator], None]]:
    yield translate_by
    translate_by(None)


def test_without_a_translator_the_words_are_english() -> None:
    translate_by(None)
    assert tr("There is no file {file}.", file="a.py") == "There is no file a.py."
    assert tr("{ and } stay as they are") == "{ and } stay as they are"
    assert [counted(n, "one line", "%n lines") for n in (0, 1, 2)] == ["0 lines", "one line", "2 lines"]


def test_the_whole_sentence_is_looked_up_and_filled_afterwards(
    spoken_by: Callable[[Translator], None],
) -> None:
    asked: list[tuple[str, int]] = []
    spoken_by(lambda text, number: asked.append((text, number)) or "{b}, {a}")
    assert tr("{a} and {b}", a=1, b="{c}") == "{c}, 1"
    assert asked == [("{a} and {b}", -1)]


def test_translators_are_asked_for_the_plural_whatever_the_number_is(
    spoken_by: Callable[[Translator], None],
) -> None:
    spoken_by(lambda text, number: {1: "un llinell", 2: "dwy linell"}.get(number, f"{number} llinell"))
    said = [counted(n, "one line of {file}", "%n lines of {file}", file="a") for n in (1, 2, 7)]
    assert said == ["un llinell", "dwy linell", "7 llinell"]


def test_what_is_not_translated_keeps_its_english_plural(spoken_by: Callable[[Translator], None]) -> None:
    spoken_by(lambda text, number: text.replace("%n", str(number)) if number >= 0 else text)
    assert [counted(n, "one line", "%n lines") for n in (1, 2)] == ["one line", "2 lines"]


@pytest.mark.parametrize("slip", ["{other} is gone", "{file", "{file.a.b}", "{0}"])
def test_a_slip_in_a_translation_is_said_in_english(
    spoken_by: Callable[[Translator], None], slip: str
) -> None:
    spoken_by(lambda text, number: slip)
    assert tr("{file} is gone.", file="a.py") == "a.py is gone."


def test_no_sentence_for_readers_goes_past_the_translator(root: Path) -> None:
    found = []
    for part in SPOKEN:
        place = root / "tutor" / part
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            name = file.relative_to(root / "tutor").as_posix()
            if not name.startswith(UNSPOKEN_IN):
                found += [f"{name}:{line}: {text}" for line, text in past_the_translator(file)]
    assert found == []


def past_the_translator(file: Path) -> Iterator[tuple[int, str]]:
    """Sentences of a file that are neither translated nor for programmers."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        text = written(node)
        words = len(re.findall("[a-z]{2,}", text))
        if SENTENCE.fullmatch(text) and words > 1 and text not in UNSPOKEN and not is_excused(node, above):
            yield node.lineno, text


def written(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def is_excused(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """A docstring, a part of a longer text, or in a call that translates it or tells programmers."""
    if isinstance(above.get(node), ast.Expr | ast.JoinedStr):
        return True
    while node in above:
        node = above[node]
        name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        if name in TRANSLATED_OR_LOGGED:
            return True
    return False


LABELLED = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QFileDialog", "text_label",
    "prose_label", "button", "setText", "setTitle", "set_title", "setToolTip", "setAccessibleName", "setAccessibleDescription",
    "setPlaceholderText", "setNameFilter", "addItem", "addAction", "addTab", "announce", "say",
}  # fmt: skip


def test_no_label_of_the_window_goes_past_the_translator(root: Path) -> None:
    found = []
    for file in sorted((root / "tutor" / "ui").rglob("*.py")):
        name = file.relative_to(root / "tutor").as_posix()
        if not name.startswith(UNSPOKEN_IN):
            found += [f"{name}:{line}: {text}" for line, text in labels_past_the_translator(file)]
    assert found == []


def labels_past_the_translator(file: Path) -> Iterator[tuple[int, str]]:
    """What is put on show by a call without being translated: its first text, since the others name a role or a key."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            text = re.sub("<[^>]*>", "", written(node.args[0]))
            if name in LABELLED and re.search("[A-Za-z]{2}", text):
                yield node.lineno, text


def test_a_sentence_past_the_translator_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    file.write_text(
        '"""A docstring is none."""\n_log.info("A log is for programmers.")\n'
        'a = tr("This one is asked for.")\nb = f"The file {a} is gone."\n',
        encoding="utf-8",
    )
    assert list(past_the_translator(file)) == [(4, "The file {} is gone.")]
    file.write_text(
        'box.addWidget(text_label("Open now", "strong"))\nbutton(self.tr("Open"), "quiet")\n',
        encoding="utf-8",
    )
    assert list(labels_past_the_translator(file)) == [(1, "Open now")]
