"""The checks of the open step in plain words, with its solution and the mistakes that it knows, beside the step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor.authoring.step_words import step_in_words
from tutor.session.events import StepView
from tutor.ui.document import document_style, lesson_html
from tutor.ui.labels import text_label
from tutor.ui.lesson_pane import LessonText
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_role


class ChecksPane(QWidget):
    """Follows the step that is open."""

    link_followed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._view: StepView | None = None
        self.title = text_label("", "strong")
        self.text = LessonText()
        self.text.setAccessibleName(self.tr("Checks of this step"))
        self._box = QVBoxLayout(self)
        self._box.addWidget(self.title)
        self._box.addWidget(self.text, 1)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setContentsMargins(look.px(16), look.px(12), look.px(4), look.px(4))
        self._box.setSpacing(look.px(14))
        self.text.setFont(look.font())
        self.text.document().setDocumentMargin(look.px(6))
        self.text.document().setDefaultStyleSheet(document_style(look))
        self._render()

    def show_step(self, view: StepView) -> None:
        """This step is open."""
        self._view = view
        self._render()

    @property
    def words(self) -> str:
        """What is said, as plain text."""
        return self.text.toPlainText()

    def focus_first(self) -> None:
        """Give the keyboard to the text, to scroll it."""
        self.text.setFocus()

    def _render(self) -> None:
        view = self._view
        if view is None:
            self.title.setText(self.tr("No step is open."))
            return
        name = self.tr("Step {number} of {count}: {title}").format(
            number=view.number, count=view.count, title=view.step.title or view.step.id
        )
        self.title.setText(name)
        step = view.lesson.step(view.step.id) or view.step  # as it is written: what is shown may be mixed
        self.text.show_html(f"<body>{lesson_html(step_in_words(step), self._look)}</body>")
