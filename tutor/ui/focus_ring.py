"""One ring around whatever the keyboard talks to: 3 px wide, with a gap, the same for every control."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt

#: Dynamic property: draw no ring in this widget (it shows its focus in another way, or is a mere container). False: do.
NO_RING = "noFocusRing"

#: Dynamic property: more room between a widget without a frame and its ring, in the design's pixels.
RING_GAP = "focusRingGap"


class FocusRing(QWidget):
    """A frame over the window that follows the keyboard focus; a click with the mouse shows none.

    Its mask leaves all but the ring itself out, so that nothing under it is painted twice.
    """

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._look = look
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._around = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def set_look(self, look: Look) -> None:
        """Draw in these colours."""
        self._look = look
        self._place()

    @property
    def target(self) -> QWidget | None:
        """The widget that the ring is around, or None while none is shown."""
        return self._target if self.isVisible() else None

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        inside = new is not None and new is not self.window() and self.window().isAncestorOf(new)
        self._follow(new if inside and not by_mouse else None)

    def _follow(self, target: QWidget | None) -> None:
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        while target is not None and target.property("focusRingOn") == "parent":
            target = target.parentWidget()
        self._target = None if target is None or _draws_its_own(target) else target
        self._watched = [] if self._target is None else [self._target, *_around(self._target)]
        for watched in self._watched:
            watched.installEventFilter(self)
        self._place()

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay around the widget as it moves, by itself or with what it is in (a page that scrolls); leave when it goes."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        elif watched is self._target and event.type() in {QEvent.Type.Hide, QEvent.Type.Destroy}:
            self.hide()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible():
            self.hide()
            return
        line = self._look.px(3) + self._look.px(2)
        margin = line + self._look.px(int(target.property(RING_GAP) or 0))
        corner = target.mapTo(self.window(), QPoint(0, 0))
        around = QRect(corner, target.size()).adjusted(-margin, -margin, margin, margin)
        around = around.intersected(self.window().rect())
        seen = around
        for view in _views(target):
            shown = QRect(view.mapTo(self.window(), QPoint(0, 0)), view.size())
            seen = seen.intersected(shown.adjusted(-line, -line, line, line))
        if seen.isEmpty():  # scrolled away
            self.hide()
            return
        self._around = around.translated(-seen.topLeft())
        self.setGeometry(seen)
        self.setMask(QRegion(self.rect()) - QRegion(self._around.adjusted(line, line, -line, -line)))
        self.show()
        self.raise_()
        self.update()

    @called_by_qt(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        width = self._look.px(3)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.theme.focus), width))
        half = width / 2
        radius = self._look.px(6) + half
        painter.drawRoundedRect(QRectF(self._around).adjusted(half, half, -half, -half), radius, radius)


def _around(widget: QWidget) -> list[QWidget]:
    """What a widget is in, up to its window."""
    found, parent = [], widget.parentWidget()
    while parent is not None and not parent.isWindow():
        found.append(parent)
        parent = parent.parentWidget()
    return found


def _views(widget: QWidget) -> list[QWidget]:
    """The parts of the window through which a widget is seen, where it scrolls."""
    areas = [area for area in _around(widget) if isinstance(area, QAbstractScrollArea)]
    return [area.viewport() for area in areas if area.viewport().isAncestorOf(widget)]


def _draws_its_own(widget: QWidget | None) -> bool:
    """Whether the widget, or what it is part of, shows its focus by itself."""
    while widget is not None and not widget.isWindow():
        said = widget.property(NO_RING)
        if isinstance(said, bool):  # Scintilla has another `property`, which answers with text
            return said
        widget = widget.parentWidget()
    return False
