"""The scratch program: a place to try things outside any lesson, with a draft and a history of its own.

It is a step like any other, in a lesson that no course has, so that the editor, the runner and the history serve it as
they serve lessons. What it says on the left is the window's (and translated there).
"""

from __future__ import annotations

from pathlib import Path

from tutor.lessons.model import Lesson, Place, ReadStep, StepKind
from tutor.progress.drafts import DraftKey

FILENAME = "scratch.py"

STEP = ReadStep(kind=StepKind.READ, id="scratch", code='print("Hello")\n', place=Place(Path()))

LESSON = Lesson(id="", title="Scratch program", steps=(STEP,), path=Path())

#: One for each learner, whatever course is open.
KEY = DraftKey("", "", STEP.id)
