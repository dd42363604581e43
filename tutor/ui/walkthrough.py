"""The first lesson on the same window with no display: typed key by key, run, checked; a transcript and pictures.

python -m tutor.ui.walkthrough [--pictures DIR]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tutor import NAME
from tutor.lessons.model import (
    AnyStep,
    ArrangeStep,
    CallCheck,
    ChooseStep,
    ExerciseStep,
    FillStep,
    PredictStep,
    ReadStep,
    RunningCheck,
)
from tutor.lessons.opening import open_course
from tutor.paths import folders
from tutor.ui.app import OpenWindow, make_application, open_window
from tutor.ui.hands import Hands, NothingHappened

WINDOW = (1366, 768)


class Walkthrough:
    """Does one lesson after another, as a learner who knows the answers."""

    def __init__(self, opened: OpenWindow, pictures: Path | None) -> None:
        self.hands = Hands(opened)
        self.opened = opened
        self._pictures = pictures
        self._taken: list[Path] = []

    def lesson(self, lesson_id: str | None = None) -> None:
        """Do one whole lesson."""
        self.hands.open(lesson_id)
        view = self.opened.wiring.view
        if view is None:
            raise NothingHappened("no step is open")
        lesson = view.lesson
        self._say(f"{lesson.title} ({len(lesson.steps)} steps)")
        for number, step in enumerate(lesson.steps, 1):
            self._say(f"\n{number}. {step.kind.value}: {step.title}")
            shown = self.opened.wiring.view
            self.step(shown.step if shown else step)  # as it is shown: its choices are mixed
            self.picture(f"{number:02}-{step.kind.value}")
            if number < len(lesson.steps):
                self.hands.next()

    def step(self, step: AnyStep) -> None:
        """Do one step."""
        match step:
            case ReadStep():
                if step.code:
                    self._run()
            case PredictStep():
                self._predict(step)
            case ChooseStep():
                self._choose(step)
            case FillStep():
                self.hands.fill([gap.accepted[0] for gap in step.gaps])
                self._say("   typed into the gaps: " + ", ".join(gap.accepted[0] for gap in step.gaps))
                self._check()
            case ArrangeStep():
                self.hands.arrange(step.solution)
                self._say("   put the lines in order with the keyboard")
                self._check()
            case ExerciseStep():
                self._write(step)

    def _write(self, step: ExerciseStep) -> None:
        editor = self.hands.work.editor
        self.hands.type_program(editor, step.solution)
        if editor.text().rstrip() != step.solution.rstrip():
            raise NothingHappened(f"what was typed is not what stands in the editor:\n{editor.text()}")
        self._say(f"   typed {len(step.solution.splitlines())} line(s)")
        self._run(step)
        self._check()

    def _run(self, step: AnyStep | None = None) -> None:
        hands = self.hands
        hands.run()
        answers = list(_answers(step)) if step is not None else []
        line = hands.work.panel.output.input
        while True:
            hands.wait(lambda: hands.run_has_ended() or line.isVisible(), "the program ends or asks")
            if not line.isVisible():
                break
            answer = answers.pop(0) if answers else "1"
            hands.type(answer)
            hands.press(Qt.Key.Key_Return)
            self._say(f"   the program asked; typed: {answer}")
        output = hands.work.panel.output
        self._say("   pressed F5. Output:")
        for shown in output.view.toPlainText().splitlines():
            self._say(f"   | {shown}")
        self._say(f"   {output.ending}")

    def _check(self) -> None:
        self.hands.check()
        verdict = self.hands.work.panel.checks.verdict
        if verdict is None or not verdict.passed:
            raise NothingHappened(f"the solution was refused: {self.hands.work.panel.checks.spoken()}")
        self._say(f"   pressed Ctrl+Enter: {verdict.sentence()}")

    def _predict(self, step: PredictStep) -> None:
        hands = self.hands
        if step.choices:
            hands.press(Qt.Key.Key_1)
            self._say("   picked the first answer with the key 1")
        else:
            hands.type("I do not know")
            self._say("   typed a prediction")
        hands.answer()
        self._say(f"   pressed Ctrl+Enter. It prints: {hands.work.predict.truth.strip()}")

    def _choose(self, step: ChooseStep) -> None:
        right = [number for number, choice in enumerate(step.choices) if choice.correct]
        for number in right:
            self.hands.press(Qt.Key(Qt.Key.Key_1 + number))
        self.hands.answer()
        self._say(f"   picked {' and '.join(str(n + 1) for n in right)}: {self.hands.work.choose.verdict}")

    def picture(self, name: str) -> None:
        """Save what the window shows."""
        QApplication.processEvents()
        if self._pictures is None:
            return
        self._pictures.mkdir(parents=True, exist_ok=True)
        file = self._pictures / f"{name}.png"
        if not self.opened.window.grab().save(str(file)):
            raise OSError(f"{file} could not be written")
        self._taken.append(file)

    @property
    def pictures(self) -> list[Path]:
        """The pictures that were saved."""
        return list(self._taken)

    @staticmethod
    def _say(line: str) -> None:
        print(line, flush=True)


def _answers(step: AnyStep) -> tuple[str, ...]:
    """What the lesson itself types into a program of this step: the first check that types anything."""
    for check in getattr(step, "checks", ()):
        if isinstance(check, RunningCheck) and not isinstance(check, CallCheck) and check.stdin:
            return check.stdin
    return ()


def main(arguments: list[str] | None = None) -> int:
    """Walk through the first lesson.

    Returns:
        The exit status: 0 when every step of the lesson was passed, else 1.
    """
    parser = argparse.ArgumentParser(prog="walkthrough", description=__doc__)
    parser.add_argument("--pictures", type=Path, default=Path("pictures"), metavar="DIR")
    parser.add_argument("--lesson", metavar="ID")
    parser.add_argument("--course", type=Path, metavar="DIR")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    print(f"{NAME}: no display here, so the window is driven on Qt's offscreen platform.\n")
    with tempfile.TemporaryDirectory(prefix="code4health-walkthrough-") as data:
        where = folders(data)
        opened = open_window(where, open_course(where, options.course) if options.course else None)
        opened.window.resize(*WINDOW)
        opened.window.show()
        walk = Walkthrough(opened, options.pictures)
        status = 0
        try:
            walk.lesson(options.lesson)
        except NothingHappened as trouble:
            walk.picture("stopped-here")
            print(f"\nThe walkthrough stopped: {trouble}", file=sys.stderr)
            status = 1
        finally:
            opened.window.close()
            application.processEvents()
    if walk.pictures:
        print(f"\n{len(walk.pictures)} pictures of the window are in {options.pictures.resolve()}")
    return status


if __name__ == "__main__":
    sys.exit(main())
