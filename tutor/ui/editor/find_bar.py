"""Find and replace: one slim bar under the editor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from pyside6_scintilla import Scintilla

from tutor.ui.editor.numbers import INDICATOR_FOUND
from tutor.ui.editor.surface import Surface
from tutor.ui.focus_ring import NO_RING
from tutor.ui.qt_calls import called_by_qt


class FindBar(QWidget):
    """Finds in the document that a surface shows; every match is boxed, the chosen one selected."""

    closed = Signal()

    def __init__(self, surface: Surface, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty(NO_RING, False)  # the editor around it has one of its own, for its text alone
        self._surface = surface
        self._replacing = False
        self.find_text = QLineEdit(self)
        self.replace_text = QLineEdit(self)
        self.capitals = QCheckBox(self.tr("Match capitals"), self)
        self.count = QLabel(self)
        self.previous_button = QPushButton(self.tr("Previous"), self)
        self.next_button = QPushButton(self.tr("Next"), self)
        self.replace_button = QPushButton(self.tr("Replace"), self)
        self.replace_all_button = QPushButton(self.tr("Replace all"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.replace_all_button.setAccessibleName(self.tr("Replace all"))
        self._lay_out()
        self.find_text.textChanged.connect(lambda _text: self._find_from_here())
        self.capitals.toggled.connect(lambda _on: self._find_from_here())
        self.previous_button.clicked.connect(lambda: self.find_next(forward=False))
        self.next_button.clicked.connect(lambda: self.find_next())
        self.replace_button.clicked.connect(lambda: self.replace_one())
        self.replace_all_button.clicked.connect(lambda: self.replace_all())
        self.close_button.clicked.connect(lambda: self.close_bar())
        for field in (self.find_text, self.replace_text):
            field.installEventFilter(self)
        surface.text_settled.connect(self._refresh)
        self.setAutoFillBackground(True)  # the window's own colours, not those of the program above
        self.hide()

    def _lay_out(self) -> None:
        self.find_label = QLabel(self.tr("Find"), self)
        self.replace_label = QLabel(self.tr("Replace with"), self)
        self.find_label.setBuddy(self.find_text)
        self.replace_label.setBuddy(self.replace_text)
        self.find_text.setAccessibleName(self.tr("Find"))
        self.replace_text.setAccessibleName(self.tr("Replace with"))
        grid = QGridLayout(self)
        self._grid, self._first, self._second = grid, QHBoxLayout(), QHBoxLayout()
        for widget in (self.previous_button, self.next_button, self.capitals):
            self._first.addWidget(widget)
        self._first.addStretch(1)
        self._first.addWidget(self.count)
        self._first.addWidget(self.close_button)
        for widget in (self.replace_button, self.replace_all_button):
            self._second.addWidget(widget)
        self._second.addStretch(1)
        grid.addWidget(self.find_label, 0, 0)
        grid.addWidget(self.find_text, 0, 1)
        grid.addLayout(self._first, 0, 2)
        grid.addWidget(self.replace_label, 1, 0)
        grid.addWidget(self.replace_text, 1, 1)
        grid.addLayout(self._second, 1, 2)
        grid.setColumnStretch(1, 1)
        self._space()

    def _space(self) -> None:
        """Room between the parts, from the letters as they are now."""
        pad = self.fontMetrics().height() // 2
        self._grid.setContentsMargins(pad, pad // 3, pad, pad // 3)
        for layout in (self._grid, self._first, self._second):
            layout.setSpacing(pad * 2 // 3)
        self._grid.setVerticalSpacing(pad // 3)
        self.find_text.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow bar the fields say inside what they are for, and the box for capitals stands in the second line."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._space()
        beside = (
            self.previous_button, self.next_button, self.capitals, self.count, self.close_button, self.replace_label,
        )  # fmt: skip
        around, gap = self._grid.contentsMargins(), self._grid.spacing()
        needed = sum(widget.sizeHint().width() + gap for widget in beside)
        needed += self.find_text.minimumWidth() + around.left() + around.right()
        narrow = needed + self.fontMetrics().averageCharWidth() * 10 > self.width()
        self.find_label.setVisible(not narrow)
        self.replace_label.setVisible(not narrow and self._replacing)
        self.find_text.setPlaceholderText(self.find_label.text() if narrow else "")
        self.replace_text.setPlaceholderText(self.replace_label.text() if narrow else "")
        self.replace_all_button.setText(self.tr("All") if narrow else self.tr("Replace all"))
        if narrow == (self._first.indexOf(self.capitals) < 0):
            return
        before, after, at = (self._first, self._second, 2) if narrow else (self._second, self._first, 2)
        before.removeWidget(self.capitals)
        after.insertWidget(at, self.capitals)

    # ------------------------------------------------------------------------------------------------------------ opening

    def open_for(self, *, replace: bool, may_change: bool) -> None:
        """Show the bar with what is selected (on one line) as the text to find."""
        surface = self._surface
        self._replacing = replace and may_change
        for widget in (self.replace_text, self.replace_button, self.replace_all_button):
            widget.setVisible(self._replacing)
        chosen = surface.slice(surface.selectionStart(), surface.selectionEnd())
        if chosen and "\n" not in chosen:
            self.find_text.setText(chosen)
        self.show()
        self._fit()
        self._refresh()
        self.find_text.selectAll()
        self.find_text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_bar(self) -> None:
        """Hide it and go back to the program."""
        self.hide()
        self._clear()
        self.closed.emit()

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter finds the next (Shift+Enter the one before); in the second field it replaces."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.replace_text:
                    self.replace_one()
                else:
                    self.find_next(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                return True
            if event.key() == Qt.Key.Key_F3:
                self.find_next(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                return True
        return super().eventFilter(watched, event)

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
            event.accept()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------------------------------------------------ finding

    def matches(self) -> list[tuple[int, int]]:
        """Start and end (positions) of every place where the text is found."""
        surface, wanted = self._surface, self.find_text.text()
        if not wanted:
            return []
        surface.setSearchFlags(Scintilla.FindOption.MatchCase if self.capitals.isChecked() else 0)
        found: list[tuple[int, int]] = []
        at, end, size = 0, surface.textLength(), len(wanted.encode())
        while at <= end:
            surface.setTargetRange(at, end)
            start = surface.searchInTarget(size, wanted)
            if start < 0:
                break
            found.append((start, surface.targetEnd()))
            at = max(surface.targetEnd(), start + 1)
        return found

    def find_next(self, *, forward: bool = True) -> None:
        """Select the next (or previous) match, round the end of the program."""
        surface, found = self._surface, self.matches()
        self._show(found)
        if not found:
            return
        start, end = surface.selectionStart(), surface.selectionEnd()
        if forward:
            at = end if (start, end) in found else start
            chosen = next((match for match in found if match[0] >= at), found[0])
        else:
            chosen = next((match for match in reversed(found) if match[0] < start), found[-1])
        self._choose(chosen, found)

    def _find_from_here(self) -> None:
        found = self.matches()
        self._show(found)
        if found:
            start = self._surface.selectionStart()
            self._choose(next((match for match in found if match[0] >= start), found[0]), found)

    def _choose(self, match: tuple[int, int], found: list[tuple[int, int]]) -> None:
        surface = self._surface
        surface.setSel(*match)
        surface.scrollRange(match[1], match[0])
        self.count.setText(self.tr("{0} of {1}").format(found.index(match) + 1, len(found)))

    # ---------------------------------------------------------------------------------------------------------- replacing

    def replace_one(self) -> None:
        """Replace the selected match and go to the next."""
        surface = self._surface
        chosen = (surface.selectionStart(), surface.selectionEnd())
        if self._replacing and chosen in self.matches():
            with surface.one_undo_step():
                surface.replace(*chosen, self.replace_text.text())
            surface.setEmptySelection(surface.targetEnd())
        self.find_next()

    def replace_all(self) -> None:
        """Replace every match; one undo step."""
        surface, found = self._surface, self.matches()
        if not self._replacing or not found:
            return
        with surface.one_undo_step():
            for match in reversed(found):
                surface.replace(*match, self.replace_text.text())
        self._clear()
        self.count.setText(self.tr("{0} replaced").format(len(found)))

    # ------------------------------------------------------------------------------------------------------------ drawing

    def _refresh(self) -> None:
        if self.isVisible():
            self._show(self.matches())

    def _show(self, found: list[tuple[int, int]]) -> None:
        self._clear()
        for start, end in found:
            self._surface.indicatorFillRange(start, end - start)
        if not self.find_text.text():
            self.count.setText("")
        elif found:
            self.count.setText(self.tr("{0} found").format(len(found)))
        else:
            self.count.setText(self.tr("Not found"))

    def _clear(self) -> None:
        self._surface.setIndicatorCurrent(INDICATOR_FOUND)
        self._surface.indicatorClearRange(0, self._surface.textLength())
