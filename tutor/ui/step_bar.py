"""Where one is in the lesson: a dot for each step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QWidget

from tutor.session.events import StepState
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role


class StepDot(QAbstractButton):
    """One step: hollow, half, or filled with a tick; the open one has a ring around it."""

    def __init__(self, number: int, look: Look) -> None:
        super().__init__()
        self.number = number
        self.state = StepState.TO_DO
        self.current = False
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @called_by_qt(QSize())
    def sizeHint(self) -> QSize:
        """Large enough to be hit."""
        return self._look.size(24)

    def show_state(self, state: StepState, current: bool, title: str, look: Look) -> None:
        """How far the step is, and whether it is the open one."""
        self.state, self.current, self._look = state, current, look
        words = {
            StepState.DONE: self.tr("done"),
            StepState.STARTED: self.tr("started"),
            StepState.TO_DO: self.tr("to do"),
        }[state]
        name = self.tr("Step {number}: {title}").format(number=self.number, title=title)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("{state}, open now").format(state=words) if current else words)
        self.setToolTip(f"{name} ({words})")
        self.setFixedSize(look.size(24))
        self.update()

    @called_by_qt(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot; what it means is in its shape, the colour only repeats it."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self.width() / 2, self.height() / 2)
        done = self.state is StepState.DONE
        colour = QColor(theme.good if done else theme.accent if self.current else theme.control)
        radius = self._look.px(14) / 2
        line = self._look.unit * 1.75
        painter.setPen(QPen(colour, line))
        painter.setBrush(colour if done or self.current else QColor(theme.surface))
        painter.drawEllipse(centre, radius - line / 2, radius - line / 2)
        if done:
            tick = QPainterPath(centre + QPointF(-0.42, 0.02) * radius)
            tick.lineTo(centre + QPointF(-0.1, 0.34) * radius)
            tick.lineTo(centre + QPointF(0.44, -0.32) * radius)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(QColor(theme.surface), line, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
            )
            painter.drawPath(tick)
        elif self.state is StepState.STARTED and not self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(centre, radius * 0.42, radius * 0.42)
        if self.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), line))
            ring = radius + self._look.unit * 3.5
            painter.drawEllipse(QRectF(centre.x() - ring, centre.y() - ring, 2 * ring, 2 * ring))


class StepBar(QWidget):
    """The dots of a lesson's steps. Left and Right move along them, Space or Enter opens one."""

    step_chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._dots: list[StepDot] = []
        self._shown: tuple[tuple[StepState, ...], tuple[str, ...], int] = ((), (), 0)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._where = QLabel()
        set_role(self._where, "small")
        self._box.addWidget(self._where)
        self._box.addStretch(1)
        self.setAccessibleName(self.tr("Steps of this lesson"))
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setSpacing(look.px(6))
        self.show_steps(*self._shown)

    def show_steps(self, states: Sequence[StepState], titles: Sequence[str], number: int) -> None:
        """The lesson's steps in order; `number` (from 1) is the open one."""
        self._shown = (tuple(states), tuple(titles), number)
        while len(self._dots) > len(states):
            self._dots.pop().deleteLater()
        while len(self._dots) < len(states):
            dot = StepDot(len(self._dots) + 1, self._look)
            dot.clicked.connect(lambda _checked=False, dot=dot: self.step_chosen.emit(dot.number))
            dot.installEventFilter(self)
            self._box.insertWidget(len(self._dots), dot)
            self._dots.append(dot)
        for dot, state, title in zip(self._dots, states, titles, strict=True):
            current = dot.number == number
            dot.show_state(state, current, title, self._look)
            # One stop for Tab: the open step; the arrows reach the others.
            dot.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        text = self.tr("step {number} of {count}").format(number=number, count=len(states))
        self._where.setText(text if states else "")

    @property
    def dots(self) -> tuple[StepDot, ...]:
        """The dots, in order."""
        return tuple(self._dots)

    @called_by_qt(False)
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Left and Right go from dot to dot; Enter opens, as Space does."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, StepDot)
        ):
            if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                place = self._dots.index(watched) + step
                if 0 <= place < len(self._dots):
                    self._dots[place].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                watched.click()
                return True
        return False
