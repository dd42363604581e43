""" "I think I am right": what would be sent to the lesson writer, to be read before it is saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QWidget

from tutor.authoring.cases import case_text
from tutor.checks.result import Verdict
from tutor.session.events import StepView
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.side_panel import SidePanel
from tutor.ui.stylesheet import set_primary, set_role


class CasePanel(SidePanel):
    """The whole text of the case file, a place for a reason, and Save. `save_requested` brings the name and the text."""

    save_requested = Signal(str, bytes)

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "", right=True, width=620)
        self.set_title(self.tr("I think I am right"))
        self.setAccessibleName(self.tr("I think I am right"))
        self._view: StepView | None = None
        self._program = ""
        self._verdict: Verdict | None = None
        self.reason = QPlainTextEdit()
        self.preview = QPlainTextEdit()
        self.save = button(self.tr("Save this file"))
        self.set_look(look)

    def show_case(self, view: StepView, program: str, verdict: Verdict) -> None:
        """Slide in with the text about a refused program."""
        self._view, self._program, self._verdict = view, program, verdict
        self.reason.clear()
        self.open_panel()

    @property
    def text(self) -> str:
        """What would be saved."""
        view, verdict = self._view, self._verdict
        if view is None or verdict is None:
            return ""
        return case_text(
            course=f"{view.course.id} {view.course.version}",
            lesson=view.lesson.id,
            step=view.step.id,
            content_hash=view.step.content_hash,
            program=self._program,
            checks=verdict.checks,
            reason=self.reason.toPlainText(),
        )

    def focus_first(self) -> None:
        """Give the keyboard to the reason."""
        self.reason.setFocus()

    def build(self) -> None:
        """The words, the reason, the preview."""
        look, typed = self.look, self.reason.toPlainText()
        box = self.new_page()
        words = self.tr("Checks can be wrong. This file is for the lesson writer, who can replay it. You can read all of it here; nothing in it is about you, and nothing is sent by the tutor.")  # fmt: skip
        box.addWidget(text_label(words))
        label = text_label(self.tr("Why you think so, if you like. No names."), wrap=False)
        self.reason = QPlainTextEdit(typed)
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName(label.text())
        set_role(self.reason, "code-input")
        self.reason.setFixedHeight(self.reason.fontMetrics().lineSpacing() * 3 + look.px(16))
        self.reason.textChanged.connect(self._show_text)
        label.setBuddy(self.reason)
        box.addWidget(label)
        box.addWidget(self.reason)
        box.addWidget(text_label(self.tr("The file"), "heading"))
        self.preview = QPlainTextEdit()
        set_role(self.preview, "output")
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setFrameShape(QFrame.Shape.NoFrame)
        self.preview.setAccessibleName(self.tr("The file as it will be saved"))
        box.addWidget(self.preview, 1)
        self.save = button(
            self.tr("Save this file"), self.tr("Choose where; send it to the lesson writer yourself")
        )
        set_primary(self.save, True)
        self.save.clicked.connect(self._save)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        box.addLayout(row)
        self._show_text()

    def _show_text(self) -> None:
        place = self.preview.verticalScrollBar().value()
        self.preview.setPlainText(self.text)
        self.preview.verticalScrollBar().setValue(place)

    def _save(self) -> None:
        if self._view is not None:
            name = f"{self._view.lesson.id}-{self._view.step.id}.case.txt"
            self.save_requested.emit(name, self.text.encode("utf-8", "replace"))
