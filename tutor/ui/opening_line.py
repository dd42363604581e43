"""While a slow disk is opening something: a quiet line where the place in the course stands, and nothing else changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from tutor.session.events import Openable, Opening, OpeningEnded, SessionEvent
from tutor.ui.announce import announce
from tutor.ui.bridge import SessionBridge
from tutor.ui.main_window import MainWindow

#: Milliseconds after which somebody wonders whether the key was heard.
QUIET_FOR = 600


class OpeningLine(QObject):
    """Says what is being opened, once it takes long, until nothing is being opened any more.

    Args:
        window, bridge: where it is said, and what it is heard from.
    """

    def __init__(self, window: MainWindow, bridge: SessionBridge) -> None:
        super().__init__(window)
        self._window = window
        self._under_way = 0
        self._words = ""
        self._late = QTimer(self, singleShot=True, interval=QUIET_FOR)
        self._late.timeout.connect(self._say)
        bridge.arrived.connect(self.show_event)

    def show_event(self, event: SessionEvent) -> None:
        """Something is being opened, or is open."""
        if isinstance(event, Opening):
            self._under_way += 1
            self._words = self._words_for(event)
            if self._under_way == 1:
                self._late.start()
            elif not self._late.isActive():
                self._say()  # it was said of the one before, which is still waited for
        elif isinstance(event, OpeningEnded):
            self._under_way = max(0, self._under_way - 1)
            if not self._under_way:
                self._late.stop()
                self._window.header.show_opening("")

    def _words_for(self, event: Opening) -> str:
        if event.name:
            return self.tr("Opening {name} \u2026").format(name=event.name)
        return {
            Openable.PLACE: self.tr("Opening the lesson where you were \u2026"),
            Openable.COPY: self.tr("Making your own copy of the course \u2026"),
            Openable.WORK: self.tr("Opening this person\u2019s work \u2026"),
            Openable.AWAY: self.tr("Putting this work away \u2026"),
        }.get(event.what, self.tr("Opening the step \u2026"))

    def _say(self) -> None:
        header = self._window.header
        if header.opening == self._words:
            return
        header.show_opening(self._words)
        for panel in (MainWindow.courses_panel, MainWindow.people_panel):
            made = panel.made(self._window)
            if made is not None and made.isVisible():
                return  # it says so itself
        announce(header, self._words)
