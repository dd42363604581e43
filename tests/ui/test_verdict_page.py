"""The Checks tab: one message first, what is more general folded, each check called by what says most."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tutor.checks.result import CheckResult, Verdict
from tutor.errors import Fault
from tutor.explain.advice import Advice
from tutor.lessons.model import Mistake, Place
from tutor.session.events import Checked, Offer
from tutor.ui.look import make_look
from tutor.ui.results.checks_pane import ChecksPane

GENERAL = Advice("type-error", 2, "Text and number", "They cannot be added.", python="TypeError: ...")
PAIR = CheckResult("the total", False, "It gave 3.", expected="4", got="3")
WORDS = CheckResult("the name", False, "There is no name yet.")


@pytest.fixture
def pane(qapp: QApplication) -> ChecksPane:
    made = ChecksPane(make_look())
    made.resize(500, 600)
    made.show()
    return made


def seen(pane: ChecksPane) -> str:
    """The words that are on show without unfolding anything."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in pane.findChildren(QLabel) if label.isVisibleTo(pane))


def refused(*checks: CheckResult, mistake: str = "", advice: tuple[Advice, ...] = ()) -> Checked:
    known = Mistake("known", (), mistake, "", Place(Path("lesson.yaml"))) if mistake else None
    return Checked(
        Verdict(False, checks, mistake=known, fault=Fault.PROGRAM),
        advice,
        Offer.NONE,
        tries=1,
        offer_words="",
    )


def test_a_recognised_mistake_is_the_one_message_and_general_advice_is_folded(pane: ChecksPane) -> None:
    pane.show_checked(refused(PAIR, mistake="input gives text.", advice=(GENERAL,)))
    words = seen(pane)
    assert "input gives text." in words
    assert GENERAL.text not in words
    assert PAIR.message not in words
    assert "expected" in words.lower(), "what came, beside what was wanted, is no second message"
    assert any(GENERAL.text in text for text in pane.texts()), "it is there for those who unfold it"


def test_a_check_that_has_only_words_is_folded_under_a_recognised_mistake(pane: ChecksPane) -> None:
    pane.show_checked(refused(WORDS, mistake="The name is in capitals."))
    assert WORDS.message not in seen(pane)
    assert WORDS.message in pane.texts()
    assert WORDS.message not in pane.spoken()


def test_without_a_recognised_mistake_the_advice_and_the_check_are_both_shown(pane: ChecksPane) -> None:
    pane.show_checked(refused(WORDS, advice=(GENERAL,)))
    words = seen(pane)
    assert GENERAL.text in words
    assert WORDS.message in words


def test_a_failed_check_is_called_by_its_name_where_nothing_of_the_learner_s_was_tried(
    pane: ChecksPane,
) -> None:
    pane.show_checked(refused(PAIR))
    assert "the total" in seen(pane).split("\n")
