"""Pictures of every kind of step: before, while, and after it is worked on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tutor.lessons.model import ChooseStep, ExerciseStep, FillStep, PredictStep, StepKind
from tutor.ui.pictures.book import CTRL, SHIFT, PictureBook

#: It writes a table and a text beside the file that the step gives.
WRITES = """with open("report.csv", "w") as file:
    file.write("standard,met\\nassessed within 12 hours,93 of 120\\nmedicine given,88 of 120\\n")
with open("letter.txt", "w") as file:
    file.write("Dear colleague,\\n\\n93 of 120 people were assessed.\\n")
print("2 files written")
"""


def step_pictures(book: PictureBook) -> None:
    """Every kind of step."""
    for screens in (_reading, _answering, _building, _writing, _mending, _files):
        screens(book)


def _reading(book: PictureBook) -> None:
    hands = book.hands
    hands.open()
    book.picture("first-start")
    hands.run()
    hands.wait_for_end()
    book.window.show_work()
    book.picture("read-and-run")


def _answering(book: PictureBook) -> None:
    hands, step = book.hands, book.go(StepKind.PREDICT)
    book.picture("predict")
    if isinstance(step, PredictStep) and step.choices:
        hands.press(Qt.Key.Key_2)
        hands.answer()
        book.picture("predict-seen")
    step = book.go(StepKind.CHOOSE)
    book.picture("choose")
    if not isinstance(step, ChooseStep):
        return
    wrong = next(number for number, choice in enumerate(step.choices) if not choice.correct)
    hands.press(Qt.Key(Qt.Key.Key_1 + wrong))
    hands.answer()
    book.picture("choose-wrong")
    hands.press(Qt.Key(Qt.Key.Key_1 + wrong))
    for number, choice in enumerate(step.choices):
        if choice.correct:
            hands.press(Qt.Key(Qt.Key.Key_1 + number))
    hands.answer()
    book.picture("choose-right")


def _building(book: PictureBook) -> None:
    hands, step = book.hands, book.go(StepKind.FILL)
    book.picture("fill")
    if isinstance(step, FillStep):
        hands.fill(["prnt"] * len(step.gaps))
        hands.check()
        book.picture("fill-refused")
        book.window.work.title.reset.click()
        hands.fill([gap.accepted[0] for gap in step.gaps])
        hands.check()
        book.picture("fill-right")
        book.window.work.title.history.click()
        book.picture("fill-history")
        hands.press(Qt.Key.Key_Escape)
    book.go(StepKind.ARRANGE)
    hands.press(Qt.Key.Key_Delete)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    book.picture("arrange")
    hands.press(Qt.Key.Key_Space)


def _writing(book: PictureBook) -> None:
    hands, step, window = book.hands, book.go(StepKind.EXERCISE), book.window
    book.picture("exercise")
    hands.type_program(hands.work.editor, 'print("Ward 4")\nprnt("Bed 1: Amara Okafor")\n')
    hands.run()
    hands.wait_for_end()
    book.picture("error")
    hands.type_program(hands.work.editor, 'name = input("Whose bed is it? ")\nprint("Bed 1:", name)\n')
    hands.run()
    hands.wait(lambda: hands.work.panel.output.input.isVisible(), "the program asks")
    book.picture("input")
    hands.type("Amara Okafor\n")
    hands.wait_for_end()
    hands.type_program(hands.work.editor, 'print("Ward 4")\nprint("Bed 1: Amara Okafor")\n')
    hands.check()
    book.picture("check-failed")
    _case(book)
    hands.type_program(
        hands.work.editor, 'import time\nfor bed in range(99):\n    print("Bed", bed)\ntime.sleep(5)\n'
    )
    hands.run()
    QTest.qWait(1300)
    book.picture("running")
    hands.press(Qt.Key.Key_F5, SHIFT)
    hands.wait_for_end()
    book.picture("stopped")
    hands.work.editor.setFocus()
    hands.press(Qt.Key.Key_H, CTRL)
    hands.type("Bed")
    book.picture("find-and-replace")
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_H, CTRL | SHIFT)
    QTest.qWait(200)
    book.picture("hint")
    if isinstance(step, ExerciseStep):
        hands.type_program(hands.work.editor, step.solution)
    hands.check()
    hands.wait(lambda: window.lesson.solution.isVisibleTo(window.lesson), "the solution is open")
    window.lesson.solution.click()
    QTest.qWait(200)
    window.show_work()
    book.picture("passed")
    window.show_lesson()
    book.picture("our-solution")


def _case(book: PictureBook) -> None:
    checks = book.window.work.panel.checks
    checks.case.click()
    book.hands.type("It prints the same.")
    book.picture("i-think-i-am-right")
    book.hands.press(Qt.Key.Key_Escape)


def _mending(book: PictureBook) -> None:
    book.go(StepKind.FIX)
    book.picture("fix")
    book.go(StepKind.PROJECT)
    book.picture("project")


def _files(book: PictureBook) -> None:
    """A step that gives a file, and a program that writes two."""
    hands, panel = book.hands, book.window.work.panel
    book.open(*_step_with_a_file(book))
    hands.type_program(hands.work.editor, WRITES)
    hands.run()
    hands.wait_for_end()
    book.picture("files-written")
    panel.output.to_files.click()
    for row, one in enumerate(panel.files.files):
        panel.files.list.setCurrentRow(row)
        book.picture(f"file-{one.file.name.replace('.', '-')}")


def _step_with_a_file(book: PictureBook) -> tuple[str, str]:
    for heading in reversed(book.opened.session.course.lessons[:-1]):
        book.open(heading.id)
        view = book.opened.wiring.view
        for step in view.lesson.steps if view is not None else ():
            if isinstance(step, ExerciseStep) and step.files:
                return heading.id, step.id
    raise LookupError("no lesson of this course gives a file")
