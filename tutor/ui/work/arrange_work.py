"""An arrange step: put given lines in order, with their indentation, and leave out what does not belong."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tutor.session.events import StepView
from tutor.ui.announce import announce
from tutor.ui.labels import icon_button, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role
from tutor.ui.work.arrange_list import Line, LineList

#: Pixels of the design: in less height the two lists stand side by side, and the keys are said by the list alone.
_LOW = 330


class AsideTitle(QLabel):
    """What the second list is, on one line: in fewer words where there is no room for all of them."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "small")
        self._long = self.tr("Set aside: lines that the program does not need")
        self._short = self.tr("Set aside")
        self.setText(self._short)
        self.setToolTip(self._long)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """All the words, or the few."""
        super().resizeEvent(event)
        whole = self.fontMetrics().horizontalAdvance(self._long) <= self.width()
        self.setText(self._long if whole else self._short)


class ArrangeWork(QWidget):
    """Two lists: the program, and the lines that were set aside."""

    arranged = Signal(list)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._look = look
        self._view: StepView | None = None
        self._beside = False
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
        self._tools.addStretch(0)
        self._keys = text_label(self._help(), "small")
        self._aside_title = AsideTitle()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.program, 1)
        self._left.addLayout(self._tools)
        self._right.addWidget(self._aside_title)
        self._right.addWidget(self.aside, 1)
        self._lists = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lists.addLayout(self._left, 4)
        self._lists.addLayout(self._right, 1)
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
        for column in (self._left, self._right):
            column.setSpacing(look.px(6))
        self._box.setContentsMargins(look.px(16), look.px(4), look.px(16), look.px(8))
        self._box.setSpacing(look.px(6))
        self._tools.setSpacing(look.px(4))
        self.program.set_look(look)
        self.aside.set_look(look)
        for made in self._buttons:
            made.setIcon(look.icon(str(made.property("iconName")), None, 18))
            made.setIconSize(look.size(18))

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height, what else there is makes room for the lines."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """The lists stand side by side in a low and wide space; in a narrow one their words share a line with the tools."""
        look = self._look
        low = self.height() < look.px(_LOW)
        beside = low and self.width() >= look.px(560)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._lists.direction() != way:
            self._lists.setDirection(way)
            self._lists.setStretch(0, 3 if beside else 4)
            self._lists.setStretch(1, 2 if beside else 1)
            self._lists.setSpacing(look.px(16 if beside else 6))
        with_tools = low and not beside
        if with_tools != (self._tools.indexOf(self._aside_title) >= 0):
            before, after = (self._right, self._tools) if with_tools else (self._tools, self._right)
            before.removeWidget(self._aside_title)
            after.insertWidget(-1 if with_tools else 0, self._aside_title, 1 if with_tools else 0)
        self._beside = beside
        self._fit_aside()
        self._keys.setVisible(not low)  # the list says it too, to who points at it and to a screen reader
        self.program.setToolTip(self._help() if low else "")

    def _fit_aside(self) -> None:
        """Under the program, which needs the room, what is set aside has as many lines as it holds, and two at most."""
        lines = min(2, max(1, self.aside.count())) if not self._keys.isHidden() else 1
        self.aside.setMinimumHeight(self.aside.height_of(1))
        self.aside.setMaximumHeight(16_777_215 if self._beside else self.aside.height_of(lines))
        self.program.setMinimumHeight(self.program.height_of(1))

    def wanted_height(self) -> int:
        """The height at which all lines are seen, one list under the other, and the keys are said."""
        look, around = self._look, self._box.contentsMargins()
        lists = self.program.height_of(self.program.count()) + self._tools.sizeHint().height()
        aside = self._aside_title.sizeHint().height() + self.aside.height_of(max(1, self.aside.count()))
        keys = self._keys.heightForWidth(self._keys.width())
        whole = around.top() + around.bottom() + keys + lists + aside + 4 * look.px(6)
        return max(whole, look.px(_LOW))

    def least_height(self) -> int:
        """The height below which words would be cut: a line of each list."""
        around = self._box.contentsMargins()
        tools = self._tools.sizeHint().height() + self._look.px(6)
        return around.top() + around.bottom() + self.program.height_of(1) + tools

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
