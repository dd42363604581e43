"""Session events, sent from any thread, as one Qt signal on the main thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from tutor.session.events import SessionEvent


class SessionBridge(QObject):
    """Hand `bridge.emit_event` to the session as its subscriber, and connect to `arrived`.

    The inner connection is always queued, so an event is never shown from inside the verb that caused it.
    """

    arrived = Signal(object)
    _sent = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._sent.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def emit_event(self, event: SessionEvent) -> None:
        """Take an event from any thread."""
        if self._open:
            self._sent.emit(event)

    def _deliver(self, event: SessionEvent) -> None:
        if self._open:
            self.arrived.emit(event)

    def close_down(self) -> None:
        """Deliver nothing more: the window is going away."""
        self._open = False
