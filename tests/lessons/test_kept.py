"""Courses and lessons kept as they were read: the same as from YAML, and never older than the files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tutor.lessons.kept import Kept, same
from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import Course, Lesson, Rule

LONG_AGO = time.time() - 3600


def rules_of(folder: Path) -> Mapping[str, Rule]:
    loaded = load_course(folder)
    assert loaded.value is not None
    return loaded.value.rules


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """A copy of the shipped course whose files have lain there for an hour."""
    copy = tmp_path / "course"
    shutil.copytree(root / "lessons", copy)
    age(copy)
    return copy


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "cache", rules_of)


def age(folder: Path) -> None:
    for file in folder.rglob("*"):
        os.utime(file, (LONG_AGO, LONG_AGO))


def read(folder: Path) -> Course:
    course = load_course(folder).value
    assert course is not None
    return course


def lesson_of(course: Course, lesson_id: str) -> Lesson:
    heading = course.heading(lesson_id)
    assert heading is not None
    lesson = load_lesson(heading.path, course).value
    assert lesson is not None
    return lesson


def first(course: Course) -> Lesson:
    return lesson_of(course, course.lessons[0].id)


def test_a_course_comes_back_as_it_was_read(folder: Path, kept: Kept) -> None:
    course = read(folder)
    assert kept.course(folder) is None
    kept.keep_course(course)
    again = kept.course(folder)
    assert again is not None
    assert again.rules.keys() == course.rules.keys()
    for name in course.__struct_fields__:
        if name != "rules":
            assert same(getattr(again, name), getattr(course, name)), name


def test_every_lesson_comes_back_as_it_was_read_or_not_at_all(folder: Path, kept: Kept) -> None:
    course = read(folder)
    came_back = 0
    for heading in course.lessons:
        lesson = lesson_of(course, heading.id)
        kept.keep_lesson(lesson, course)
        again = kept.lesson(heading.path, course)
        assert again is None or same(again, lesson), heading.id
        came_back += again is not None
    assert came_back > len(course.lessons) * 0.9


@pytest.mark.parametrize("changed", ["course.yaml", "glossary.yaml", "rules.yaml"])
def test_a_course_whose_file_changed_is_read_again(folder: Path, kept: Kept, changed: str) -> None:
    kept.keep_course(read(folder))
    assert kept.course(folder) is not None
    (folder / changed).touch()
    assert kept.course(folder) is None


def test_a_course_with_a_lesson_that_changed_or_went_is_read_again(folder: Path, kept: Kept) -> None:
    course = read(folder)
    kept.keep_course(course)
    lesson = course.lessons[3].path
    lesson.write_text(lesson.read_text("utf-8") + "\n", "utf-8")
    os.utime(lesson, (LONG_AGO, LONG_AGO))  # even where only its size tells
    assert kept.course(folder) is None
    lesson.unlink()
    assert kept.course(folder) is None


def test_a_lesson_is_read_again_when_it_or_what_it_names_has_changed(folder: Path, kept: Kept) -> None:
    course = read(folder)
    lesson = next(
        one
        for heading in course.lessons
        if (one := lesson_of(course, heading.id)) and any(getattr(step, "files", ()) for step in one.steps)
    )
    data = next(file for step in lesson.steps for file in getattr(step, "files", ()))
    for file in (lesson.path, data, folder / "rules.yaml"):
        kept.keep_lesson(lesson, course)
        assert kept.lesson(lesson.path, course) is not None
        file.touch()
        assert kept.lesson(lesson.path, course) is None
        age(folder)


def test_what_was_written_a_moment_ago_is_not_kept(folder: Path, kept: Kept) -> None:
    """It may be written again within the same tick of the disk's clock."""
    course = read(folder)
    course.lessons[0].path.touch()
    kept.keep_course(course)
    kept.keep_lesson(first(course), course)
    assert kept.course(folder) is None
    assert kept.lesson(course.lessons[0].path, course) is None


def test_a_damaged_or_foreign_file_counts_as_none(folder: Path, kept: Kept, tmp_path: Path) -> None:
    course = read(folder)
    kept.keep_course(course)
    (file,) = (tmp_path / "cache").glob("*")
    whole = file.read_bytes()
    for damaged in (b"", b"\x00", whole[:-7], whole.replace(b"Course", b"Lesson"), b"\x91" * 5000, os.urandom(300)):
        file.write_bytes(damaged)
        assert kept.course(folder) is None
    file.write_bytes(whole)
    assert kept.course(folder) is not None


def test_nothing_is_kept_where_there_is_no_cache_or_it_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    course = read(folder)
    (tmp_path / "no-folder").write_text("a file")
    for cache in (None, tmp_path / "no-folder"):
        kept = Kept(cache, rules_of)
        kept.keep_course(course)
        kept.keep_lesson(first(course), course)
        assert kept.course(folder) is None
        assert kept.lesson(course.lessons[0].path, course) is None


def test_a_second_start_reads_no_yaml(root: Path, tmp_path: Path) -> None:
    """Seen in a process of its own: PyYAML and all that knows the lesson format are not even loaded."""
    program = (
        "import sys, threading\n"
        "from pathlib import Path\n"
        "from tutor.paths import folders\n"
        "from tutor.session.events import StepOpened\n"
        "from tutor.session.start import open_session\n"
        "seen = []\n"
        "session = open_session(seen.append, folders(Path(sys.argv[1])))\n"
        "session.open()\n"
        "session.read_ahead()\n"
        "assert session.settle(60)\n"
        "cache = folders(Path(sys.argv[1])).cache\n"
        "while len(list(cache.glob('read-*.msgpack'))) < 2:\n"  # the course, and the lesson: kept in the background
        "    threading.Event().wait(0.05)\n"
        "session.close()\n"
        "assert any(isinstance(one, StepOpened) for one in seen), seen\n"
        "print(sorted({'yaml', 'tutor.lessons.format_lesson'} & set(sys.modules)))\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path)], cwd=root, capture_output=True, text=True, check=True, timeout=120
        ).stdout.strip()
        for _start in range(2)
    ]
    assert said == ["['tutor.lessons.format_lesson', 'yaml']", "[]"]


def test_a_set_is_the_same_in_whatever_order_it_stands() -> None:
    one, other = frozenset([0, 8]), frozenset([8, 0])
    assert repr(one) != repr(other), "else this shows nothing"
    assert same({"a": [one]}, {"a": [other]})
    assert not same(frozenset([1]), frozenset([True]))


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, 1.0), (1, True), ([1], (1,)), ({"a": 1}, {"a": 1.0}), ("1", 1), ([1], [1, 2]), (Decimal(1), 1)],
)
def test_what_messagepack_does_not_tell_apart_is_told_apart(one: object, other: object) -> None:
    assert not same(one, other)
    assert same(one, one)
