"""The Output tab: what the program printed, the line where it asks, how it ended, and what to mend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor.explain.advice import Advice
from tutor.runner.result import Outcome, RunResult
from tutor.runner.written_files import MOST_LISTED
from tutor.ui.announce import announce
from tutor.ui.fitting_scroll import FittingScroll
from tutor.ui.focus_order import put_after
from tutor.ui.fold import Fold
from tutor.ui.look import Look
from tutor.ui.results.advice_card import AdviceCard
from tutor.ui.results.ending_row import EndingRow
from tutor.ui.results.input_line import InputLine
from tutor.ui.results.output_view import MOST_LINES, OutputView
from tutor.ui.stylesheet import set_role

#: Of more files than these the number is not said: not all may have been looked at.
MOST_COUNTED = MOST_LISTED // 2

#: The least height of what is said about a run, in the design's pixels: how much more there is depends on the program.
LEAST = 40

#: Lines for which there is room before anything has run, but in a low window.
AT_REST = 3

#: Printed lines that are worth more room than the program has left over.
MOST_WANTED = 12


class OutputPane(QWidget):
    """Verbs: begin, append, ask, end. Says what the learner typed, and which line is to be shown."""

    line_entered = Signal(str)
    input_ended = Signal()
    line_chosen = Signal(int)
    save_requested = Signal(str, bytes)
    files_requested = Signal()
    #: There is more to see than before.
    grown = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.view = OutputView(look)
        self.view.line_chosen.connect(self.line_chosen)
        self.input = InputLine(look)
        self.input.line_entered.connect(self._typed)
        self.input.input_ended.connect(self.input_ended)
        self._advice = QVBoxLayout()
        self._row = EndingRow()
        self._ending, self._ending_icon = self._row.words, self._row.icon
        self.to_files, self.save = self._row.to_files, self._row.save
        self.to_files.clicked.connect(self.files_requested)
        self.save.clicked.connect(self._save)
        self._inside = QWidget()
        set_role(self._inside, "pane")
        self._under = QVBoxLayout(self._inside)
        self._below = FittingScroll(self._inside, least=look.px(LEAST))
        self._under.addWidget(self.input)
        self._under.addLayout(self._advice)
        self._under.addWidget(self._row)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.view, 1)
        self._box.addWidget(self._below)
        self._last: tuple[RunResult, tuple[Advice, ...]] | None = None
        self.reset()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self.view.set_look(look)
        self.input.set_look(look)
        self._below.least = look.px(LEAST)
        self.view.setMinimumHeight(self.view.height_of(1))
        self._under.setContentsMargins(look.px(16), look.px(8), look.px(12), look.px(8))
        self._under.setSpacing(look.px(8))
        self._advice.setSpacing(look.px(8))
        self._row.set_look(look)
        if self._last is not None:
            self._show_ending(*self._last)

    def reset(self, filename: str = "main.py") -> None:
        """Another step: nothing has run yet; `filename`: the program's own file."""
        self.view.filename = filename
        self.begin()
        self.begun = False
        self.view.setPlaceholderText(self.tr("Nothing has run yet. Press F5."))

    def begin(self) -> None:
        """A program starts."""
        self._last = None
        #: Whether a program has run in this step.
        self.begun = True
        self.view.begin()
        self.view.setPlaceholderText("")
        self.input.hide()
        self._clear_advice()
        self.save.hide()
        self.to_files.hide()
        self._ending.hide()
        self._ending_icon.hide()
        self._row.hide()
        self._below.hide()

    def append(self, pieces: Sequence[tuple[str, str]]) -> None:
        """The program printed this: (stream, text), in order."""
        few = self.view.blockCount() < MOST_WANTED
        self.view.append_pieces(pieces)
        if few:
            self.grown.emit()

    def ask(self, prompt: str) -> None:
        """The program waits for a line."""
        self._below.least = self._look.px(56)  # the line alone: it is never cut, however low the window
        self._below.show()
        self.input.ask(prompt)
        self.grown.emit()

    def end(self, result: RunResult, advice: Sequence[Advice] = ()) -> None:
        """The program has ended, and this is to be said about it."""
        self.input.hide()
        self.view.finish()
        self.view.setPlaceholderText(self.tr("The program printed nothing."))
        self._last = (result, tuple(advice))
        self._show_ending(result, tuple(advice))
        self.grown.emit()
        first = f"{advice[0].title}. {advice[0].text}" if advice else ""
        announce(self.view, f"{self._ending.text()} {first}".strip())

    def _show_ending(self, result: RunResult, advice: tuple[Advice, ...]) -> None:
        self._clear_advice()
        self._below.least = self._look.px(LEAST)
        shown: list[QWidget] = []
        for number, piece in enumerate(advice[:3]):
            python = result.error.traceback if number == 0 and result.error and piece.python else ""
            made = AdviceCard(piece, self._look, python or piece.python or "")
            made.line_chosen.connect(self.line_chosen)
            folded = (
                Fold(self.tr("Also: {title}").format(title=piece.title), made, self._look) if number else made
            )
            self._advice.addWidget(folded)
            shown.append(folded)
        last = put_after(self.view, self.input)
        for part in shown:
            last = put_after(last, part)
        put_after(put_after(last, self.to_files), self.save)
        explained = bool(advice) and result.outcome is Outcome.ERROR
        self._ending.setText(self._ending_words(result, explained))
        well = result.ended_well
        theme = self._look.theme
        self._ending_icon.setPixmap(
            self._look.picture("check" if well else "info", theme.good if well else theme.muted, 16)
        )
        self._below.show()
        self.save.setVisible(bool(self.view.toPlainText()))
        names = result.written
        self.to_files.setVisible(bool(result.kept))
        only = names[0] if len(names) == 1 and len(names[0]) <= 24 else ""
        words = self.tr("Show {name}").format(name=only) if only else self.tr("Show the files")
        self.to_files.setText(words.replace("&", "&&"))
        self._ending.show()
        self._ending_icon.show()
        self._row.show()
        self._row.fit()

    def _ending_words(self, result: RunResult, explained: bool) -> str:
        if explained:
            # The card has said it in better words.
            where = self.tr("Python stopped on line {line}.").format(line=result.line)
            words = where if result.line else self.tr("Python stopped.")
        else:
            words = result.sentence()
        if result.outcome in {Outcome.FINISHED, Outcome.EXITED, Outcome.ERROR}:
            words += " " + self._took(result.seconds)
        if result.kept:
            words += " " + self._wrote(result.written)
        if self.view.was_cut:
            words += " " + self.tr("Earlier lines were cut: the last {count} are shown.").format(
                count=f"{MOST_LINES:,}"
            )
        return words

    def _wrote(self, names: Sequence[str]) -> str:
        if len(names) == 1 and len(names[0]) <= 60:
            return self.tr("It wrote the file {name}.").format(name=names[0])
        if len(names) > MOST_COUNTED:
            return self.tr("It wrote more than {count} files.").format(count=f"{MOST_COUNTED:,}")
        return self.tr("Files that it wrote: {count}.").format(count=f"{len(names):,}")

    def _took(self, seconds: float) -> str:
        if seconds < 0.01:
            return self.tr("It took less than 0.01 s.")
        return self.tr("It took {seconds} s.").format(seconds=f"{seconds:.2f}")

    def _save(self) -> None:
        """Everything that was printed, also what is no longer on show."""
        printed = self.view.toPlainText()
        if self._last is not None and self.view.was_cut:
            result = self._last[0]
            printed = "\n".join(part for part in (result.stdout, result.stderr) if part)
        self.save_requested.emit("output.txt", printed.encode("utf-8", "replace"))

    def _typed(self, line: str) -> None:
        self._below.hide()
        self.line_entered.emit(line)

    def _clear_advice(self) -> None:
        while self._advice.count():
            item = self._advice.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def wanted_height(self) -> int:
        """The height at which what was printed (of much, the last lines) and all that is said about it are seen."""
        if not self.begun:
            low = self._look.is_low(self.window().height())
            return self.view.height_of(1 if low else AT_REST)
        lines = min(MOST_WANTED, max(1, int(self.view.document().size().height())))
        below = self._below.sizeHint().height() if self._below.isVisibleTo(self) else 0
        return self.view.height_of(lines) + below

    def least_height(self) -> int:
        """The height below which words would be cut."""
        below = self._below.minimumSizeHint().height() if self._below.isVisibleTo(self) else 0
        return self.view.height_of(1) + below

    @property
    def ended(self) -> bool:
        """Whether the result of a run is on show."""
        return self._last is not None

    @property
    def ending(self) -> str:
        """How the run ended, as it is shown."""
        return self._ending.text()

    def advice_cards(self) -> list[AdviceCard]:
        """The cards on show, best first."""
        return self.findChildren(AdviceCard)
