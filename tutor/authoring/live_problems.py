"""What is wrong in a course's file as it stands in an editor, saved or not; nothing is run."""

from __future__ import annotations

from pathlib import Path

from tutor.authoring.style import lesson_style
from tutor.explain.explain import known_rules
from tutor.lessons.course_loader import COURSE_FILE, GLOSSARY_FILE, RULES_FILE
from tutor.lessons.format_course import COURSE, GLOSSARY, RULES
from tutor.lessons.format_lesson import ANSWERS
from tutor.lessons.lesson_loader import LessonFile
from tutor.lessons.model import Course, Problem, Severity
from tutor.lessons.reading import read_text
from tutor.lessons.report import Report
from tutor.lessons.shapes import Shape

_SHAPES: dict[str, Shape] = {COURSE_FILE: COURSE, GLOSSARY_FILE: GLOSSARY, RULES_FILE: RULES}


def problems_in(path: Path, text: str, course: Course | None) -> tuple[Problem, ...]:
    """The problems of a file's text, by their place.

    Args:
        path: the file; its name tells a lesson from course.yaml, glossary.yaml, rules.yaml and a lesson's answers.
        text: stands for what is in it.
        course: the course that a lesson belongs to.
    """
    shape = ANSWERS if path.name.endswith(".answers.yaml") else _SHAPES.get(path.name)
    if shape is not None:
        report = Report(path)
        if text.strip():
            read_text(text, shape, report)
        return report.sorted()
    read = LessonFile(path, text).judged(course, advice_rules=known_rules())
    problems = list(read.loaded.problems)
    if read.entry is not None:
        problems += lesson_style(read.entry, path)
        allowed = {one.get("rule", "") for one in read.entry.get("allow", ())}
        problems = [one for one in problems if one.severity is Severity.ERROR or one.rule not in allowed]
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: (one.place.line, one.place.column)))
