"""Courses: the index of headings, broken lessons, `extends`, tracks."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tutor.lessons import index
from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import Course

LESSON = "format: 1\ntitle: {title}\nsteps:\n  - {{kind: read, id: one, text: Hello}}\n"


def _course(
    folder: Path, course_id: str, lessons: dict[str, str], extra: str = "", chapter: str = "first"
) -> Path:
    (folder / "01").mkdir(parents=True)
    names = ", ".join(lessons)
    (folder / "course.yaml").write_text(
        f"format: 1\nid: {course_id}\ntitle: {course_id}\n{extra}"
        f"chapters:\n  - {{id: {chapter}, title: C, folder: '01', lessons: [{names}]}}\n",
        encoding="utf-8",
    )
    for name, text in lessons.items():
        (folder / "01" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def _value(folder: Path, **options: object) -> Course:
    loaded = load_course(folder, **options)  # type: ignore[arg-type]
    assert loaded.value is not None, loaded.problems
    return loaded.value


@pytest.fixture
def course(tmp_path: Path) -> Path:
    lessons = {"01-a": LESSON.format(title="A"), "02-b": LESSON.format(title="B")}
    return _course(tmp_path / "course", "base", lessons)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lesson files that the index had to read."""
    read: list[str] = []
    original = index.read_lesson

    def counting(path: Path) -> object:
        read.append(path.name)
        return original(path)

    monkeypatch.setattr(index, "read_lesson", counting)
    return read


def test_the_second_start_reads_no_lesson(course: Path, tmp_path: Path, reads: list[str]) -> None:
    first = _value(course, cache=tmp_path / "cache")
    assert reads == ["01-a.yaml", "02-b.yaml"]
    second = _value(course, cache=tmp_path / "cache")
    assert reads == ["01-a.yaml", "02-b.yaml"]
    assert second == first


def test_only_a_changed_lesson_is_read_again(course: Path, tmp_path: Path, reads: list[str]) -> None:
    _value(course, cache=tmp_path / "cache")
    reads.clear()
    (course / "01" / "02-b.yaml").write_text(LESSON.format(title="Changed"), encoding="utf-8")
    assert [lesson.title for lesson in _value(course, cache=tmp_path / "cache").lessons] == ["A", "Changed"]
    assert reads == ["02-b.yaml"]


def test_a_lesson_of_the_same_size_is_read_again_for_its_time(course: Path, tmp_path: Path) -> None:
    file = course / "01" / "02-b.yaml"
    _value(course, cache=tmp_path / "cache")
    file.write_text(LESSON.format(title="C"), encoding="utf-8")
    os.utime(file, ns=(0, 1))
    assert _value(course, cache=tmp_path / "cache").lessons[1].title == "C"


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": 1}',
        '{"format": 1, "tutor": "0", "lessons": {}}',
        "[" * 100_000,
        "\x00\xff",
    ],
)
def test_a_damaged_index_is_made_again(damage: str, course: Path, tmp_path: Path) -> None:
    before = _value(course, cache=tmp_path / "cache")
    (file,) = (tmp_path / "cache").glob("*.json")
    file.write_text(damage, encoding="latin-1")
    assert _value(course, cache=tmp_path / "cache") == before


def test_a_damaged_entry_of_the_index_is_made_again(course: Path, tmp_path: Path) -> None:
    before = _value(course, cache=tmp_path / "cache")
    (file,) = (tmp_path / "cache").glob("*.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    for entry in data["lessons"].values():
        entry["heading"]["steps"] = [["only an id"]]
    file.write_text(json.dumps(data), encoding="utf-8")
    assert _value(course, cache=tmp_path / "cache") == before


def test_a_cache_that_cannot_be_written_is_no_trouble(course: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands in the way", encoding="utf-8")
    assert len(_value(course, cache=tmp_path / "cache").lessons) == 2


def test_a_broken_lesson_has_a_heading_with_its_id(course: Path, tmp_path: Path) -> None:
    file = course / "01" / "02-b.yaml"
    file.write_text("format: 1\nid: other-id\ntitle: Still: broken\nsteps: [\n", encoding="utf-8")
    heading = _value(course).lessons[1]
    assert heading.broken
    assert heading.id == "other-id"
    assert load_lesson(file).value is None


def test_missing_files_are_named(course: Path) -> None:
    (course / "01" / "02-b.yaml").rename(course / "01" / "02-bb.yaml")
    loaded = load_course(course)
    assert loaded.value is None
    problem = loaded.problems[0]
    assert (problem.problem, problem.hint) == ("there is no file `01/02-b.yaml`", "did you mean `02-bb`?")
    assert (problem.place.line, problem.where) == (5, "chapter first")


def test_two_lessons_of_one_id_are_named(course: Path) -> None:
    (course / "01" / "02-b.yaml").write_text(LESSON.format(title="B") + "id: a\n", encoding="utf-8")
    assert load_course(course).problems[0].problem == "the lessons `01-a` and `02-b` have the same id `a`"


def test_a_folder_without_a_course_is_a_problem(tmp_path: Path) -> None:
    loaded = load_course(tmp_path)
    assert loaded.value is None
    assert loaded.problems[0].problem == "there is no such file"


def test_an_extension_replaces_lessons_in_place_and_adds_others(course: Path, tmp_path: Path) -> None:
    lessons = {"10-a": LESSON.format(title="Our A"), "11-new": LESSON.format(title="New")}
    ours = _course(
        tmp_path / "ours", "ours", lessons, "extends: base\ntracks: [{id: t, title: T, lessons: [b, new]}]\n"
    )
    merged = _value(ours, installed=[course, tmp_path / "nothing"])
    assert (merged.id, merged.extends) == ("ours", "base")
    assert (merged.progress_id, _value(course).progress_id) == ("base", "base")
    assert [(one.id, one.title) for one in merged.lessons] == [("a", "Our A"), ("b", "B"), ("new", "New")]
    assert [chapter.id for chapter in merged.chapters] == ["first"]
    heading = merged.heading("a")
    assert heading is not None
    assert heading.path == ours / "01" / "10-a.yaml"


def test_an_extension_can_add_a_chapter(course: Path, tmp_path: Path) -> None:
    ours = _course(tmp_path / "ours", "ours", {"01-x": LESSON.format(title="X")}, "extends: base\n", "local")
    assert [chapter.id for chapter in _value(ours, installed=[course]).chapters] == ["first", "local"]


def test_what_is_done_is_kept_under_the_id_at_the_end_of_a_chain(course: Path, tmp_path: Path) -> None:
    trust = _course(tmp_path / "trust", "trust", {"01-x": LESSON.format(title="X")}, "extends: base\n")
    ward = _course(tmp_path / "ward", "ward", {"01-y": LESSON.format(title="Y")}, "extends: trust\n")
    merged = _value(ward, installed=[course, trust])
    assert [one.id for one in merged.lessons] == ["a", "b", "x", "y"]
    assert (merged.id, merged.extends, merged.progress_id) == ("ward", "trust", "base")


def test_a_course_to_extend_that_is_not_installed_is_named(course: Path, tmp_path: Path) -> None:
    ours = _course(tmp_path / "ours", "ours", {"01-x": LESSON.format(title="X")}, "extends: bse\n")
    loaded = load_course(ours, installed=[course])
    assert loaded.value is None
    assert (loaded.problems[0].problem, loaded.problems[0].hint) == (
        "no installed course has the id `bse`",
        "did you mean `base`?",
    )


def test_courses_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    one = _course(tmp_path / "one", "one", {"01-x": LESSON.format(title="X")}, "extends: two\n")
    two = _course(tmp_path / "two", "two", {"01-y": LESSON.format(title="Y")}, "extends: one\n")
    loaded = load_course(one, installed=[one, two])
    assert loaded.value is None
    assert any("in a ring" in problem.problem for problem in loaded.problems)


def test_a_course_can_be_moved_with_its_index(course: Path, tmp_path: Path) -> None:
    _value(course, cache=tmp_path / "cache")
    moved = tmp_path / "moved"
    shutil.copytree(course, moved)
    assert _value(moved, cache=tmp_path / "cache").lessons[0].path == moved / "01" / "01-a.yaml"
