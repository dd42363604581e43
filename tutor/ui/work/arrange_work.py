"""An arrange step: put given lines in order, with their indentation, and leave out what does not belong."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from tutor.session.events import StepView
from tutor.ui.announce import announce
from tutor.ui.labels import icon_button, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role
from tutor.ui.work.arrange_list import Line, LineList


class ArrangeWork(QWidget):
    """Two lists: the program, and the lines that were set aside."""

    arranged = Signal(list)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._look = look
        self._view: StepView | None = None
        self._low = False
        self.program = LineList(look, self.tr("Your program, line by line"))
        self.aside = LineList(look, self.tr("Lines set aside"))
        self.aside.empty_text = self.tr("Drag a line here, or press Delete on it")
        self.program.setAccessibleDescription(self._help())
        self.aside.setAccessibleDescription(self.tr("Delete brings a line back into the program"))
        self.program.lines_changed.connect(self._changed)
        self.program.told.connect(lambda words: announce(self.program, words))
        self.program.moved_away.connect(lambda line: self.aside.add(Line(line.text)))
        self.aside.moved_away.connect(self.program.add)
        self.aside.lines_changed.connect(self._changed)
        self._tools = QHBoxLayout()
        self._buttons = []
        for icon, name, act in (
            ("up", self.tr("Move up (Alt+Up)"), lambda: self.program.move_line(-1)),
            ("down", self.tr("Move down (Alt+Down)"), lambda: self.program.move_line(1)),
            ("outdent", self.tr("Indent less (Left)"), lambda: self.program.indent_line(-1)),
            ("indent", self.tr("Indent more (Right)"), lambda: self.program.indent_line(1)),
            ("aside", self.tr("Set aside (Delete)"), self.program.pass_on),
        ):
            made = icon_button(look, icon, name)
            made.clicked.connect(act)
            self._tools.addWidget(made)
            self._buttons.append(made)
        self._tools.addStretch(1)
        self._keys = text_label(self._help(), "small")
        self._aside_title = text_label(self.tr("Set aside: lines that the program does not need"), "small")
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.program, 1)
        left.addLayout(self._tools)
        right.addWidget(self._aside_title)
        right.addWidget(self.aside, 1)
        self._lists = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lists.addLayout(left, 4)
        self._lists.addLayout(right, 1)
        self._columns = (left, right)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self._keys)
        self._box.addLayout(self._lists, 1)
        self.set_look(look)

    def _help(self) -> str:
        return self.tr(
            "Drag the lines, or use the keys: Space lifts a line, Up and Down move it, Left and Right indent it."
        )

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._lists.setSpacing(look.px(6))
        for column in self._columns:
            column.setSpacing(look.px(6))
        self._box.setContentsMargins(look.px(16), look.px(4), look.px(16), look.px(8))
        self._box.setSpacing(look.px(6))
        self._tools.setSpacing(look.px(4))
        self.program.set_look(look)
        self.aside.set_look(look)
        self.aside.setMinimumHeight(look.px(48))
        self.program.setMinimumHeight(look.px(64))
        for made in self._buttons:
            made.setIcon(look.icon(str(made.property("iconName")), None, 18))
            made.setIconSize(look.size(18))

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is low, the two lists stand side by side."""
        super().resizeEvent(event)
        low = self.height() < self._look.px(330)
        self._lists.setDirection(
            QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom
        )
        self._lists.setStretch(0, 3 if low else 4)
        self._lists.setSpacing(self._look.px(16 if low else 6))
        self._low = low
        self._fit_aside()
        self._keys.setVisible(not low)  # the list says it too, to who points at it and to a screen reader
        self.program.setToolTip(self._help() if low else "")

    def _fit_aside(self) -> None:
        """Under the program, which needs the room, what is set aside has as many lines as it holds, and two at most."""
        lines = min(2, max(1, self.aside.count()))
        self.aside.setMaximumHeight(16_777_215 if self._low else self._look.px(16 + 32 * lines))

    def show_step(self, view: StepView) -> None:
        """Show the lines as the learner left them."""
        self._view = view
        before = [line for line in view.program.splitlines() if line.strip()]
        self._show(view, before)

    def _show(self, view: StepView, before: list[str]) -> None:
        given = [Line.of(text).text for text in view.lines]
        if before:
            kept = [Line.of(text) for text in before]
            left = Counter(given) - Counter(line.text for line in kept)
            self.program.set_lines(kept)
            self.aside.set_lines([Line(text) for text in left.elements()])
        else:
            self.program.set_lines([Line(text) for text in given])
            self.aside.set_lines([])
        self._fit_aside()

    def start_again(self) -> None:
        """All lines back, in the order in which they came."""
        if self._view is not None:
            self._show(self._view, [])
            self.arranged.emit(self.texts)

    def bring_back(self, program: str) -> None:
        """The lines as they were when this program ran or was checked."""
        if self._view is not None:
            self._show(self._view, [line for line in program.splitlines() if line.strip()])
            self.arranged.emit(self.texts)

    @property
    def texts(self) -> list[str]:
        """The program's lines, with indentation."""
        return [str(line) for line in self.program.lines]

    def _changed(self) -> None:
        self._fit_aside()
        self.arranged.emit(self.texts)

    def go_to_line(self, line: int) -> None:
        """Choose a line of the program (from 1), and give the keyboard to it."""
        self.program.setCurrentRow(min(line, self.program.count()) - 1)
        self.focus_first()

    def focus_first(self) -> None:
        """Give the keyboard to the program."""
        self.program.setFocus(Qt.FocusReason.OtherFocusReason)
