"""Problems that Test found, each with the way to its file and line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tutor.lessons.model import Problem, Severity
from tutor.ui.labels import button, prose_label, text_label
from tutor.ui.look import Look
from tutor.ui.replace_page import replace_page
from tutor.ui.stylesheet import set_role

#: Problems that are shown at once: whoever has more mends these first.
MOST = 100


class ProblemList(QScrollArea):
    """`chosen` brings the problem whose place somebody wants to see."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._problems: tuple[Problem, ...] = ()
        self.links: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Problems"))

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self.show_problems(self._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is listed."""
        return self._problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List these: what is to be mended first, then warnings."""
        ordered = sorted(problems, key=lambda one: one.severity is not Severity.ERROR)
        self._problems = tuple(ordered)
        self.links = []
        page = QWidget()
        set_role(page, "pane")
        box = QVBoxLayout(page)
        px = self._look.px
        box.setContentsMargins(px(12), px(4), px(12), px(12))
        box.setSpacing(px(8))
        for problem in ordered[:MOST]:
            box.addWidget(self._card(problem))
        if len(ordered) > MOST:
            box.addWidget(text_label(self.tr("and %n more.", "", len(ordered) - MOST), "muted"))
        box.addStretch(1)
        replace_page(self, page)
        needed = page.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(min(needed, self._look.px(600)))

    def _card(self, problem: Problem) -> QFrame:
        px, error = self._look.px, problem.severity is Severity.ERROR
        frame = QFrame()
        set_role(frame, "card")
        box = QVBoxLayout(frame)
        box.setContentsMargins(px(12), px(6), px(12), px(8))
        box.setSpacing(px(4))
        place = problem.place
        link = button(
            self.tr("{file}, line {line}").format(file=place.file.name, line=place.line),
            self.tr("Open the file at this place"),
            "link",
        )
        link.setAccessibleName(f"{link.text()}: {problem.problem}")
        link.clicked.connect(lambda: self.chosen.emit(problem))
        self.links.append(link)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(link)
        head.addStretch(1)
        kind = self.tr("to mend") if error else self.tr("warning")
        head.addWidget(text_label(kind, "wrong" if error else "caution", wrap=False))
        box.addLayout(head)
        box.addSpacing(px(4))  # for the ring around the link
        if problem.where:
            box.addWidget(text_label(problem.where, "small"))
        box.addWidget(prose_label(problem.problem, self._look))
        if problem.hint:
            box.addWidget(prose_label(problem.hint, self._look, "muted"))
        return frame
