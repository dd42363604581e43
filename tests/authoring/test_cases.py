"""Case files: written, read tolerantly, replayed, and added to the right answers without touching the rest of the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.authoring.answers_file import add_right_answer, with_right_answer
from tutor.authoring.cases import DamagedCase, case_text, read_case
from tutor.authoring.replay import CaseState, accept, replay
from tutor.checks.result import CheckResult
from tutor.errors import UsageError
from tutor.lessons.loader import load_answers, load_course, load_lesson
from tutor.runner.runner import Runner

PROGRAM = "def add(x, y):\n    # both\n\n    return y + x\n"
CHECKS = (
    CheckResult("check 1", True, subject="add(1, 2)"),
    CheckResult("check 2", False, message="add(-1, 1) gave 2,\nexpected 0", subject="add(-1, 1)"),
)


def text(program: str = PROGRAM, content: str = "abc", reason: str = "It adds.\nI tried it.") -> str:
    return case_text(
        course="small 1.0",
        lesson="add",
        step="add",
        content_hash=content,
        program=program,
        checks=CHECKS,
        reason=reason,
    )


def test_a_case_can_be_read_by_people() -> None:
    lines = text().splitlines()
    assert lines[0] == "Code4Health Tutor: I think my program is right"
    assert "lesson: add" in lines and "|     return y + x" in lines
    assert "failed  add(-1, 1): add(-1, 1) gave 2, expected 0" in lines
    assert lines[-1] == "--- end"


def test_a_case_comes_back_as_it_was_written() -> None:
    case = read_case(text())
    assert (case.lesson, case.step, case.content_hash, case.course) == ("add", "add", "abc", "small 1.0")
    assert case.program == PROGRAM and case.reason == "It adds.\nI tried it."
    assert case.checks[0] == "passed  add(1, 2)"


@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n\t"), max_size=200
    )
)
def test_any_program_comes_back_but_for_blanks_at_ends_of_lines(program: str) -> None:
    back = read_case(text(program)).program
    assert [line.rstrip() for line in back.rstrip().split("\n")] == [
        line.rstrip() for line in program.rstrip().split("\n")
    ]


@pytest.mark.parametrize(
    "sent",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "Dear trainer,\n\nhere it is.\n\n" + text + "\nSent from a phone\n",
        lambda text: "".join(f"> {line}\n" for line in text.splitlines()),
        lambda text: "".join(f">> {line}   \n" for line in text.splitlines()),
        lambda text: text.replace("--- end\n", ""),
    ],
)
def test_mail_does_no_harm(sent: Callable[[str], str]) -> None:
    assert read_case(sent(text())).program == PROGRAM


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: "Hello", "This is no case file"),
        (lambda text: "", "This is no case file"),
        (lambda text: text.replace("step: add\n", ""), "It does not say its step"),
        (lambda text: text.replace("y + x", "y - x"), "Its program was changed on the way"),
        (lambda text: text.replace("|     return y + x\n", ""), "Its program has 3 lines; it had 4"),
        (lambda text: text.replace("format: 1", "format: 2"), "It was written by a newer tutor"),
    ],
)
def test_damage_is_named(damage: Callable[[str], str], words: str) -> None:
    with pytest.raises(DamagedCase, match=words):
        read_case(damage(text()))


def test_nothing_personal_is_in_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERNAME", "asmith77")
    monkeypatch.setenv("USER", "asmith77")
    assert "asmith77" not in text() and str(Path.home()) not in text()


def written(folder: Path, name: str, content: str) -> Path:
    file = folder / f"{name}.case.txt"
    file.write_text(content, encoding="utf-8")
    return file


def test_cases_are_sorted_by_what_became_of_them(
    course: Path, lesson: Path, tmp_path: Path, runner: Runner
) -> None:
    loaded = load_course(course).value
    step = load_lesson(lesson, loaded).value.step("add")  # type: ignore[union-attr]
    assert loaded is not None and step is not None
    wrong = "def add(a, b):\n    return a * b\n"
    files = {
        CaseState.NOW_PASSES: text(content=step.content_hash),
        CaseState.STILL_REFUSED: text(wrong, content=step.content_hash),
        CaseState.LESSON_CHANGED: text(),
        CaseState.DAMAGED: "Hello",
    }
    for state, content in files.items():
        done = replay(written(tmp_path, state, content), loaded, runner.run)
        assert done.state is state, done
    done = replay(
        written(tmp_path, "unknown", text().replace("lesson: add", "lesson: gone")), loaded, runner.run
    )
    assert (done.state, done.detail) == (CaseState.LESSON_CHANGED, "The course has no such lesson now.")
    done = replay(written(tmp_path, "changed", text()), loaded, runner.run)
    assert done.passed and done.detail == "The step was changed since. It passes now."


def test_an_accepted_case_is_added_once(course: Path, lesson: Path, tmp_path: Path, runner: Runner) -> None:
    loaded = load_course(course).value
    assert loaded is not None
    case = written(tmp_path, "one", text())
    first = accept(replay(case, loaded, runner.run))
    assert first.accepted and first.detail.endswith("It is added to the right answers.")
    second = accept(replay(case, loaded, runner.run))
    assert not second.accepted and second.detail.endswith("It is among the right answers already.")
    refused = accept(replay(written(tmp_path, "two", text("x = 1\n")), loaded, runner.run))
    assert not refused.accepted
    answers = load_answers(lesson.with_suffix(".answers.yaml"), load_lesson(lesson, loaded).value)  # type: ignore[arg-type]
    assert answers.value is not None and answers.value[0].right == (PROGRAM,)


ANSWERS = """# Right and wrong programs.
other:   # kept
  wrong: [x = 1]

add:
  # the short way
  right:
    - |
      def add(a, b):
          return a + b

    # the long way
    - |
      def add(a, b):
          total = a
          total += b

          return total
  wrong:
    - |
      def add(a, b):
          return a
# the end
"""


def test_comments_and_order_of_an_answers_file_stay(lesson: Path) -> None:
    file = lesson.with_suffix(".answers.yaml")
    file.write_text(ANSWERS, encoding="utf-8")
    assert add_right_answer(lesson, "add", PROGRAM)
    added = "    - |\n      def add(x, y):\n          # both\n\n          return y + x\n"
    assert file.read_text(encoding="utf-8") == ANSWERS.replace(
        "  wrong:\n    - |", f"{added}  wrong:\n    - |"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "# Right and wrong programs for the steps of this lesson, in other people's styles; lint tries them all.\n"
             "add:\n  right:\n    - |\n      x = 1\n"),
        ("# mine\nother:\n  right: [y = 1]", "# mine\nother:\n  right: [y = 1]\nadd:\n  right:\n    - |\n      x = 1\n"),
        ("add:\n    wrong: [y = 1]\n", "add:\n    right:\n      - |\n        x = 1\n    wrong: [y = 1]\n"),
        ("add:\n  right:\n  - y = 1\n\nother:\n  wrong: [z]\n",
         "add:\n  right:\n  - y = 1\n  - |\n    x = 1\n\nother:\n  wrong: [z]\n"),
        ("add:\n  right: [y = 1]\n", None),
        ("add: {right: [y = 1]}\n", None),
    ],
)  # fmt: skip
def test_a_program_goes_where_it_belongs(before: str, after: str | None) -> None:
    assert with_right_answer(before, "add", "x = 1\n") == after


def test_what_cannot_be_added_to_is_said_and_left_as_it_is(lesson: Path) -> None:
    file = lesson.with_suffix(".answers.yaml")
    file.write_text("add: {right: [y = 1]}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="step add cannot be added to as it is written"):
        add_right_answer(lesson, "add", PROGRAM)
    assert file.read_text(encoding="utf-8") == "add: {right: [y = 1]}\n"
    file.write_text("add: [unclosed\n", encoding="utf-8")
    with pytest.raises(UsageError, match="Mend the file first"):
        add_right_answer(lesson, "add", PROGRAM)


@pytest.mark.parametrize(
    "program",
    [
        PROGRAM,
        "  x = 1\n",
        "\n\nx = 1\n",
        "if x:\n\ty = 1\n",
        'print("é ü")\n',
        "x = '''\n\n  a\n'''\n",
        "# : - {\n",
    ],
)
def test_programs_of_every_shape_read_back_as_they_were(lesson: Path, program: str) -> None:
    lesson.with_suffix(".answers.yaml").write_text(ANSWERS, encoding="utf-8")
    assert add_right_answer(lesson, "add", program)
    assert not add_right_answer(lesson, "add", program)
