"""The Files tab: the files that a step gives, and those that the program wrote, to look at and to save elsewhere."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_role

#: So much of a file is shown: characters of text, rows and columns of a table.
MOST_TEXT, MOST_ROWS, MOST_COLUMNS = 100_000, 500, 40


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file by its name in the working folder. `content` is None where it is known by name only."""

    name: str
    content: bytes | None
    written: bool = False


def table_of(file: ShownFile) -> list[list[str]] | None:
    """The rows of a file of comma-separated values; None for anything else."""
    if file.content is None or Path(file.name).suffix.lower() not in {".csv", ".tsv"}:
        return None
    text = file.content.decode("utf-8-sig", errors="replace")
    separator = "\t" if file.name.lower().endswith(".tsv") else ","
    try:
        rows = list(csv.reader(text.splitlines()[: MOST_ROWS + 1], delimiter=separator))
    except csv.Error:
        return None
    return [row[:MOST_COLUMNS] for row in rows if row] or None


class FilesPane(QWidget):
    """A list of files; the chosen one as a table or as text, read-only. `shown`: one that the program wrote is looked at."""

    save_requested = Signal(str, bytes)
    shown = Signal(str, bytes)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._given: tuple[ShownFile, ...] = ()
        self._written: tuple[ShownFile, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Files of this step"))
        self.list.currentRowChanged.connect(self._show_row)
        self.text = QPlainTextEdit()
        set_role(self.text, "output")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.table = QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setTabKeyNavigation(False)
        self._shown = QStackedWidget()
        self._shown.addWidget(self.text)
        self._shown.addWidget(self.table)
        self._about = text_label("", "small")
        self.save = button(self.tr("Save a copy"), self.tr("Save this file somewhere else"), "quiet")
        self.save.clicked.connect(self._save)
        foot = QHBoxLayout()
        foot.addWidget(self._about, 1)
        foot.addWidget(self.save)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._shown, 1)
        right.addLayout(foot)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.list)
        self._box.addLayout(right, 1)
        self._foot = foot
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self.list.setFixedWidth(look.px(190))
        self.text.setFont(look.code_font())
        self.table.setFont(look.code_font(13))
        self._foot.setContentsMargins(look.px(12), look.px(2), look.px(8), look.px(2))

    @property
    def files(self) -> tuple[ShownFile, ...]:
        """All files on the list, in order."""
        return (*self._given, *self._written)

    def show_given(self, files: Sequence[Path]) -> None:
        """Another step: the files that it gives."""
        shown = []
        for file in files:
            try:
                content: bytes | None = file.read_bytes()
            except OSError:
                content = None
            shown.append(ShownFile(file.name, content))
        self._given, self._written = tuple(shown), ()
        self._fill()

    def show_written(self, names: Sequence[str], contents: Mapping[str, bytes]) -> None:
        """A run has ended: the files that the program made or changed."""
        given = {file.name for file in self._given}
        self._written = tuple(
            ShownFile(name, contents.get(name), written=True) for name in names if name not in given
        )
        self._fill()

    def replace_content(self, name: str, content: bytes) -> None:
        """Show and save a written file with another content."""
        self._written = tuple(
            ShownFile(file.name, content, written=True) if file.name == name else file
            for file in self._written
        )
        self._show_row(self.list.currentRow())

    def _fill(self) -> None:
        row = max(0, self.list.currentRow())
        self.list.clear()
        for file in self.files:
            item = QListWidgetItem(file.name)
            where = self.tr("written by your program") if file.written else self.tr("given with the step")
            item.setToolTip(where)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{file.name}, {where}")
            self.list.addItem(item)
        if self.files:
            self.list.setCurrentRow(min(row, len(self.files) - 1))

    def _show_row(self, row: int) -> None:
        if not 0 <= row < len(self.files):
            return
        file = self.files[row]
        self.save.setVisible(file.content is not None)
        where = self.tr("written by your program") if file.written else self.tr("given with the step")
        if file.content is None:
            self.text.setPlainText("")
            self.text.setPlaceholderText(self.tr("What stands in it is not kept here. Print it to see it."))
            self._shown.setCurrentWidget(self.text)
            self._about.setText(where)
            return
        rows = table_of(file)
        if rows is None:
            self._show_text(file.content)
            self._about.setText(
                self.tr("{where}, {size} bytes").format(where=where, size=f"{len(file.content):,}")
            )
        else:
            self._show_table(rows)
            self._about.setText(
                self.tr("{where}, {rows} rows shown").format(where=where, rows=f"{len(rows) - 1:,}")
            )
        self.text.setAccessibleName(file.name)
        self.table.setAccessibleName(file.name)
        if file.written and self.isVisible():
            self.shown.emit(file.name, file.content)

    def _show_text(self, content: bytes) -> None:
        text = content.decode("utf-8", errors="replace")
        self.text.setPlainText(text[:MOST_TEXT])
        self._shown.setCurrentWidget(self.text)

    def _show_table(self, rows: list[list[str]]) -> None:
        head, *rest = rows
        width = max(len(row) for row in rows)
        self.table.clear()
        self.table.setColumnCount(width)
        self.table.setRowCount(len(rest))
        self.table.setHorizontalHeaderLabels(head)
        for number, row in enumerate(rest):
            for column, value in enumerate(row):
                self.table.setItem(number, column, QTableWidgetItem(value))
        self.table.resizeColumnsToContents()
        self._shown.setCurrentWidget(self.table)

    def _save(self) -> None:
        row = self.list.currentRow()
        file = self.files[row]
        if file.content is not None:
            self.save_requested.emit(file.name, file.content)
