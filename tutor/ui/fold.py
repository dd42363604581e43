"""A line that folds its contents away, and unfolds them by mouse or keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tutor.ui.look import Look
from tutor.ui.stylesheet import set_role


class Fold(QWidget):
    """A heading that shows or hides `content`; folded at first."""

    def __init__(self, title: str, content: QWidget, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._heading = QPushButton(title)
        self._heading.setCheckable(True)
        set_role(self._heading, "fold")
        self._heading.toggled.connect(self.set_open)
        self._content = content
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(4))
        box.addWidget(self._heading)
        box.addWidget(content)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether the contents are shown."""
        return self._heading.isChecked()

    @property
    def heading(self) -> QPushButton:
        """The line that one presses."""
        return self._heading

    def set_open(self, open_: bool) -> None:
        """Show or hide the contents."""
        self._heading.setChecked(open_)
        theme = self._look.theme
        self._heading.setIcon(self._look.icon("fold-open" if open_ else "fold-closed", theme.muted, 16))
        self._heading.setIconSize(self._look.size(16))
        self._heading.setAccessibleDescription(self.tr("Unfolded") if open_ else self.tr("Folded"))
        self._content.setVisible(open_)
