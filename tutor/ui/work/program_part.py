"""The upper part of the right half: the line above a program, and the program as this kind of step shows it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tutor.ui.editor import CodeEditor
from tutor.ui.stylesheet import set_role
from tutor.ui.work.title_row import TitleRow


class ProgramPart(QWidget):
    """`pages` holds an editor, an editor with gaps, a list of lines; each knows the height that it wants, and its least."""

    def __init__(self, title: TitleRow) -> None:
        super().__init__()
        set_role(self, "pane")
        self._title = title
        self.pages = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(title)
        box.addWidget(self.pages, 1)

    def fit(self) -> None:
        """Room for a line at least, and for the bar that is open under it; not for what the tallest page would like."""
        page: Any = self.pages.currentWidget()
        self.pages.setMinimumHeight(page.least_height())

    def wanted_height(self) -> int:
        """The height at which all of the program is seen."""
        page: Any = self.pages.currentWidget()
        return self._above + int(page.wanted_height())

    def whole_lines(self, height: int) -> int:
        """`height`, less what would show a part of a line."""
        page, above = self.pages.currentWidget(), self._above
        return above + page.whole_lines(height - above) if isinstance(page, CodeEditor) else height

    @property
    def _above(self) -> int:
        return max(self._title.sizeHint().height(), self._title.minimumHeight())
