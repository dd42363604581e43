"""Makes what slides over the window or takes the place of the two halves; each is imported when it is first wanted."""
# ruff: noqa: PLC0415 - importing late is what this file is for

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.ui.broken_lesson import BrokenLesson
    from tutor.ui.case_panel import CasePanel
    from tutor.ui.courses_panel import CoursesPanel
    from tutor.ui.glossary_popup import GlossaryPopup
    from tutor.ui.help_panel import HelpPanel
    from tutor.ui.history_panel import HistoryPanel
    from tutor.ui.main_window import MainWindow
    from tutor.ui.outline import OutlinePanel
    from tutor.ui.page_panel import PagePanel
    from tutor.ui.palette import Palette
    from tutor.ui.people_panel import PeoplePanel
    from tutor.ui.review_page import ReviewPage
    from tutor.ui.settings_panel import SettingsPanel
    from tutor.ui.who_is_here import WhoIsHere


def outline(window: MainWindow) -> OutlinePanel:
    """The course with what is done."""
    from tutor.ui.outline import OutlinePanel

    return window.dressed(OutlinePanel(window.body, window.look))


def page(window: MainWindow) -> PagePanel:
    """A reference page."""
    from tutor.ui.page_panel import PagePanel

    return window.dressed(PagePanel(window.body, window.look))


def history(window: MainWindow) -> HistoryPanel:
    """Programs kept from runs and checks."""
    from tutor.ui.history_panel import HistoryPanel

    return window.dressed(HistoryPanel(window.body, window.look))


def settings_panel(window: MainWindow) -> SettingsPanel:
    """The settings."""
    from tutor.ui.settings_panel import SettingsPanel

    return window.dressed(SettingsPanel(window.body, window.look))


def help_panel(window: MainWindow) -> HelpPanel:
    """Help and About."""
    from tutor.ui.help_panel import HelpPanel

    return window.dressed(HelpPanel(window.body, window.look))


def people_panel(window: MainWindow) -> PeoplePanel:
    """Whose work it is."""
    from tutor.ui.people_panel import PeoplePanel

    return window.dressed(PeoplePanel(window.body, window.look))


def case_panel(window: MainWindow) -> CasePanel:
    """ "I think I am right": what would be saved."""
    from tutor.ui.case_panel import CasePanel

    return window.dressed(CasePanel(window.body, window.look))


def courses_panel(window: MainWindow) -> CoursesPanel:
    """The courses that can be opened."""
    from tutor.ui.courses_panel import CoursesPanel

    return window.dressed(CoursesPanel(window.body, window.look))


def popup(window: MainWindow) -> GlossaryPopup:
    """A term of the glossary."""
    from tutor.ui.glossary_popup import GlossaryPopup

    return window.dressed(GlossaryPopup(window, window.look))


def palette_card(window: MainWindow) -> Palette:
    """Search or jump."""
    from tutor.ui.palette import Palette

    return window.dressed(Palette(window, window.look))


def broken(window: MainWindow) -> BrokenLesson:
    """What is wrong with a lesson, in its place."""
    from tutor.ui.broken_lesson import BrokenLesson

    return window.dressed(window.in_body(BrokenLesson(window.look)))


def who(window: MainWindow) -> WhoIsHere:
    """Asks who is here."""
    from tutor.ui.who_is_here import WhoIsHere

    return window.dressed(window.in_body(WhoIsHere(window.look)))


def review(window: MainWindow) -> ReviewPage:
    """Questions about earlier lessons."""
    from tutor.ui.review_page import ReviewPage

    return window.dressed(window.in_body(ReviewPage(window.look)))
