"""New step: which kind, and where; it begins from a template that works."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QRadioButton, QWidget

from tutor.lessons.model import StepKind
from tutor.session.events import StepView
from tutor.translation import tr
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.side_panel import SidePanel


def kinds() -> dict[StepKind, tuple[str, str]]:
    """Each kind of step: what its writer calls it, and what a learner does there."""

    return {
        StepKind.READ: (tr("Read"), tr("A text, with a program to run and change.")),
        StepKind.PREDICT: (
            tr("Predict"),
            tr("Say what a program prints; then it runs and shows the truth."),
        ),
        StepKind.CHOOSE: (tr("Choose"), tr("Pick the right answers; each has its reason.")),
        StepKind.FILL: (tr("Fill gaps"), tr("Complete a program that has gaps.")),
        StepKind.ARRANGE: (
            tr("Arrange lines"),
            tr("Put shuffled lines in order, with their indentation."),
        ),
        StepKind.FIX: (tr("Mend a program"), tr("Find out what is wrong in a program, and mend it.")),
        StepKind.EXERCISE: (tr("Write a program"), tr("Write a program that checks judge.")),
        StepKind.PROJECT: (tr("Build a prototype"), tr("Write a program that becomes a form.")),
    }


class NewStepPanel(SidePanel):
    """`wanted` brings the kind, and the id of the step that the new one stands behind ("" for the last)."""

    wanted = Signal(object, str)

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "", width=460)
        self.set_title(self.tr("New step"))
        self.setAccessibleName(self.tr("New step"))
        self._view: StepView | None = None
        self.buttons: dict[StepKind, QPushButton] = {}
        self.here = QRadioButton()
        self.at_end = QRadioButton()
        self.set_look(look)

    def show_for(self, view: StepView) -> None:
        """Slide in, for the lesson that is open."""
        self._view = view
        self.open_panel()

    def focus_first(self) -> None:
        """Give the keyboard to the first kind."""
        first = next(iter(self.buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def build(self) -> None:
        """Where, then the kinds."""
        box = self.new_page()
        view = self._view
        at_end = self.at_end.isChecked()
        box.addWidget(text_label(self.tr("Where"), "heading"))
        title = (view.step.title or view.step.id) if view is not None else ""
        self.here = QRadioButton(self.tr("After this step: {title}").format(title=title))
        self.at_end = QRadioButton(self.tr("At the end of the lesson"))
        group = QButtonGroup(self.here)
        for place in (self.here, self.at_end):
            group.addButton(place)
            box.addWidget(place)
        (self.at_end if at_end else self.here).setChecked(True)
        heading = text_label(self.tr("Kind"), "heading")
        heading.setContentsMargins(0, self.look.px(12), 0, 0)
        box.addWidget(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.look.px(16))
        grid.setVerticalSpacing(self.look.px(8))
        grid.setColumnStretch(1, 1)
        box.addLayout(grid)
        self.buttons = {}
        for kind, (name, words) in kinds().items():
            made = button(name, words)
            made.clicked.connect(lambda _checked=False, kind=kind: self._want(kind))
            row = len(self.buttons)
            grid.addWidget(made, row, 0)
            grid.addWidget(text_label(words, "small"), row, 1)
            self.buttons[kind] = made
        words = self.tr("The step is written into the lesson's file as an example that works. Change it there; nothing else in the file is touched.")  # fmt: skip
        box.addSpacing(self.look.px(8))
        box.addWidget(text_label(words, "muted"))
        box.addStretch(1)

    def _want(self, kind: StepKind) -> None:
        after = self._view.step.id if self._view is not None and self.here.isChecked() else ""
        self.dismiss()
        self.wanted.emit(kind, after)
