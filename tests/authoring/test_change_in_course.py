"""Change it in my course: a lesson of the extended course is copied whole, or nothing is."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tutor.authoring.change_in_course import Changeable, change_in_course
from tutor.authoring.lint import lint
from tutor.authoring.own_copy import make_own_copy
from tutor.errors import UsageError
from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import Course
from tutor.runner.runner import Runner

PICTURE = b"\x89PNG\r\n\x1a\n not looked at"


def read(folder: Path, *installed: Path) -> Course:
    loaded = load_course(folder, installed=installed)
    assert loaded.value is not None, loaded.problems
    return loaded.value


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def parts(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*")}


@pytest.fixture
def base(course: Path) -> Path:
    """A course whose lesson has answers, two data files and a picture."""
    lesson = course / "01-first" / "01-add.yaml"
    text = lesson.read_text(encoding="utf-8")
    text = text.replace("    text: Write", "    files: [../data/all.csv, data/some.csv]\n    text: Write")
    text = text.replace("It gives their sum.", 'It gives their sum. ![A "plus"](media/plus%20sign.png)')
    lesson.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    lesson.with_suffix(".answers.yaml").write_text("add: {right: [add = sum]}\n", encoding="utf-8")
    for file in ("data/all.csv", "01-first/data/some.csv"):
        (course / file).parent.mkdir(exist_ok=True)
        (course / file).write_text("a,b\n1,2\n", encoding="utf-8")
    (course / "01-first" / "media").mkdir()
    (course / "01-first" / "media" / "plus sign.png").write_bytes(PICTURE)
    (course / "01-first" / "media" / "not-shown.png").write_bytes(PICTURE)
    return course


@pytest.fixture
def own(base: Path, tmp_path: Path) -> Path:
    return make_own_copy(read(base), tmp_path / "Übungen für Ärzte")


def change(own: Path, base: Path) -> Changeable:
    return change_in_course(read(own, base), "add")


def test_the_lesson_comes_byte_for_byte_with_answers_data_and_pictures_to_the_same_places(
    own: Path, base: Path
) -> None:
    before, source = files(own), files(base)
    made = change(own, base)
    after = files(own)
    assert made == Changeable(own / "01-first" / "01-add.yaml")
    new = {name: data for name, data in after.items() if name not in before}
    assert new == {
        name: source[name]
        for name in (
            "01-first/01-add.answers.yaml",
            "01-first/01-add.yaml",
            "01-first/data/some.csv",
            "01-first/media/plus sign.png",
            "data/all.csv",
        )
    }
    assert {name for name in before if before[name] != after[name]} == {"course.yaml"}
    assert files(base) == source


def test_it_takes_the_place_of_the_other_lesson_under_its_id(own: Path, base: Path) -> None:
    change(own, base)
    course = read(own, base)
    assert [lesson.path.stem for lesson in course.lessons] == ["01-add", "01-our-first-lesson"]
    heading = course.heading("add")
    assert heading is not None and heading.path == own / "01-first" / "01-add.yaml"
    assert [(chapter.id, chapter.title) for chapter in course.chapters][0] == ("first", "First")
    lesson = load_lesson(heading.path, course)
    assert lesson.errors == ()


def test_course_yaml_keeps_its_text_its_remarks_and_its_line_ends(own: Path, base: Path) -> None:
    outline = own / "course.yaml"
    text = outline.read_text(encoding="utf-8") + "\n# at the end\npages: []\n"
    outline.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    change(own, base)
    chapter = (
        "  - id: first\r\n    title: First\r\n    folder: 01-first\r\n    lessons:\r\n      - 01-add\r\n"
    )
    before = text.replace("\n", "\r\n")
    at = before.index("\r\n# at the end")
    assert outline.read_bytes().decode("utf-8-sig") == before[:at] + chapter + before[at:]
    assert outline.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("chapter", ["{id: first, folder: elsewhere", "{id: mine, folder: 01-first"])
def test_a_chapter_that_is_there_under_its_id_or_folder_takes_the_lesson(
    own: Path, base: Path, chapter: str
) -> None:
    outline = own / "course.yaml"
    text = outline.read_text(encoding="utf-8")
    mine = f"  - {chapter}, title: Mine, lessons: [09-other]}}\n"
    outline.write_text(text + mine, encoding="utf-8")
    folder = own / ("elsewhere" if "elsewhere" in chapter else "01-first")
    folder.mkdir()
    other = (base / "01-first" / "01-add.yaml").read_text(encoding="utf-8-sig")
    (folder / "09-other.yaml").write_text(
        other.replace("id: add\n", "id: other\n", 1).partition("files:")[0], encoding="utf-8"
    )
    made = change(own, base)
    assert made.file == folder / "01-add.yaml"
    assert outline.read_text(encoding="utf-8") == text + mine.replace("09-other", "09-other, 01-add")


def test_what_is_there_with_other_contents_stays_and_is_told(own: Path, base: Path) -> None:
    (own / "data").mkdir()
    (own / "data" / "all.csv").write_text("mine", encoding="utf-8")
    (own / "01-first" / "data").mkdir(parents=True)
    same = own / "01-first" / "data" / "some.csv"
    same.write_bytes((base / "01-first" / "data" / "some.csv").read_bytes())
    made = change(own, base)
    assert made.kept == (own / "data" / "all.csv",)
    assert (own / "data" / "all.csv").read_text(encoding="utf-8") == "mine"
    assert made.file.is_file()


def test_a_copy_that_was_changed_by_hand_and_not_yet_named_is_kept_and_named(own: Path, base: Path) -> None:
    file = own / "01-first" / "01-add.yaml"
    file.parent.mkdir()
    mine = (base / "01-first" / "01-add.yaml").read_text(encoding="utf-8-sig").replace("two numbers", "both")
    file.write_text(mine, encoding="utf-8")
    made = change(own, base)
    assert made.kept == (file,)
    assert file.read_text(encoding="utf-8") == mine
    assert read(own, base).heading("add").title == "Add both"  # type: ignore[union-attr]


def test_another_lesson_under_its_file_name_is_left_and_the_way_out_is_said(own: Path, base: Path) -> None:
    file = own / "01-first" / "01-add.yaml"
    file.parent.mkdir()
    file.write_text("format: 1\nid: quite-another\n", encoding="utf-8")
    before = files(own)
    with pytest.raises(UsageError, match=r"another lesson in 01-first/01-add\.yaml"):
        change(own, base)
    assert files(own) == before


def test_a_lesson_of_ones_own_is_not_copied(own: Path, base: Path) -> None:
    course = read(own, base)
    with pytest.raises(UsageError, match="in your own course already"):
        change_in_course(course, course.lessons[-1].id)


def test_a_course_file_that_cannot_be_added_to_changes_nothing_and_says_what_to_write(
    own: Path, base: Path
) -> None:
    outline = own / "course.yaml"
    text = outline.read_text(encoding="utf-8")
    head = text.partition("chapters:")[0]
    flow = "[{id: our-lessons, title: Ours, folder: 01-our-lessons, lessons: [01-our-first-lesson]}]"
    outline.write_text(f"{head}chapters: {flow}\n", encoding="utf-8")
    before = parts(own)
    with pytest.raises(UsageError, match="Add the chapter first, with its folder 01-first"):
        change(own, base)
    assert parts(own) == before


@pytest.mark.parametrize("blocked", ["data", "01-first/media", "course.yaml"])
def test_a_failure_half_way_leaves_everything_as_it_was(
    own: Path, base: Path, blocked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if blocked == "course.yaml":  # the last one to be written
        monkeypatch.setattr("tutor.files._replace", _refuses(own / blocked))
    else:
        (own / blocked).parent.mkdir(exist_ok=True)
        (own / blocked).write_text("a file where a folder is wanted", encoding="utf-8")
    before, there = files(own), parts(own)
    with pytest.raises(OSError):
        change(own, base)
    assert (files(own), parts(own)) == (before, there)


def _refuses(refused: Path) -> Callable[[Path, Path], None]:
    def replace(source: Path, target: Path) -> None:
        if target == refused:
            raise PermissionError(13, "Permission denied", str(target))
        source.replace(target)

    return replace


@pytest.fixture
def closed(base: Path, own: Path) -> Iterator[Course]:
    """One's own course in a folder that the present user may read and not write, whoever that is."""
    top = Path(tempfile.mkdtemp(prefix="read-only-"))
    top.chmod(0o755)
    shutil.copytree(base, top / "base")
    course = read(Path(shutil.copytree(own, top / "own")), top / "base")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    (top / "own").chmod(0o555)
    if root:
        os.seteuid(65534)
    yield course
    if root:
        os.seteuid(0)
    (top / "own").chmod(0o755)
    shutil.rmtree(top)


@pytest.mark.skipif(os.name == "nt", reason="folders are closed to writing in other ways on Windows")
def test_in_a_folder_that_can_only_be_read_nothing_is_made(closed: Course) -> None:
    before, there = files(closed.folder), parts(closed.folder)
    with pytest.raises(PermissionError):
        change_in_course(closed, "add")
    assert (files(closed.folder), parts(closed.folder)) == (before, there)


@pytest.mark.long
def test_lessons_of_the_shipped_course_are_clean_after_it(
    root: Path, tmp_path: Path, tutor: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    shipped = root / "lessons"
    own = make_own_copy(read(shipped), tmp_path / "Übungen")
    for name in ("06-audit-tool", "01-read-a-file", "02-one-line-after-another"):
        course = read(own, shipped)
        heading = next(one for one in course.lessons if one.path.stem == name)
        made = change_in_course(course, heading.id)
        assert made.kept == ()
        assert made.file.read_bytes() == heading.path.read_bytes()
    done = tutor("lint", own, "--no-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 lessons" in done.stdout and "no problem" in done.stdout


@pytest.mark.long
def test_what_such_a_lesson_promises_is_proved_in_its_new_place(
    root: Path, tmp_path: Path, runner: Runner
) -> None:
    shipped = root / "lessons"
    own = make_own_copy(read(shipped), tmp_path / "Übungen")
    course = read(own, shipped)
    heading = next(one for one in course.lessons if one.path.stem == "01-read-a-file")
    change_in_course(course, heading.id)
    report = lint([own], run=runner.run, installed=[shipped])
    assert report.problems == ()
    assert report.lessons == 2
