"""Another course: opened, kept apart, listed, found again; and what is none is refused while the open one stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tutor.authoring.course_source import PacksAndFolders
from tutor.authoring.packs import pack
from tutor.lessons.loader import load_course
from tutor.paths import Folders, course_folder
from tutor.session.events import (
    CourseOpened,
    CourseRefused,
    CoursesKnown,
    RunEnded,
    StepOpened,
    StepState,
    Trouble,
)
from tutor.session.start import open_session

RIGHT = "def add(a, b):\n    return a + b\n"
OTHER = "def add(a, b):\n    return b + a\n"


@pytest.fixture
def begin(small_course, places, heard_type):
    """Open a session on the small course, or with None where the learner left off."""
    opened = []

    def make(folder: Path | None = small_course):
        course = load_course(folder).value if folder else None
        heard = heard_type()
        session = open_session(heard, places, course=course, source=PacksAndFolders(places))
        opened.append(session)
        return session, heard

    yield make
    for session in opened:
        session.close()


@pytest.fixture
def other_course(small_course: Path, tmp_path: Path) -> Path:
    """A course with another id, whose lessons and steps have the same ids."""
    folder = Path(shutil.copytree(small_course, tmp_path / "trust" / "other"))
    file = folder / "course.yaml"
    text = (
        file.read_text(encoding="utf-8")
        .replace("id: small", "id: other")
        .replace("title: Small", "title: Other")
    )
    file.write_text(text, encoding="utf-8")
    return folder


def opened(session, heard, chosen: Path):
    session.courses.open(chosen)
    heard.wait(CourseOpened)
    return heard.wait(StepOpened).view


def refused(session, heard, chosen: Path) -> CourseRefused:
    before = session.course
    session.courses.open(chosen)
    told = heard.wait(CourseRefused)
    assert session.course is before
    return told


# -- kept apart


def test_what_is_done_in_one_course_says_nothing_about_another_with_the_same_ids(
    begin, other_course, small_course
):
    session, heard = begin()
    session.open("all-kinds", "add")
    session.settle()
    session.edit(RIGHT)
    session.check()
    session.settle()
    session.open("all-kinds", "talk")
    view = opened(session, heard, other_course)
    heard.all.clear()
    session.open("all-kinds", "add")
    session.settle()
    view = next(event.view for event in heard.all if isinstance(event, StepOpened))
    assert view.course.id == "other"
    assert view.program.endswith("...\n") and not view.draft_restored
    assert set(view.states) == {StepState.TO_DO}
    session.edit(OTHER)
    back = opened(session, heard, small_course)
    assert (back.course.id, back.step.id) == ("small", "talk")
    session.open("all-kinds", "add")
    while (view := heard.wait(StepOpened).view).step.id != "add":
        pass
    assert view.program == RIGHT


def test_what_is_typed_last_goes_to_the_course_it_was_typed_in(begin, other_course):
    session, heard = begin()
    session.open("all-kinds", "add")
    place = heard.wait(StepOpened).view.place
    session.courses.open(other_course)
    session.open("all-kinds", "add")
    session.settle()
    session.edit(
        RIGHT, place
    )  # two steps ago by now: it is nobody's any more, and above all not the other course's
    session.open("all-kinds", "talk")
    session.open("all-kinds", "add")
    session.settle()
    views = [event.view for event in heard.all if isinstance(event, StepOpened)]
    assert views[-1].course.id == "other"
    assert views[-1].program.endswith("...\n")


def test_late_keystrokes_of_a_step_with_the_same_id_are_kept_in_their_own_course(
    begin, other_course, small_course
):
    session, heard = begin(other_course)
    session.open("all-kinds", "begin")
    place = heard.wait(StepOpened).view.place
    opened(session, heard, small_course)
    session.edit("print('late')\n", place)
    again = opened(session, heard, other_course)
    assert (again.step.id, again.program) == ("begin", "print('late')\n")
    assert opened(session, heard, small_course).program != "print('late')\n"


# -- what is opened


def test_a_pack_is_unpacked_once_into_the_tutors_own_folder(begin, other_course, places: Folders, tmp_path):
    file = tmp_path / "Trust course.c4h"
    pack(other_course, file)
    session, heard = begin()
    assert opened(session, heard, file).course.id == "other"
    unpacked = session.course.folder
    assert unpacked.parent == places.courses
    opened(session, heard, course_folder())
    assert opened(session, heard, file).course.folder == unpacked
    assert len(list(places.courses.iterdir())) == 1


def test_a_chapter_or_the_folder_around_a_course_opens_the_course(begin, other_course):
    session, heard = begin()
    assert opened(session, heard, other_course / "first").course.id == "other"
    opened(session, heard, course_folder())
    assert opened(session, heard, other_course.parent).course.id == "other"
    assert opened(session, heard, other_course / "course.yaml").course.id == "other"


def test_the_learners_place_in_each_course_is_kept(begin, other_course, small_course):
    session, heard = begin()
    session.open("all-kinds", "gaps")
    session.settle()
    assert opened(session, heard, other_course).step.id == "begin"
    session.open("second")
    session.settle()
    assert opened(session, heard, small_course).step.id == "gaps"


# -- what is refused


def test_a_folder_without_a_course_says_what_to_choose(begin, tmp_path):
    session, heard = begin()
    session.open("all-kinds", "add")
    (tmp_path / "photos").mkdir()
    told = refused(session, heard, tmp_path / "photos")
    assert told.what == f"There is no course.yaml in {tmp_path / 'photos'}, so it is not a course."
    assert told.do == "Choose the folder that holds course.yaml, or a course pack (.c4h)."


def test_a_folder_with_a_pack_in_it_names_the_pack(begin, other_course, tmp_path):
    pack(other_course, tmp_path / "downloads" / "trust.c4h")
    session, heard = begin()
    assert "open the file trust.c4h" in refused(session, heard, tmp_path / "downloads").do


def test_several_courses_in_a_folder_are_named(begin, other_course, small_course, tmp_path):
    session, heard = begin()
    shutil.copytree(small_course, other_course.parent / "second")
    told = refused(session, heard, other_course.parent)
    assert "There are 2 courses in" in told.what and "other, second" in told.what


def test_a_file_that_is_no_pack_and_one_that_is_gone_are_told_apart(begin, tmp_path):
    session, heard = begin()
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert refused(session, heard, tmp_path / "notes.txt").what == "notes.txt is not a course."
    assert "cannot be found" in refused(session, heard, tmp_path / "gone.c4h").what
    (tmp_path / "bad.c4h").write_text("mine", encoding="utf-8")
    assert "this is no course pack, or it is damaged" in refused(session, heard, tmp_path / "bad.c4h").what


def test_a_course_with_mistakes_names_them_by_line(begin, other_course):
    file = other_course / "course.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("chapters:", "chaptrs:"), encoding="utf-8")
    session, heard = begin()
    told = refused(session, heard, other_course)
    assert told.do == "Mend what is named here, and open it again."
    assert any("course.yaml:9" in detail and "chaptrs" in detail for detail in told.details)


def test_a_broken_course_in_a_pack_leaves_nothing_behind(begin, other_course, places: Folders, tmp_path):
    file = other_course / "course.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("chapters:", "chaptrs:"), encoding="utf-8")
    pack(other_course, tmp_path / "bad.c4h")
    session, heard = begin()
    refused(session, heard, tmp_path / "bad.c4h")
    assert list(places.courses.iterdir()) == []


def test_a_course_whose_first_lesson_is_broken_opens_at_the_next(begin, other_course):
    (other_course / "first" / "01-all-kinds.yaml").write_text(
        "format: 1\nsteps: nonsense\n", encoding="utf-8"
    )
    session, heard = begin()
    assert opened(session, heard, other_course).lesson.id == "second"


# -- remembered


def known(session, heard) -> CoursesKnown:
    """The list as it is told when it is asked for now; what was told of an earlier one is passed over."""
    session.settle()
    session.courses.show()
    session.settle()
    wanted = [(one.folder, one.current) for one in session.courses.shown]
    while True:
        told = heard.wait(CoursesKnown)
        if [(one.folder, one.current) for one in told.courses] == wanted:
            return told


def test_courses_that_were_opened_are_listed_after_the_built_in_one_and_the_latest_is_first(
    begin, other_course, small_course
):
    session, heard = begin(None)
    opened(session, heard, small_course)
    opened(session, heard, other_course)
    listed = known(session, heard).courses
    assert [one.title for one in listed] == ["Code4Health", "Other", "Small"]
    assert [one.current for one in listed] == [False, True, False]
    assert listed[0].built_in


def test_the_next_start_opens_the_course_and_the_step_where_the_learner_was(begin, other_course):
    session, heard = begin(None)
    opened(session, heard, other_course)
    session.open("all-kinds", "gaps")
    session.settle()
    session.close()
    session, heard = begin(None)
    session.open()
    view = heard.wait(StepOpened).view
    assert (view.course.id, view.step.id) == ("other", "gaps")
    assert [one.title for one in known(session, heard).courses] == ["Code4Health", "Other"]


def test_after_the_built_in_course_was_opened_again_the_next_start_opens_it(begin, other_course):
    session, heard = begin(None)
    opened(session, heard, other_course)
    opened(session, heard, course_folder())
    session.close()
    session, heard = begin(None)
    session.open()
    assert heard.wait(StepOpened).view.course.folder == course_folder()


def test_a_course_that_is_gone_says_so_at_the_start_and_can_be_taken_off_the_list(begin, other_course):
    session, heard = begin(None)
    opened(session, heard, other_course)
    session.close()
    shutil.rmtree(other_course)
    session, heard = begin(None)
    session.open()
    told = heard.wait(Trouble)
    assert "The course Other, which was open last, cannot be opened now." in told.what
    assert heard.wait(StepOpened).view.course.folder == course_folder()
    listed = known(session, heard).courses
    assert [(one.title, one.found) for one in listed] == [("Code4Health", True), ("Other", False)]
    session.courses.drop(other_course)
    assert [one.title for one in known(session, heard).courses] == ["Code4Health"]
    session.close()
    session, heard = begin(None)
    assert [one.title for one in known(session, heard).courses] == ["Code4Health"]


def test_each_person_of_a_sign_in_has_a_list_and_a_course_of_their_own(begin, other_course):
    session, heard = begin(None)
    opened(session, heard, other_course)
    session.people.start_fresh("Tom")
    session.settle()
    assert session.course.folder == course_folder()
    assert [one.title for one in known(session, heard).courses] == ["Code4Health"]


def test_a_course_named_on_the_command_line_is_listed_and_the_next_start_is_as_before(begin, small_course):
    session, heard = begin(small_course)
    session.open()
    assert [one.title for one in known(session, heard).courses][1:] == ["Small"]
    session.close()
    session, heard = begin(None)
    session.open()
    assert heard.wait(StepOpened).view.course.folder == course_folder()


# -- one's own copy


def test_a_copy_opens_at_its_own_first_lesson_and_is_found_again_at_the_next_start(
    begin, other_course, tmp_path
):
    session, heard = begin(None)
    opened(session, heard, other_course)
    session.courses.make_own_copy(tmp_path / "documents")
    event = heard.wait(CourseOpened)
    view = heard.wait(StepOpened).view
    assert event.copied
    own = view.lesson.id
    assert own.startswith("our-first-lesson-")
    assert [lesson.id for lesson in session.course.lessons] == ["all-kinds", "second", own]
    session.close()
    session, heard = begin(None)
    session.open()
    assert heard.wait(StepOpened).view.lesson.id == own


def test_a_copy_is_refused_in_the_course_itself_and_the_course_stays_open(begin, other_course):
    session, heard = begin(other_course)
    session.courses.make_own_copy(other_course / "first")
    assert "is part of a course already" in heard.wait(CourseRefused).what
    assert session.course.id == "other"


# -- the scratch program


def test_the_scratch_program_runs_is_kept_and_next_goes_back_to_the_lesson(begin):
    session, heard = begin()
    session.open("all-kinds", "gaps")
    session.open_scratch()
    while not (view := heard.wait(StepOpened).view).is_scratch:
        pass
    assert view.filename == "scratch.py"
    session.edit("print(6 * 7)\n", view.place)
    session.run()
    assert heard.wait(RunEnded).result.stdout.strip() == "42"
    assert [kept.text for kept in session.history()] == ["print(6 * 7)\n"]
    session.next()
    assert heard.wait(StepOpened).view.step.id == "gaps"
    session.close()
    session, heard = begin()
    session.open()
    assert heard.wait(StepOpened).view.step.id == "gaps"
    session.open_scratch()
    assert heard.wait(StepOpened).view.program == "print(6 * 7)\n"


def test_the_scratch_program_is_the_same_in_every_course(begin, other_course):
    session, heard = begin()
    session.open_scratch()
    session.edit("mine = 1\n", heard.wait(StepOpened).view.place)
    opened(session, heard, other_course)
    session.open_scratch()
    assert heard.wait(StepOpened).view.program == "mine = 1\n"


# -- tracks


def test_the_track_is_kept_for_each_course(begin, other_course, small_course):
    session, heard = begin(None)
    opened(session, heard, small_course)
    session.courses.choose_track("short")
    opened(session, heard, other_course)
    assert session.courses.track == ""
    session.close()
    session, heard = begin(None)
    opened(session, heard, small_course)
    assert session.courses.track == "short"
