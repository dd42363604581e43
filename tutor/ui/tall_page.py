"""A page in a scroll area that is always as high as its text: it is scrolled, never squeezed."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from tutor.ui.qt_calls import called_by_qt


class TallPage(QWidget):
    """Asks for the height that its layout needs at its width. Qt would ask for the least height of its wrapped text."""

    def fit(self) -> None:
        """Be on show with what is in the page now, in the fonts that it will have, at the height that it needs."""
        self.show()
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()
        self._fit()

    @called_by_qt(False)
    def event(self, event: QEvent) -> bool:
        """Follow the width, and what is in it."""
        done = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            self._fit()
        return done

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        wraps = layout.hasHeightForWidth()
        needed = (
            layout.totalHeightForWidth(max(1, self.width())) if wraps else layout.totalMinimumSize().height()
        )
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
