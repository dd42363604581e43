"""Another course, recent ones, one's own copy and the scratch program: real widgets, real keys, real files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from tutor.authoring.packs import pack
from tutor.lessons.model import Course
from tutor.paths import course_folder
from tutor.ui.hands import Hands

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COURSE = Path(__file__).parent / "course"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A second course on a drive of its own; its lessons and steps have the ids of the first."""
    folder = Path(shutil.copytree(COURSE, tmp_path / "drive" / "trust"))
    file = folder / "course.yaml"
    text = file.read_text(encoding="utf-8").replace("id: ui-course", "id: trust")
    file.write_text(text.replace("title: A course for the window", "title: Our trust"), encoding="utf-8")
    assert "id: trust" in file.read_text(encoding="utf-8")
    return folder


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def title(hands: Hands) -> str:
    view = hands.opened.wiring.view
    return view.course.title if view else ""


def step_id(hands: Hands) -> str:
    view = hands.opened.wiring.view
    return view.step.id if view else ""


def is_scratch(hands: Hands) -> bool:
    view = hands.opened.wiring.view
    return view is not None and view.is_scratch


def open_panel(hands: Hands) -> None:
    hands.press(Qt.Key.Key_O, CTRL | SHIFT)
    panel = hands.window.courses_panel
    hands.wait(lambda: panel.isVisible() and (panel.open_buttons or panel.drop_buttons), "courses are listed")


def answer_dialog(hands: Hands, target: Path) -> None:
    """Type a path into the dialog that is open, and press Enter."""
    hands.wait(lambda: hands.opened.courses.dialog is not None, "the dialog opens")
    dialog = hands.opened.courses.dialog
    hands.opened.courses.dialog = None
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    hands.type(str(target))
    hands.press(Qt.Key.Key_Return)
    hands.window.activateWindow()  # as the window manager does, which the offscreen platform has not
    hands.wait(hands.window.isActiveWindow, "the window is the active one again")


def search(hands: Hands, words: str) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type(words)
    hands.press(Qt.Key.Key_Return)


def open_other(hands: Hands, other: Path) -> None:
    search(hands, "open a course folder")
    answer_dialog(hands, other)
    hands.wait(lambda: title(hands) == "Our trust", "the other course opens")


# ------------------------------------------------------------------------------------------------------ another course


def test_a_course_folder_is_found_by_searching_and_opens_with_a_word_about_the_place_that_is_kept(
    hands: Hands, other: Path
) -> None:
    open_other(hands, other)
    assert step_id(hands) == "reading"
    lesson = hands.window.lesson
    assert lesson.resume.isVisible()
    assert lesson.resume_words == "Our trust is open now. Your place in A course for the window is kept."
    assert hands.work.editor.isAncestorOf(focused())
    hands.press(Qt.Key.Key_O, CTRL)
    assert hands.window.outline.accessibleName() == "Course outline"
    assert [row.lesson.done for row in hands.window.outline.rows] == [0, 0, 0]
    hands.press(Qt.Key.Key_Escape)
    hands.next()
    assert not lesson.resume.isVisible()


def test_a_pack_is_opened_from_the_panel(hands: Hands, other: Path, tmp_path: Path) -> None:
    pack(other, tmp_path / "trust.c4h")
    open_panel(hands)
    hands.click(hands.window.courses_panel.pack)
    answer_dialog(hands, tmp_path / "trust.c4h")
    hands.wait(lambda: title(hands) == "Our trust", "the course opens")
    assert not hands.window.courses_panel.isVisible()
    assert hands.opened.session.course.folder.parent == hands.opened.navigation.folders.courses


def test_what_is_typed_in_one_course_is_there_again_and_never_in_the_other(hands: Hands, other: Path) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "mine = 1\n")
    open_other(hands, other)
    hands.open("every-kind", "writing")
    assert "mine" not in hands.work.editor.text()
    hands.press(Qt.Key.Key_Z, CTRL)
    assert "mine" not in hands.work.editor.text()
    hands.type_program(hands.work.editor, "theirs = 2\n")
    open_panel(hands)
    hands.click(hands.window.courses_panel.open_buttons[COURSE])
    hands.wait(lambda: title(hands) == "A course for the window", "the first course is back")
    assert step_id(hands) == "writing"
    assert hands.work.editor.text() == "mine = 1\n"


def test_what_is_no_course_is_said_in_place_and_the_open_course_and_its_program_stay(
    hands: Hands, tmp_path: Path
) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "mine = 1\n")
    (tmp_path / "photos").mkdir()
    open_panel(hands)
    panel = hands.window.courses_panel
    hands.click(panel.folder)
    answer_dialog(hands, tmp_path / "photos")
    hands.wait(lambda: len(panel.said) > 1, "the refusal is told")
    assert panel.said == (
        f"There is no course.yaml in {tmp_path / 'photos'}, so it is not a course.",
        "Choose the folder that holds course.yaml, or a course pack (.c4h). The course that was open stays open.",
    )
    assert panel.message is not None and panel.message.accessibleName() == " ".join(panel.said)
    hands.wait(lambda: focused() is panel.folder, "the keyboard is where one tries again")
    assert QApplication.activeModalWidget() is None
    hands.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert hands.work.editor.text() == "mine = 1\n"
    assert title(hands) == "A course for the window"
    hands.run()
    hands.wait_for_end()


@pytest.mark.parametrize("height", [420, 768])
def test_the_panel_is_never_squeezed(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path, height: int
) -> None:
    hands = open_on(course, width=700, height=height)
    hands.open()
    open_panel(hands)
    panel = hands.window.courses_panel
    hands.opened.courses.open(tmp_path / "a folder with a long name that is not there")
    hands.wait(lambda: len(panel.said) > 1, "the refusal is told")
    page = panel.contents.widget()
    assert page is not None
    labels = [label for label in page.findChildren(QLabel) if label.wordWrap()]
    assert labels and all(label.isVisible() for label in labels)
    assert [label.text() for label in labels if label.height() < label.heightForWidth(label.width())] == []


def test_the_mistakes_of_a_course_are_named_with_their_lines(hands: Hands, other: Path) -> None:
    file = other / "course.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("chapters:", "chaptrs:"), encoding="utf-8")
    hands.opened.courses.open(other)
    panel = hands.window.courses_panel
    hands.wait(lambda: len(panel.said) > 1, "the refusal is told")
    assert panel.isVisible()
    assert any("course.yaml:" in line and "chaptrs" in line for line in panel.said)


@pytest.mark.parametrize("onto", ["window", "editor"])
def test_a_course_folder_is_dropped_onto_the_window_or_the_editor(
    hands: Hands, other: Path, onto: str
) -> None:
    target: QWidget = hands.window if onto == "window" else hands.work.editor.drop_targets[-1]
    before = hands.work.editor.text()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(other))])
    data.setText(str(other))
    place, action, mouse = QPoint(20, 20), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place, action, data, mouse, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    drop = QDropEvent(place.toPointF(), action, data, mouse, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, drop)
    assert drop.isAccepted()
    hands.wait(lambda: title(hands) == "Our trust", "the course opens")
    assert before == 'print("Bed 1")\n'
    assert str(other) not in hands.work.editor.text()


def test_text_that_is_dragged_is_left_to_the_editor(hands: Hands) -> None:
    data = QMimeData()
    data.setText("beds")
    event = QDragEnterEvent(
        QPoint(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(hands.window, event)
    assert not event.isAccepted()


# ------------------------------------------------------------------------------------------------------- recent courses


def test_recent_courses_are_listed_found_by_searching_and_open_at_the_next_start(
    open_on: Callable[..., Hands], other: Path
) -> None:
    hands = open_on(None)
    hands.open()
    open_other(hands, other)
    hands.open("every-kind", "pick-one")
    hands.window.close()
    again = open_on(None)
    again.opened.wiring.start()
    again.wait(lambda: step_id(again) == "pick-one", "the course opens where it was left")
    assert title(again) == "Our trust"
    assert "You were here: step 4 of 10." in again.window.lesson.resume_words
    search(again, "open the course code4health")
    again.wait(lambda: title(again) == "Code4Health", "the built-in course opens")
    open_panel(again)
    panel = again.window.courses_panel
    assert list(panel.open_buttons) == [other]
    assert panel.open_buttons[other].accessibleName() == "Open the course Our trust"
    again.wait(lambda: focused() is panel.open_buttons[other], "the keyboard is on the recent course")
    again.press(Qt.Key.Key_Space)
    again.wait(lambda: title(again) == "Our trust", "the recent course opens")


def test_recent_courses_are_found_by_searching_before_the_panel_was_ever_opened(
    open_on: Callable[..., Hands], other: Path
) -> None:
    hands = open_on(None)
    hands.open()
    open_other(hands, other)
    search(hands, "open the course code4health")
    hands.wait(lambda: title(hands) == "Code4Health", "the built-in course opens")
    hands.window.close()
    again = open_on(None)
    again.open()
    search(again, "our trust")
    again.wait(lambda: title(again) == "Our trust", "the recent course opens")


def test_a_course_that_is_gone_says_so_and_is_taken_off_the_list(
    open_on: Callable[..., Hands], other: Path
) -> None:
    hands = open_on(None)
    hands.open()
    open_other(hands, other)
    hands.window.close()
    shutil.rmtree(other)
    again = open_on(None)
    again.opened.wiring.start()
    again.wait(lambda: title(again) == "Code4Health", "the built-in course opens instead")
    assert again.window.trouble.isVisible()
    assert (
        "Our trust, which was open last, cannot be opened now."
        in again.window.trouble.accessibleDescription()
    )
    open_panel(again)
    panel = again.window.courses_panel
    again.wait(lambda: other not in panel.open_buttons, "the drive was asked, and has it no more")
    gone = panel.drop_buttons[other]
    assert gone.accessibleName() == "Take the course Our trust off the list"
    again.click(gone)
    again.wait(lambda: other not in panel.drop_buttons, "it is off the list")
    assert panel.isVisible()


# ------------------------------------------------------------------------------------------------------------- own copy


def test_ones_own_copy_opens_at_its_own_lesson_says_what_to_do_next_and_follows_its_file(
    hands: Hands, other: Path, tmp_path: Path
) -> None:
    open_other(hands, other)
    before = {file: file.read_bytes() for file in other.rglob("*") if file.is_file()}
    (tmp_path / "documents").mkdir()
    search(hands, "make my own copy")
    answer_dialog(hands, tmp_path / "documents")
    panel = hands.window.courses_panel
    hands.wait(panel.isVisible, "the panel says what comes next")
    made = tmp_path / "documents" / "trust-own"
    assert title(hands) == "Our trust: our own"
    assert panel.said[0] == "Your own copy is open."
    assert str(made) in panel.said[1]
    assert "change that lesson's file" in panel.said[2]
    hands.press(Qt.Key.Key_Escape)
    lesson = made / "01-our-lessons" / "01-our-first-lesson.yaml"
    lesson.write_text(lesson.read_text("utf-8").replace("A program is a list", "A recipe is a list"), "utf-8")
    hands.wait(lambda: "A recipe is a list" in hands.window.lesson.text.toPlainText(), "the lesson follows")
    assert {file: file.read_bytes() for file in other.rglob("*") if file.is_file()} == before


def test_a_copy_inside_the_course_is_refused_in_place(hands: Hands, other: Path) -> None:
    open_other(hands, other)
    open_panel(hands)
    panel = hands.window.courses_panel
    hands.click(panel.copy)
    answer_dialog(hands, other)
    hands.wait(lambda: len(panel.said) > 1, "the refusal is told")
    assert panel.said[0] == f"{other} is part of a course already."
    assert title(hands) == "Our trust"


# ------------------------------------------------------------------------------------------------------ scratch program


def test_the_scratch_program_runs_writes_files_and_ctrl_page_down_goes_back_to_the_lesson(
    hands: Hands,
) -> None:
    hands.open("every-kind", "writing")
    hands.press(Qt.Key.Key_N, CTRL | SHIFT)
    hands.wait(lambda: is_scratch(hands), "the scratch program opens")
    window = hands.window
    assert window.windowTitle() == "Scratch program \u2013 Code4Health Tutor"
    assert window.footer.next.text() == "Back to the lesson"
    assert not window.footer.back.isVisible()
    assert not window.lesson.steps.isVisible()
    assert "outside any lesson" in window.lesson.text.toPlainText()
    hands.type_program(hands.work.editor, 'open("beds.txt", "w").write("7")\nprint(6 * 7)\n')
    hands.run()
    hands.wait_for_end()
    assert hands.work.panel.output.view.toPlainText().strip() == "42"
    assert hands.work.panel.files.written == ("beds.txt",)
    assert hands.work.program_file()[0] == "scratch.py"
    hands.next()
    assert step_id(hands) == "writing"
    assert window.footer.next.text() == "Next"
    assert window.footer.back.isVisible() and window.lesson.steps.isVisible()


def test_the_scratch_program_is_kept_with_its_history(open_on: Callable[..., Hands], course: Course) -> None:
    hands = open_on(course)
    hands.open("every-kind", "pick-one")
    search(hands, "scratch")
    hands.wait(lambda: is_scratch(hands), "the scratch program opens")
    hands.type_program(hands.work.editor, "beds = 4\n")
    hands.run()
    hands.wait_for_end()
    hands.type_program(hands.work.editor, "beds = 5\n")
    hands.window.close()
    again = open_on(course)
    again.opened.wiring.start()
    again.wait(lambda: step_id(again) == "pick-one", "the lesson opens, not the scratch program")
    again.press(Qt.Key.Key_O, CTRL)
    again.click(again.window.outline.scratch)
    again.wait(lambda: is_scratch(again), "the scratch program opens")
    assert not again.window.outline.isVisible()
    assert again.work.editor.text() == "beds = 5\n"
    again.click(again.work.title.history)
    assert len(again.window.history.buttons) == 1
    again.click(again.window.history.buttons[0])
    assert again.work.editor.text() == "beds = 4\n"


def test_patients_are_guarded_in_the_scratch_program(hands: Hands) -> None:
    hands.press(Qt.Key.Key_N, CTRL | SHIFT)
    hands.wait(lambda: is_scratch(hands), "the scratch program opens")
    QApplication.clipboard().setText('patient = "Sarah Jones, born 12/03/1951, NHS 401 023 2137"\n')
    hands.work.editor.setFocus()
    hands.press(Qt.Key.Key_V, CTRL)
    hands.wait(hands.window.question.isVisible, "the question is asked")


def test_the_same_keys_lead_to_the_scratch_program_and_back(hands: Hands) -> None:
    for there in (True, False):
        shown = hands.opened.wiring.steps_shown
        hands.press(Qt.Key.Key_N, CTRL | SHIFT)
        hands.wait(lambda shown=shown: hands.opened.wiring.steps_shown > shown, "another step is shown")
        assert is_scratch(hands) is there


# --------------------------------------------------------------------------------------------------------------- tracks


def test_the_track_is_there_again_at_the_next_start(open_on: Callable[..., Hands], other: Path) -> None:
    file = other / "course.yaml"
    more = "tracks:\n  - {id: short, title: The short way, lessons: [the-end]}\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    hands = open_on(None)
    hands.open()
    open_other(hands, other)
    hands.press(Qt.Key.Key_O, CTRL)
    assert hands.window.outline.tracks is not None
    hands.window.outline.tracks.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.window.close()
    again = open_on(None)
    again.opened.wiring.start()
    again.wait(lambda: title(again) == "Our trust", "the course opens")
    again.press(Qt.Key.Key_O, CTRL)
    assert [row.lesson.heading.id for row in again.window.outline.rows] == ["the-end"]
    assert again.window.outline.tracks is not None
    assert again.window.outline.tracks.currentText() == "The short way"


def test_the_built_in_course_is_always_listed(hands: Hands) -> None:
    open_panel(hands)
    panel = hands.window.courses_panel
    hands.wait(
        lambda: panel.open_buttons[course_folder()].accessibleName() == "Open the course Code4Health",
        "it is listed under its title",
    )
    assert course_folder() not in panel.drop_buttons
