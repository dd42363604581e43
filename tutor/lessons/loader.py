"""Loading lessons and courses: every file becomes frozen records, and every mistake in it a problem with its place.

Nothing here raises for what a file says.
"""

from __future__ import annotations

from tutor.lessons.course_loader import load_course
from tutor.lessons.lesson_loader import answers_path, load_answers, load_lesson
from tutor.lessons.loaded import Loaded

__all__ = ["Loaded", "answers_path", "load_answers", "load_course", "load_lesson"]
