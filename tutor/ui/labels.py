"""Text on the window that can be selected and read aloud, and the buttons in our style."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolButton

from tutor.ui.document import inline_html
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role


class TextLabel(QLabel):
    """A label whose wrapped text asks for the height that it has at its width, and no more."""

    @called_by_qt(QSize())
    def minimumSizeHint(self) -> QSize:
        """One line: Qt would ask for the height of the narrowest form, and scroll bars would show for nothing."""
        if not self.wordWrap():
            return super().minimumSizeHint()
        return QSize(1, self.fontMetrics().lineSpacing())


def text_label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """A label of plain text that can be selected with the mouse."""
    label = TextLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(wrap)
    label.setCursor(Qt.CursorShape.ArrowCursor)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    if role:
        set_role(label, role)
    return label


def prose_label(markdown: str, look: Look, role: str = "") -> QLabel:
    """A label for a sentence that may hold code between backticks, as lesson writers and explanations write it."""
    label = text_label("", role)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(inline_html(markdown, look))
    label.setAccessibleName(markdown.replace("`", ""))
    return label


def button(text: str, description: str = "", role: str = "") -> QPushButton:
    """A button with words on it, reached by Tab."""
    made = QPushButton(text)
    made.setAccessibleDescription(description)
    if description:
        made.setToolTip(description)
    made.setAutoDefault(False)
    if role:
        set_role(made, role)
    return made


def icon_button(look: Look, icon: str, name: str, description: str = "") -> QToolButton:
    """A button that shows only an icon, with its name for the tool tip and the screen reader."""
    made = QToolButton()
    made.setAccessibleName(name)
    made.setAccessibleDescription(description)
    made.setToolTip(f"{name}. {description}" if description else name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setIcon(look.icon(icon))
    made.setIconSize(look.size(20))
    made.setProperty("iconName", icon)
    return made


def dress(widget: QPushButton | QToolButton, look: Look, icon: str, colour: str | None = None) -> None:
    """Put an icon on a button, in the look's size and in `colour` (the text's by default)."""
    widget.setIcon(look.icon(icon, colour))
    widget.setIconSize(look.size(18))
