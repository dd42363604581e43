"""The Checks tab: one line of verdict, the first thing to mend, the rest folded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tutor.checks.result import CheckResult, Verdict
from tutor.errors import Fault
from tutor.session.events import Checked, Offer
from tutor.ui.announce import announce
from tutor.ui.focus_order import put_after
from tutor.ui.fold import Fold
from tutor.ui.labels import button, prose_label, text_label
from tutor.ui.look import Look
from tutor.ui.replace_page import replace_page
from tutor.ui.results.advice_card import AdviceCard
from tutor.ui.results.comparison import Comparison
from tutor.ui.stylesheet import set_role


class ChecksPane(QScrollArea):
    """Shows a verdict. Says when a line is to be shown, and when help that was offered is wanted."""

    line_chosen = Signal(int)
    help_requested = Signal(object)
    case_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._checked: Checked | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Checks"))
        self._page = QWidget()
        self.reset()

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        if self._checked is not None:
            self._build(self._checked)
        else:
            self.reset()

    def reset(self) -> None:
        """Another step: nothing has been checked yet."""
        self._checked = None
        box = self._new_page()
        box.addWidget(text_label(self.tr("Nothing has been checked yet. Press Ctrl+Enter."), "muted"))
        box.addStretch(1)

    def show_checked(self, checked: Checked) -> None:
        """Show a verdict."""
        self._checked = checked
        self._build(checked)
        self.verticalScrollBar().setValue(0)
        announce(self, self.spoken())

    def wanted_height(self) -> int:
        """The height at which the whole page is seen."""
        box = self._page.layout()
        return box.totalHeightForWidth(max(1, self.viewport().width())) if box is not None else 0

    @property
    def verdict(self) -> Verdict | None:
        """The verdict on show."""
        return self._checked.verdict if self._checked else None

    def comparisons(self) -> list[Comparison]:
        """The pairs of expected and got, in order."""
        return self._page.findChildren(Comparison)

    def texts(self) -> list[str]:
        """All words on the page."""
        return [label.text() for label in self._page.findChildren(QLabel)]

    def spoken(self) -> str:
        """The verdict as it is read aloud."""
        if self._checked is None:
            return ""
        verdict = self._checked.verdict
        parts = [verdict.sentence()]
        if verdict.mistake is not None:
            parts.append(verdict.mistake.say)
        elif self._checked.advice and not verdict.passed:
            parts.append(self._checked.advice[0].text)
        failed = verdict.first_failed
        if failed is not None and not verdict.not_started:
            heading = failed.subject or failed.name
            parts += [heading] if verdict.mistake is not None else [heading, failed.message]
            if failed.expected is not None:
                parts.append(
                    self.tr("Expected {expected}, got {got}.").format(
                        expected=failed.expected, got=failed.got
                    )
                )
        return " ".join(part for part in [*parts, *verdict.notes] if part)

    def _new_page(self) -> QVBoxLayout:
        page = QWidget()
        set_role(page, "pane")
        box = QVBoxLayout(page)
        look = self._look
        box.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        box.setSpacing(look.px(10))
        replace_page(self, page)
        self._page = page
        return box

    def _build(self, checked: Checked) -> None:
        verdict = checked.verdict
        box = self._new_page()
        box.addLayout(self._verdict_line(verdict))
        for note in verdict.notes:
            box.addWidget(self._note(note))
        failed = (
            None if verdict.not_started or verdict.fault in {Fault.LESSON, Fault.PC} else verdict.first_failed
        )
        if verdict.not_started:
            box.addWidget(text_label(self.tr("Change it as the lesson asks, run it, then check again.")))
        crashed = checked.advice and not verdict.passed
        known = verdict.mistake if not verdict.passed else None
        if known is not None:  # one message: what is more general than this is folded
            box.addWidget(self._say(known.say))
            if failed is not None and failed.expected is None:
                failed = None
        elif crashed:
            box.addWidget(self._advice(checked))
        if failed is not None:
            box.addWidget(self._failed(failed, quiet=bool(known or crashed)))
        if checked.offer is not Offer.NONE and not verdict.passed:
            if checked.offer_words:
                box.addWidget(text_label(checked.offer_words, "muted"))
            box.addWidget(self._offer(checked.offer), 0, Qt.AlignmentFlag.AlignLeft)
        more = [self._advice(checked)] if known is not None and crashed else []
        self._add_rest(box, verdict, failed, more)
        self.case = button(
            self.tr("I think I am right"), self.tr("Read and save a file for the lesson writer"), "link"
        )
        self.case.clicked.connect(self.case_requested)
        box.addWidget(
            self.case, 0, Qt.AlignmentFlag.AlignLeft
        )  # before it is shown: else it is a window of its own
        self.case.setVisible(not verdict.passed and not verdict.not_started and verdict.fault is not Fault.PC)
        box.addStretch(1)
        put_after(self, self._page)

    def _advice(self, checked: Checked) -> AdviceCard:
        first = checked.advice[0]
        run, failed = checked.verdict.run, checked.verdict.first_failed
        error = run.error if run is not None and run.error is not None else failed.crash if failed else None
        python = error.traceback if error is not None and first.python else ""
        made = AdviceCard(first, self._look, python)
        made.line_chosen.connect(self.line_chosen)
        return made

    def _add_rest(
        self, box: QVBoxLayout, verdict: Verdict, failed: CheckResult | None, more: Sequence[QWidget]
    ) -> None:
        rest = [check for check in verdict.checks if check is not failed]
        if not (rest or more) or verdict.not_started:
            return
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(self._look.px(8), 0, 0, 0)
        lines.setSpacing(self._look.px(8))
        for card in more:
            lines.addWidget(card)
        for check in rest:
            lines.addWidget(self._short(check) if check.passed else self._failed(check, quiet=True))
        if verdict.passed:
            title = self.tr("What was checked")
        else:
            whole = len(rest) == len(verdict.checks)
            title = (
                self.tr("All checks (%n)", "", len(rest))
                if whole
                else self.tr("The other checks (%n)", "", len(rest))
            )
        fold = Fold(title, inner, self._look)
        fold.heading.clicked.connect(
            lambda: QTimer.singleShot(0, fold, lambda: self.ensureWidgetVisible(fold))
        )
        box.addWidget(fold)

    def _verdict_line(self, verdict: Verdict) -> QHBoxLayout:
        look, theme = self._look, self._look.theme
        if verdict.passed:
            icon, colour, role = "check", theme.good, "good"
        elif verdict.not_started or verdict.fault in {Fault.LESSON, Fault.PC}:
            icon, colour, role = "info", theme.caution, "caution"
        else:
            icon, colour, role = "cross", theme.wrong, "wrong"
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        sign = QLabel()
        sign.setPixmap(look.picture(icon, colour))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = text_label(verdict.sentence(), role)
        row.addWidget(words, 1)
        return row

    def _note(self, note: str) -> QFrame:
        frame, box = self._card("info-card")
        box.addWidget(prose_label(note, self._look))
        return frame

    def _say(self, words: str) -> QFrame:
        frame, box = self._card("caution-card")
        box.addWidget(prose_label(words, self._look))
        return frame

    def _failed(self, check: CheckResult, *, quiet: bool = False) -> QFrame:
        """A failed check, whole. `quiet`: its general message is left out where a better one stands above it."""
        frame, box = self._card("card")
        look = self._look
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        sign = QLabel()
        sign.setPixmap(look.picture("cross", look.theme.wrong, 16))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(text_label(check.subject or check.name, "code" if check.subject else "strong"), 1)
        if check.hidden:
            head.addWidget(
                text_label(self.tr("hidden until now"), "small", wrap=False), 0, Qt.AlignmentFlag.AlignTop
            )
        box.addLayout(head)
        if check.given:
            box.addWidget(text_label(check.given, "muted"))
        if check.message and not (quiet and check.expected is not None):
            box.addWidget(prose_label(check.message, look))
        if check.expected is not None and check.got is not None:
            box.addWidget(Comparison(check, look))
        if check.detail:
            detail = text_label(check.detail, "code")
            box.addWidget(Fold(self.tr("More about this check"), detail, look))
        return frame

    def _short(self, check: CheckResult) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(8))
        sign = QLabel()
        sign.setPixmap(self._look.picture("check", self._look.theme.good, 16))
        sign.setAccessibleName(self.tr("passed"))
        row.addWidget(sign)
        row.addWidget(text_label(check.subject or check.name, "code" if check.subject else "", wrap=False))
        if check.hidden:
            row.addWidget(text_label(self.tr("hidden"), "small", wrap=False))
        row.addWidget(text_label(check.given, "small"), 1)
        return line

    def _offer(self, offer: Offer) -> QWidget:
        words = {
            Offer.HINT: self.tr("Show a hint"),
            Offer.ARRANGE: self.tr("Put given lines in order instead"),
            Offer.SOLUTION: self.tr("Show a worked answer"),
        }[offer]
        made = button(words)
        made.clicked.connect(lambda: self.help_requested.emit(offer))
        return made

    def _card(self, role: str) -> tuple[QFrame, QVBoxLayout]:
        look = self._look
        frame = QFrame()
        set_role(frame, role)
        box = QVBoxLayout(frame)
        box.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        box.setSpacing(look.px(8))
        return frame, box
