"""Help tests the installation: the real verb in a real process, read in the window."""

from __future__ import annotations

import psutil
import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tutor.ui.hands import Hands


def start(hands: Hands):
    hands.press(Qt.Key.Key_F1)
    panel = hands.window.help_panel
    panel.test.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert panel.test_page is not None
    return panel, panel.test_page


def test_what_it_finds_is_read_as_it_is_found_and_going_back_ends_it(hands: Hands) -> None:
    panel, page = start(hands)
    hands.wait(lambda: "✓ versions" in page.report.toPlainText(), "the first finding is shown")
    assert page.report.accessibleName() == "Report of the test"
    process = page.findChild(QProcess)
    assert process is not None and process.state() is QProcess.ProcessState.Running
    number = process.processId()
    panel.set_look(panel.look)
    assert panel.test_page is page and process.processId() == number, "another look does not begin it again"
    panel.back.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: not psutil.pid_exists(number), "the process is gone")
    assert panel.test.hasFocus()


@pytest.mark.long
def test_all_is_well_on_this_pc_and_the_report_can_be_copied(hands: Hands) -> None:
    _panel, page = start(hands)
    hands.wait(lambda: page.passed is not None, "the test ends", patience=600)
    assert page.passed, page.report.toPlainText()
    assert page.summary.text() == "All is well on this PC."
    hands.click(page.copy)
    assert "every solution passes its own checks" in QGuiApplication.clipboard().text()


def test_escape_in_the_moment_after_the_way_back_closes_help(hands: Hands) -> None:
    """Keys come faster than the event loop turns: a Citrix session sends what was typed in one go."""
    panel, page = start(hands)
    number = page.findChild(QProcess).processId()
    before = panel._before
    for show, button in ((panel.show_test, panel.back), (panel.show_licences, None)):
        if button is None:
            show(True)
            button = panel.back
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert panel.isAncestorOf(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert not panel.isVisible()
        assert QApplication.focusWidget() is before
        hands.press(Qt.Key.Key_F1)
    hands.wait(lambda: not psutil.pid_exists(number), "the process is gone")
