"""A scroll area that is as high as what it holds, as long as there is room for that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from tutor.ui.qt_calls import called_by_qt


class FittingScroll(QScrollArea):
    """Takes its contents' height; where the window is too low for that, it scrolls instead of squeezing them."""

    def __init__(self, content: QWidget, least: int) -> None:
        super().__init__()
        self.least = least
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(content)
        content.installEventFilter(self)

    def _needed(self) -> int:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if layout is None:
            return 0
        width = max(1, self.viewport().width())
        return (
            layout.totalHeightForWidth(width)
            if layout.hasHeightForWidth()
            else layout.totalSizeHint().height()
        )

    @called_by_qt(QSize())
    def sizeHint(self) -> QSize:
        """The contents' own height."""
        return QSize(super().sizeHint().width(), self._needed())

    @called_by_qt(QSize())
    def minimumSizeHint(self) -> QSize:
        """No less than `least`, unless the contents are lower."""
        return QSize(0, min(self._needed(), self.least))

    def _fit(self) -> None:
        content, needed = self.widget(), self._needed()
        if content is not None and content.minimumHeight() != needed:
            # Qt would give wrapped text the height of its narrowest form.
            content.setFixedHeight(needed)
        self.updateGeometry()

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self._fit()

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the contents."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit()
        return super().eventFilter(watched, event)
