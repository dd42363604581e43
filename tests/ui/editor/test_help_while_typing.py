"""Names to choose from and call tips, in plain words."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt

from tutor.ui.editor import CodeEditor
from tutor.ui.editor.assist import Assist
from tutor.ui.editor.signatures import signatures
from tutor.ui.editor.suggest import call_tip, offer

CTRL = Qt.KeyboardModifier.ControlModifier


def offered(editor: CodeEditor) -> list[str]:
    """What the list shows now."""
    box = editor.findChild(Assist).list
    return box.names() if box.isVisible() else []


def test_the_list_comes_after_three_letters_and_tab_takes_the_name(editor: CodeEditor, keys) -> None:
    keys.type("pr")
    assert offered(editor) == []
    keys.type("i")
    assert offered(editor) == ["print"]
    keys.press(Qt.Key.Key_Tab)
    assert editor.text() == "print"
    assert offered(editor) == []
    editor.undo()
    assert editor.text() == "pri"


def test_enter_alone_never_takes_a_name(editor: CodeEditor, keys) -> None:
    keys.type("pri")
    keys.press(Qt.Key.Key_Return)
    assert editor.text() == "pri\n"
    assert offered(editor) == []


def test_enter_takes_a_name_once_the_arrows_have_chosen_it(editor: CodeEditor, keys) -> None:
    editor.set_text("result = 1\nresp_rate = 2\n")
    editor.go_to(3)
    keys.type("res")
    assert offered(editor) == ["resp_rate", "result"]
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    assert editor.text().endswith("\nresult")


def test_esc_closes_the_list_and_does_not_arm_leaving(editor: CodeEditor, keys) -> None:
    keys.type("pri")
    keys.press(Qt.Key.Key_Escape)
    assert offered(editor) == []
    keys.press(Qt.Key.Key_Tab)
    assert editor.text() == "pri "


def test_going_on_typing_narrows_the_list_and_backspace_widens_it(editor: CodeEditor, keys) -> None:
    editor.set_text("randy = 1\nrange_low = 2\n")
    editor.go_to(3)
    keys.type("ran")
    assert offered(editor) == ["randy", "range", "range_low"]
    keys.type("ge")
    assert offered(editor) == ["range", "range_low"]
    keys.press(Qt.Key.Key_Backspace, times=2)
    assert "randy" in offered(editor)
    keys.type(" ")
    assert offered(editor) == []


def test_ctrl_space_asks_from_the_first_letter_on(editor: CodeEditor, keys) -> None:
    keys.type("a")
    keys.press(Qt.Key.Key_Space, CTRL)
    assert "abs" in offered(editor)
    assert editor.text() == "a"


def test_the_list_goes_when_the_focus_goes(room, editor: CodeEditor, keys, pump) -> None:
    keys.type("pri")
    room.after.setFocus()
    pump()
    assert offered(editor) == []


@pytest.mark.parametrize("line", [2, 8, 15])
def test_the_list_is_wholly_inside_the_window(room, editor: CodeEditor, keys, pump, line: int) -> None:
    room.window.resize(420, 320)
    editor.set_text("name = ''\n" + "\n" * 14)
    editor.go_to(line, 100)
    pump()
    keys.type("name.")
    box = editor.findChild(Assist).list
    assert box.isVisible()
    assert room.window.rect().contains(box.geometry())
    caret = keys.surface.point_at(keys.surface.currentPos())
    assert not box.geometry().contains(keys.surface.mapTo(room.window, caret)), (
        "it does not hide what is typed"
    )


def test_names_given_by_the_step_are_offered(editor: CodeEditor, keys) -> None:
    editor.set_completions(["news2_score"])
    keys.type("new")
    assert offered(editor) == ["news2_score"]


def test_the_list_says_its_names_to_screen_readers(editor: CodeEditor, keys) -> None:
    said: list[str] = []
    editor.announced.connect(said.append)
    keys.type("pri")
    assert said == [
        "1 names. Down, then Tab, to choose. print: shows values on one line, with a blank between them"
    ]


def names(program: str, *, asked: bool = False) -> list[str] | None:
    found = offer(program, len(program), asked=asked)
    return None if found is None else [entry.name for entry in found.entries]


@pytest.mark.parametrize(
    "program", ['x = "pri', "# pri", '"""\npri', "f'pri", "def pri", "class Pri", "for pri", "def f(pri"]
)
def test_nothing_is_offered_inside_texts_and_comments_or_where_a_name_is_invented(program: str) -> None:
    assert names(program) is None


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("pulse_rate = 3\npul", ["pulse_rate"]),
        ("def score(rate, unit):\n    pass\nsco", ["score"]),
        ('f"{pri', ["print"]),
        ("tru", ["True"]),
        ("import sta", ["statistics"]),
        ("from math import isc", ["isclose"]),
        ("import math\nmath.sq", ["sqrt"]),
        ("import statistics as st\nst.med", ["median"]),
        ("names = []\nnames.app", ["append"]),
        ("text = 'a'\ntext.upp", ["upper"]),
        ("ages = {'a': 1}\nages.ite", ["items"]),
        ("words = line.split()\nwords.app", ["append"]),
        ("with open('a') as f:\n    f.readl", ["readline", "readlines"]),
        ("x = [1]\nx = 'a'\nx.upp", ["upper"]),
    ],
)
def test_what_is_offered_fits_the_place(program: str, expected: list[str]) -> None:
    assert names(program) == expected


@pytest.mark.parametrize(
    "program", ["x = y\nx.", "x = [1][0]\nx.", "x.", "import numpy\nnumpy.", "f().", "x = a.split\nx."]
)
def test_where_the_kind_is_not_certain_nothing_is_offered(program: str) -> None:
    assert names(program) is None


def test_a_name_that_is_complete_is_not_offered_again() -> None:
    assert names("print") is None


@pytest.mark.parametrize(
    ("program", "call", "due"),
    [
        ("round(3.2, ", "round(number, places)", "places"),
        ("round(", "round(number, places)", "number"),
        ('print("a, (b", 3', "print(value, ...)", "..."),
        ("def f(rate, hr):\n    pass\nf(1,", "f(rate, hr)", "hr"),
        ("names = []\nnames.append(", "list.append(thing)", "thing"),
        ("import math\nmath.sqrt(", "math.sqrt(number)", "number"),
        ("from random import randint\nrandint(1, ", "random.randint(low, high)", "high"),
        ("print(len(", "len(things)", "things"),
        ("print(len(x), ", "print(value, ...)", "..."),
    ],
)
def test_a_call_tip_names_the_value_that_is_due(program: str, call: str, due: str) -> None:
    tip = call_tip(program, len(program))
    assert tip is not None
    assert tip.call == call
    assert tip.call[slice(*tip.part)] == due


@pytest.mark.parametrize("program", ["(1 + ", "unknown(", "def f(", "x[", 'print("a")', "# print("])
def test_no_call_tip_where_there_is_no_call_that_is_known(program: str) -> None:
    assert call_tip(program, len(program)) is None


def test_a_call_tip_shows_on_the_bracket_follows_the_commas_and_goes_at_the_end(
    editor: CodeEditor, keys, pump
) -> None:
    hint = editor.findChild(Assist).hint
    keys.type("round(")
    pump()
    assert hint.isVisible()
    assert hint.words == "round(number, places)\na number rounded; without places, to a whole number"
    keys.type("3.14, 1")
    assert hint.isVisible()
    keys.type(")")
    pump()
    assert not hint.isVisible()
    assert editor.text() == "round(3.14, 1)"


def test_every_entry_of_the_list_is_in_plain_words() -> None:
    known = signatures()
    groups = [known.builtins, known.words, *known.kinds.values(), *known.modules.values()]
    entries = [entry for group in groups for entry in group.values()]
    assert len(entries) >= 80
    banned = re.compile(
        r"\b(oops|invalid|illegal|fatal|simply|just|easy|obviously|please|don't|can't|iterable)\b|!", re.I
    )
    for entry in entries:
        assert 3 <= len(entry.says) <= 80 or entry.name in ("True", "False", "pi", "lambda"), entry
        assert not banned.search(entry.says), entry
        assert not entry.says.endswith(".") or entry.name == "pi", entry
    assert set(known.about) == set(known.modules)


def test_every_name_of_the_list_exists_in_python() -> None:
    import builtins
    import importlib
    import keyword

    known = signatures()
    for name in known.builtins:
        assert hasattr(builtins, name)
    for word in known.words:
        assert keyword.iskeyword(word)
    kinds = {"text": str, "list": list, "dict": dict, "set": set}
    for kind, python in kinds.items():
        for name in known.kinds[kind]:
            assert hasattr(python, name)
    for module, names_ in known.modules.items():
        for name in names_:
            assert hasattr(importlib.import_module(module), name)
