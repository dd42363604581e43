"""Go to a line: one slim bar under the editor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from tutor.ui.editor.surface import Surface
from tutor.ui.focus_ring import NO_RING
from tutor.ui.qt_calls import called_by_qt


class LineBar(QWidget):
    """Asks for a line number."""

    closed = Signal()
    line_chosen = Signal(int)

    def __init__(self, surface: Surface, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty(NO_RING, False)  # the editor around it has one of its own, for its text alone
        self._surface = surface
        self.number = QLineEdit(self)
        self._label = QLabel(self)
        self._label.setBuddy(self.number)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.clicked.connect(lambda: self.close_bar())
        self.number.returnPressed.connect(self._go)
        row = QHBoxLayout(self)
        pad = self.fontMetrics().height() // 2
        row.setContentsMargins(pad, pad // 2, pad, pad // 2)
        row.addWidget(self._label)
        row.addWidget(self.number)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.setAutoFillBackground(True)  # the window's own colours, not those of the program above
        self.hide()

    def open_bar(self) -> None:
        """Ask, with the number of lines said beside the field."""
        self._label.setText(self.tr("Go to line (1 to {0})").format(self._surface.lineCount()))
        self.number.setAccessibleName(self._label.text())
        self.number.setText(str(self._surface.caret()[0]))
        self.show()
        self.number.selectAll()
        self.number.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_bar(self) -> None:
        """Hide it and go back to the program."""
        self.hide()
        self.closed.emit()

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        wanted = self.number.text().strip()
        if wanted.isdecimal():
            self.line_chosen.emit(min(max(int(wanted), 1), self._surface.lineCount()))
            self.close_bar()
        else:
            self.number.selectAll()
