"""Review cards at the start, with the keyboard: offered after where one was, answered, skipped, left."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tutor.lessons.loader import load_course
from tutor.paths import folders
from tutor.progress import events as journal
from tutor.progress.journal import utc_now
from tutor.progress.store import Store
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def back_again(open_on: Callable[..., Hands], tmp_path: Path) -> Callable[..., Hands]:
    """Somebody who answered three questions five days ago starts the tutor again."""

    def start(*, wanted: bool = True) -> Hands:
        folder, data = tmp_path / "course", tmp_path / "data"
        shutil.copytree(Path(__file__).parent / "course", folder)
        file = folder / "first" / "01-every-kind.yaml"
        text = file.read_text(encoding="utf-8")
        for step in ("pick-it", "type-it", "pick-one"):
            text = text.replace(
                f"    id: {step}\n", f"    id: {step}\n    review: true\n    concepts: [about-{step}]\n"
            )
        file.write_text(text, encoding="utf-8")
        course = load_course(folder).value
        assert course is not None
        store = Store(folders(data), clock=lambda: utc_now() - timedelta(days=5))
        for step in ("pick-it", "type-it", "pick-one"):
            about = journal.About(
                course=course.id, lesson="every-kind", step=step, concepts=(f"about-{step}",)
            )
            store.record(journal.StepOpened(about=about))
            store.record(journal.Predicted(about=about, right=True))
        store.close()
        hands = open_on(course, data=data)
        hands.opened.navigation.change_setting("review_cards", wanted)
        hands.opened.wiring.start()
        hands.wait(lambda: hands.opened.wiring.steps_shown, "the step opens")
        return hands

    return start


def looking_back(hands: Hands) -> Hands:
    lesson = hands.window.lesson
    hands.wait(lesson.look_back.isVisible, "the questions are offered")
    lesson.look_back.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert hands.window.body.currentWidget() is hands.window.review
    return hands


def test_questions_are_offered_after_where_one_was(back_again: Callable[..., Hands]) -> None:
    hands = back_again()
    hands.wait(hands.window.lesson.look_back.isVisible, "the questions are offered")
    assert hands.window.lesson.resume_words.startswith("You were here: step 4 of 10.")
    assert hands.window.lesson.resume_words.endswith("Questions to look back at, if you like: 3.")
    assert hands.window.body.currentWidget() is hands.window.halves


def test_all_three_are_answered_with_the_keyboard(back_again: Callable[..., Hands]) -> None:
    hands = looking_back(back_again())
    page, seen = hands.window.review, 0
    answers = {"pick-it": "ab", "type-it": "2", "pick-one": "`'12'`"}
    while hands.window.body.currentWidget() is page:
        step = page._offered.questions[page.number].view.step.id
        work = page.choose if page.choose.isVisible() else page.predict
        if step == "type-it":
            hands.type(answers[step])
        else:
            texts = [option.text for option in work.options.options]
            hands.press(Qt.Key(Qt.Key.Key_1 + texts.index(answers[step])))
        hands.check()
        seen += 1
        assert page.next.text() == ("Done" if seen == 3 else "Next question")
        hands.press(Qt.Key.Key_Space)
    assert seen == 3
    answered = [one for one in hands.opened.session.work.progress.answered if one.review]
    assert [one.right for one in answered] == [True, True, True]


def test_a_question_is_skipped_and_the_rest_left_without_a_mark(back_again: Callable[..., Hands]) -> None:
    hands = looking_back(back_again())
    page = hands.window.review
    assert not hands.window.footer.next.property("primary")  # one filled button at a time
    assert page.next.text() == "Skip this one"
    hands.click(page.next)
    assert page.number == 1
    hands.click(page.leave)
    assert hands.window.body.currentWidget() is hands.window.halves
    assert not [one for one in hands.opened.session.work.progress.answered if one.review]
    assert not hands.window.lesson.resume.isVisible()


def test_f5_does_nothing_behind_the_questions(back_again: Callable[..., Hands]) -> None:
    hands = looking_back(back_again())
    hands.press(Qt.Key.Key_F5)
    hands.opened.session.settle()
    assert not hands.opened.session.running


def test_the_setting_switches_them_off(back_again: Callable[..., Hands]) -> None:
    hands = back_again(wanted=False)
    hands.opened.session.settle()
    hands.press(Qt.Key.Key_F6)
    assert not hands.window.lesson.look_back.isVisible()
