"""`tutor new lesson` and `tutor new course`: files to start from, which pass `tutor lint` as they are."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import indent

from tutor.authoring.step_templates import step_text
from tutor.lessons.lesson_loader import default_id
from tutor.lessons.model import StepKind

_LESSON = r"""# A lesson for Code4Health Tutor. Lines that start with # are notes to you: delete them when you like.
# Try it:    tutor lint {file}
# See it:    tutor --author --lesson {id}
# In a course, name this file in course.yaml, under the `lessons` of its chapter, without .yaml.

format: 1
id: {id}                # stable for ever: what learners have done is stored under it
title: {title}
minutes: 20
summary: Say in one sentence what a learner makes here.
objectives:
  - Show a line of text
  - Write a function that gives back a number
concepts: [print, function]
clinical-review: none

steps:
  # 1. Reading. The text is Markdown: **bold**, lists, tables, `code`. Indent it below `text: |`.
  - kind: read
    id: read-first
    title: Show a line
    text: |
      A program is a list of instructions. `print` shows what stands between its brackets.
    code: |
      print("Bed 4: free")

  # 2. Predicting. The right answer is what the program really prints, so it is not marked here.
  - kind: predict
    id: predict-first
    title: Say what it prints
    text: What does this program print?
    code: |
      beds = 4
      print(beds + 1)
    choices:
      - 5
      - beds + 1
      - text: An error
        is: error
        because: Python knows `beds`, because the line above gives it a value.
    why: The name stands for 4, so Python adds 4 and 1.

  # 3. Choosing. Mark each right answer with `correct: true`.
  - kind: choose
    id: choose-first
    title: Pick the instruction
    text: Which line shows the text Ward 4?
    choices:
      - text: print("Ward 4")
        correct: true
        because: The text stands between quotes, and the quotes between brackets.
      - text: print(Ward 4)
        because: Without quotes, Python looks for a name.

  # 4. An exercise: what to do, where to start, the answer, how it is checked, and help.
  - {exercise}
"""

_COURSE = """# A course for Code4Health Tutor: its chapters, and their lessons in teaching order.
# Try it:    tutor lint .
# See it:    tutor --author --course .

format: 1
id: {id}                # stable for ever
title: {title}
version: "0.1"
language: en-GB
licence: CC-BY-4.0
summary: Say in one sentence what this course is for.

# To add lessons to an installed course, or to replace some of its lessons, name its id:
# extends: code4health

chapters:
  - id: first-steps
    title: First steps
    folder: 01-first-steps          # a folder beside this file
    lessons:
      - 01-first-lesson             # 01-first-steps/01-first-lesson.yaml
"""

_GLOSSARY = """# Words that learners may not know: one paragraph of Markdown each. Lessons link to a word with [[program]].

program: A list of instructions that the computer carries out, one after another.
"""

_RULES = """# Clinical and statistical rules that checks can use, each with its source and both sides of every boundary.
# A check uses one with    - {rule: fever.score, call: fever_points}

fever:
  title: A fever score for practice
  source:
    title: Invented for this template
    confirmed: true
  status: demo-only
  review: none
  parts:
    score:
      text: A temperature of 38.0 or more scores 1, any other scores 0. An invented rule.
      cases:
        - {in: {temperature: 37.9}, out: 0}
        - {in: {temperature: 38.0}, out: 1}
"""


def lesson_text(path: Path, title: str = "", lesson_id: str = "") -> str:
    """A commented lesson to start from, with its title and its id after the file's name where none are given."""
    words = default_id(path)
    return _LESSON.format(
        file=path.name,
        id=lesson_id or words,
        title=_scalar(title.strip() or _title(words)),
        exercise=indent(step_text(StepKind.EXERCISE, "write-first").strip("\n"), " " * 4).lstrip(),
    )


def new_lesson(path: Path, title: str = "") -> list[Path]:
    """Writes a new lesson file; `.yaml` is added where it is missing, and folders are made.

    Args:
        path: the file.
        title: the lesson's title; by default after the file's name.

    Returns:
        the files that were written.

    Raises:
        FileExistsError: there is something of that name; nothing is overwritten.
        OSError: it cannot be written.
    """
    file = path if path.suffix == ".yaml" else path.with_name(path.name + ".yaml")
    file.parent.mkdir(parents=True, exist_ok=True)
    _write(file, lesson_text(file, title))
    return [file]


def new_course(folder: Path) -> list[Path]:
    """Writes a new course folder with one lesson, a glossary and a rule.

    Returns:
        the files that were written.

    Raises:
        FileExistsError: one of its files is there already; nothing is overwritten.
        OSError: it cannot be written.
    """
    course_id = default_id(Path(folder.absolute().name))
    chapter = folder / "01-first-steps"
    for part in ("media", "data"):
        (chapter / part).mkdir(parents=True, exist_ok=True)
    files = {
        folder / "course.yaml": _COURSE.format(id=course_id, title=_scalar(_title(course_id))),
        folder / "glossary.yaml": _GLOSSARY,
        folder / "rules.yaml": _RULES,
        chapter / "01-first-lesson.yaml": lesson_text(chapter / "01-first-lesson.yaml"),
    }
    for file, text in files.items():
        _write(file, text)
    return list(files)


def _title(lesson_id: str) -> str:
    return lesson_id.replace("-", " ").capitalize()


def _scalar(text: str) -> str:
    """The text as a YAML value: between quotes where letters alone would not be text."""
    return text if text.replace(" ", "").isalpha() and " " in text else json.dumps(text, ensure_ascii=False)


def _write(file: Path, text: str) -> None:
    with file.open("x", encoding="utf-8", newline="\n") as out:
        out.write(text)
