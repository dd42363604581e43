"""What "Search or jump" finds, and in which order."""

from __future__ import annotations

from tutor.lessons.model import Course
from tutor.ui.find_index import Kind, entries_of, find
from tutor.ui.shortcuts import commands


def titles(course: Course, typed: str) -> list[tuple[str, str]]:
    return [(entry.kind.value, entry.title) for entry in find(entries_of(course, commands()), typed)]


def test_a_lesson_is_found_by_the_start_of_its_title(course: Course) -> None:
    assert titles(course, "every k")[0] == ("lesson", "Every kind of step")


def test_a_step_is_found_by_its_title(course: Course) -> None:
    assert ("step", "Mend the greeting") in titles(course, "greet")


def test_a_term_is_found_by_its_name_and_by_its_meaning(course: Course) -> None:
    assert ("term", "output") in titles(course, "output")
    assert ("term", "program") in titles(course, "one after another")


def test_a_command_is_found(course: Course) -> None:
    assert ("command", "Settings") in titles(course, "sett")


def test_case_and_accents_do_not_matter(course: Course) -> None:
    assert titles(course, "ÉVERY KIND") == titles(course, "every kind")


def test_titles_come_before_meanings(course: Course) -> None:
    found = titles(course, "program")
    assert found.index(("term", "program")) < found.index(("term", "output"))


def test_nothing_typed_lists_lessons_and_commands(course: Course) -> None:
    kinds = {entry.kind for entry in find(entries_of(course, commands()), "  ")}
    assert kinds == {Kind.LESSON, Kind.COMMAND}


def test_what_is_nowhere_is_not_found(course: Course) -> None:
    assert titles(course, "zzz") == []
