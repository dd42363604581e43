"""The Files tab: the files that a step gives, and those that the program wrote, to look at and to save elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
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

from tutor.runner.result import FolderFile
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.results.file_content import Content, content_of
from tutor.ui.stylesheet import set_role


class Origin(Enum):
    """Where a file in the working folder comes from."""

    GIVEN = auto()
    CHANGED = auto()
    WRITTEN = auto()


class ShownFile(Struct, frozen=True):
    """A file on the list, and where it comes from."""

    file: FolderFile
    origin: Origin

    @property
    def written(self) -> bool:
        """Whether the program wrote it."""
        return self.origin is not Origin.GIVEN


class FilesPane(QWidget):
    """A list of files; the chosen one as a table or as text, read-only. `shown`: one that the program wrote is looked at."""

    save_requested = Signal(str, bytes)
    shown = Signal(str, bytes)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._given: tuple[ShownFile, ...] = ()
        self._written: tuple[ShownFile, ...] = ()
        self._more = False
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Files of this step"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show_row)
        self.text = QPlainTextEdit()
        set_role(self.text, "output")
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.table = QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.remark = text_label("", "muted")
        self.remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._views = QStackedWidget()
        for view in (self.text, self.table, self.remark):
            self._views.addWidget(view)
        self._about = text_label("", "small")
        self.save = button(self.tr("Save a copy"), self.tr("Save this file somewhere else"), "quiet")
        self.save.clicked.connect(self._save)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._about, 1)
        self._foot.addWidget(self.save)
        self._both = QHBoxLayout()
        self._both.addWidget(self.list)
        self._both.addWidget(self._views, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._both, 1)
        box.addLayout(self._foot)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self.list.setFixedWidth(look.px(190))
        self.text.setFont(look.code_font())
        self.text.document().setDocumentMargin(look.px(8))
        self._both.setContentsMargins(look.px(8), look.px(6), 0, 0)  # room for the ring around the list
        self._both.setSpacing(look.px(6))
        self.table.setFont(look.code_font(13))
        self.table.horizontalHeader().setMaximumSectionSize(look.px(320))
        self.remark.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self._foot.setContentsMargins(look.px(16), look.px(4), look.px(8), look.px(4))

    def wanted_height(self) -> int:
        """The height at which some lines of a file are seen, or the whole list of files."""
        rows = max(6, min(12, self.list.count()))
        return rows * (self.list.fontMetrics().lineSpacing() + self._look.px(12))

    @property
    def files(self) -> tuple[ShownFile, ...]:
        """All files on the list, in order."""
        return (*self._given, *self._written)

    @property
    def written(self) -> tuple[str, ...]:
        """The names of the files that the program wrote."""
        return tuple(one.file.name for one in self._written)

    @property
    def about(self) -> str:
        """What is said of the chosen file: where it comes from, and how large it is."""
        return self._about.text()

    def show_given(self, files: Sequence[FolderFile]) -> None:
        """Another step: the files that it gives."""
        self._given, self._written = tuple(ShownFile(file, Origin.GIVEN) for file in files), ()
        self._more = False
        self._fill("")

    def show_written(self, files: Sequence[FolderFile], more: bool = False) -> None:
        """A run has ended: the files that the program made or changed, and whether there are more than are listed."""
        row = self.list.currentRow()
        before = self.files[row].file.name if 0 <= row < len(self.files) else ""
        given = {one.file.name for one in self._given}
        self._written = tuple(
            ShownFile(file, Origin.CHANGED if file.name in given else Origin.WRITTEN) for file in files
        )
        self._more = more
        self._fill(before)

    def choose_written(self) -> None:
        """Show the first file that the program wrote."""
        if self._written:
            self.list.setCurrentRow(len(self._given))

    def replace_content(self, name: str, content: bytes) -> None:
        """Show and save a written file with another content."""
        self._written = tuple(
            ShownFile(replace(one.file, content=content, size=len(content)), one.origin)
            if one.file.name == name
            else one
            for one in self._written
        )
        self._show_row(self.list.currentRow())

    def _where(self, origin: Origin) -> str:
        return {
            Origin.GIVEN: self.tr("given with the step"),
            Origin.CHANGED: self.tr("given with the step, changed by your program in this run"),
            Origin.WRITTEN: self.tr("written by your program"),
        }[origin]

    def _fill(self, before: str) -> None:
        """List the files, and show the one of that name, else the first that was written."""
        self.list.blockSignals(True)
        self.list.clear()
        for one in self.files:
            item = QListWidgetItem(one.file.name)
            where = self._where(one.origin)
            item.setToolTip(where)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.file.name}, {where}")
            self.list.addItem(item)
        if self._more:
            item = QListWidgetItem(self.tr("more files, not listed"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.blockSignals(False)
        names = [one.file.name for one in self.files]
        first_written = len(self._given) if self._written else 0
        row = len(names) - 1 - names[::-1].index(before) if before in names else first_written
        if names:
            self.list.setCurrentRow(row)
            self._show_row(row)

    @called_by_qt(None)
    def showEvent(self, event: QShowEvent) -> None:
        """The chosen file is looked at from now on."""
        super().showEvent(event)
        self._tell(self.list.currentRow())

    def _tell(self, row: int) -> None:
        """Whoever guards patients wants to know what is looked at."""
        if self.isVisible() and 0 <= row < len(self.files):
            one = self.files[row]
            if one.written and one.file.content is not None:
                self.shown.emit(one.file.name, one.file.content)

    def _show_row(self, row: int) -> None:
        if not 0 <= row < len(self.files):
            return
        one = self.files[row]
        shown = content_of(one.file)
        self.save.setVisible(one.file.content is not None)
        self._about.setText(", ".join(part for part in (self._where(one.origin), shown.about) if part))
        if shown.remark:
            self.remark.setText(shown.remark)
            self._views.setCurrentWidget(self.remark)
        elif shown.head:
            self._show_table(shown)
        else:
            self.text.setPlainText(shown.text)
            self._views.setCurrentWidget(self.text)
        self.text.setAccessibleName(one.file.name)
        self.table.setAccessibleName(one.file.name)
        self.list.setAccessibleDescription(shown.remark)
        self._tell(row)

    def _show_table(self, shown: Content) -> None:
        self.table.clear()
        self.table.setColumnCount(max(len(shown.head), *(len(row) for row in shown.rows), 1))
        self.table.setRowCount(len(shown.rows))
        self.table.setHorizontalHeaderLabels(shown.head)
        for number, row in enumerate(shown.rows):
            for column, value in enumerate(row):
                self.table.setItem(number, column, QTableWidgetItem(value))
        self.table.resizeColumnsToContents()
        self._views.setCurrentWidget(self.table)

    def _save(self) -> None:
        file = self.files[self.list.currentRow()].file
        if file.content is not None:
            name = file.name.rsplit("/", 1)[-1].replace("\ufffd", "_")
            self.save_requested.emit(name, file.content)
