"""The code editor as the rest of the window knows it. Nothing of Scintilla is seen from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tutor.ui.editor import accessible
from tutor.ui.editor.appearance import Appearance
from tutor.ui.editor.assist import Assist
from tutor.ui.editor.commands import Commands
from tutor.ui.editor.documents import Documents, DocumentState
from tutor.ui.editor.find_bar import FindBar
from tutor.ui.editor.gaps import Gaps, one_line, with_guards, without_guards
from tutor.ui.editor.language import PYTHON, Language
from tutor.ui.editor.line_bar import LineBar
from tutor.ui.editor.marks import ErrorMark, LiveCheck, LiveMarks, Mark, StoppedLine, place
from tutor.ui.editor.notes import Notes
from tutor.ui.editor.surface import Surface
from tutor.ui.editor.theme import EditorTheme
from tutor.ui.editor.typing_aids import BracketMatch, TypingAids
from tutor.ui.qt_calls import called_by_qt

RING = 3  # px, the focus ring of the design


class CodeEditor(QWidget):
    """Where programs are written.

    Lines count from 1, columns from 0, both in characters of the program. Keys of its own: Ctrl+F, Ctrl+H, F3, Ctrl+G,
    Ctrl+/, Ctrl+Space, F8, Ctrl+plus, Ctrl+minus, Ctrl+0; Esc then Tab leaves it. Actions of the window win over these.
    """

    text_changed = Signal()  # after a burst of changes; editing in the slot is safe
    cursor_moved = Signal(int)  # line
    pasted = Signal(str)  # what was pasted, straightened
    gaps_changed = Signal()
    gap_entered = Signal(str)  # name
    zoom_changed = Signal(int)
    announced = Signal(str)  # words for a screen reader; the window says them
    focus_changed = Signal(bool)
    bar_changed = Signal()  # a bar under the program has come or gone

    def __init__(self, parent: QWidget | None = None, language: Language = PYTHON) -> None:
        super().__init__(parent)
        accessible.install()
        self._surface = surface = Surface(self)
        self._colours = language.attach(surface)  # kept as long as the editor
        if language.wraps_lines:
            surface.wrap_lines()
        self._documents = Documents(surface, language)
        self._look = Appearance(surface, language=language)
        self._gaps = Gaps(surface)
        self._error = ErrorMark(surface)
        self._stopped = StoppedLine(surface)
        self._live = LiveMarks(surface)
        self._notes = Notes(surface)
        self._aids = TypingAids(surface, language)
        self._brackets = BracketMatch(surface)
        self._assist = Assist(surface, self._look, self._live, self, language)
        self._find = FindBar(surface, self)
        self._line_bar = LineBar(surface, self)
        self._commands = Commands(self)
        self._straighten: Callable[[str], str] | None = None
        self._line = 1
        self._zoom = 0
        self._ringed = False
        accessible.attach(surface)
        surface.key_handlers = [
            self._assist.handle_key,
            self._commands.handle_key,
            self._gaps.handle_key,
            self._aids.handle_key,
        ]
        surface.clean_insert = self._clean_insert
        surface.clean_copy = without_guards
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._box = layout = QVBoxLayout(self)
        layout.setContentsMargins(RING, RING + self.fontMetrics().height() // 4, RING, RING)
        layout.setSpacing(0)
        self._surface.setMinimumHeight(1)  # a bar under it is never squeezed for its sake
        layout.addWidget(self._surface, 1)
        layout.addWidget(self._find)
        layout.addWidget(self._line_bar)
        self.setFocusProxy(self._surface)
        self.setAccessibleName(self.tr("Your program"))

    def _connect(self) -> None:
        surface = self._surface
        surface.text_settled.connect(self.text_changed)
        surface.selection_moved.connect(self._on_moved)
        surface.pasted.connect(self.pasted)
        surface.menu_requested.connect(lambda where: self.context_menu().popup(where))
        surface.leaving_armed.connect(lambda: self.announced.emit(self.tr("Tab now leaves the editor.")))
        surface.focus_changed.connect(self._on_focus)
        surface.view_changed.connect(self._on_view)
        self._assist.said.connect(self.announced)
        self._gaps.answered.connect(self.gaps_changed)
        self._gaps.gap_entered.connect(self._on_gap)
        self._gaps.left_last.connect(lambda forward: surface.leave(forward=forward))
        for bar in (self._find, self._line_bar):
            bar.closed.connect(lambda: self.setFocus())
            bar.closed.connect(self.bar_changed)
        self._line_bar.line_chosen.connect(lambda line: self.go_to(line))

    @property
    def drop_targets(self) -> list[QWidget]:
        """The widgets that see what is dropped onto the editor."""
        return [self._surface, self._surface.viewport()]

    # --------------------------------------------------------------------------------------------------------------- text

    def text(self) -> str:
        """The program; gaps are filled with what stands in them."""
        return without_guards(self._surface.document_text())

    def set_text(self, text: str, *, keep_undo: bool = False) -> None:
        """Make this the document, without gaps. With `keep_undo` it is one undoable step, else there is no way back."""
        if keep_undo:
            self.replace_all(text)
            return
        self._leave_document()
        self._load(text, ())
        self._enter_document()

    def replace_all(self, text: str) -> None:
        """Put `text` in place of the program: one undoable step (Reset to starter, Straighten).

        Only the part that differs is replaced, so the caret and marks elsewhere stay. Among gaps it sets the answers, and does
        nothing if `text` is another program.
        """
        surface = self._surface
        if self._gaps.order:
            answers = self._gaps.answers_in(text)
            if answers is not None:
                self._gaps.set_answers(answers)
            return
        old, new = self.text(), without_guards(text).replace("\r\n", "\n").replace("\r", "\n")
        start = _common_start(old, new)
        tail = min(_common_start(old[::-1], new[::-1]), len(old) - start, len(new) - start)
        first, last = surface.position_at(start), surface.position_at(len(old) - tail)
        if old != new:
            with surface.writable(), surface.one_undo_step():
                surface.replace(first, last, new[start : len(new) - tail])
            self._live.put(())
            self._notes.clear()
            self._error.clear()

    def insert_text(self, text: str) -> None:
        """Put text at the caret (in place of the selection), as if it had been pasted; one undo step."""
        surface = self._surface
        with surface.gate(), surface.one_undo_step():
            if not surface.readOnly():
                surface.replace(surface.selectionStart(), surface.selectionEnd(), text)
                surface.gotoPos(surface.targetEnd())

    def selected_text(self) -> str:
        """What is selected; empty for nothing."""
        return without_guards(
            self._surface.slice(self._surface.selectionStart(), self._surface.selectionEnd())
        )

    def set_read_only(self, read_only: bool) -> None:
        """Whether this document can be changed by the person at the keyboard."""
        self._documents.current.read_only = read_only
        self._gaps.use(self._gaps.order, read_only=read_only)

    def is_read_only(self) -> bool:
        """Whether this document is read only."""
        return self._documents.current.read_only

    # ---------------------------------------------------------------------------------------------------------- documents

    def open_document(self, key: str, text: str) -> None:
        """Show the document of this step, made from `text` the first time.

        Later its undo history and place are as they were left; where `text` has changed meanwhile, that is one undoable step.
        A document that is on show already stays as it is but for that.
        """
        if key == self._documents.key and not self._documents.current.gaps:
            if text != self.text():
                self.replace_all(text)
            return
        self._leave_document()
        if self._documents.show(key, lambda: self._load(text, ())) and not self._documents.current.gaps:
            self._enter_document()
            self.replace_all(text)
            return
        self._enter_document()

    def open_gaps(
        self, key: str, template: str, names: Sequence[str], answers: Mapping[str, str] | None = None
    ) -> None:
        """Show the document of a fill step: `{{name}}` of each name is a gap, everything else cannot be changed.

        Opened again, it is as it was left, and `answers`, if given, are put in as one undoable step.
        """
        self._leave_document()
        wanted, order = with_guards(template, names, answers or {})
        place = self._gaps.place() if key == self._documents.key else None
        known = self._documents.show(key, lambda: self._load(wanted, order))
        if known and without_guards(with_guards(template, names, self._gaps_here())[0]) != self.text():
            self._load(wanted, order)  # another program than before: the lesson was edited
        self._enter_document()
        if (
            known
            and answers is not None
            and self.gap_answers() != {name: one_line(answers.get(name, "")) for name in order}
        ):
            self._gaps.set_answers(answers)
        if place is not None:
            self._gaps.go_back_to(place)
        if order and self._gaps.current() is None:
            self._gaps.go_to(0)  # outside the gaps, letters would be lost

    def forget_document(self, key: str) -> None:
        """Drop a step's undo history; the document that is shown stays."""
        self._documents.forget(key)

    def forget_all_others(self) -> None:
        """Drop all other documents with their undo history: another person's come."""
        self._documents.forget_all_others()

    def document_state(self) -> DocumentState:
        """Where one is in the document."""
        line, column = self._surface.caret()
        column = len(without_guards(self._surface.line_text(line)[:column]))
        first = self._surface.docLineFromVisible(self._surface.firstVisibleLine()) + 1
        return DocumentState(line, column, first)

    def restore_state(self, state: DocumentState) -> None:
        """Go back to where one was."""
        self._surface.setEmptySelection(place(self._surface, state.line, state.column))
        self._surface.setFirstVisibleLine(self._surface.visibleFromDocLine(max(0, state.first_line - 1)))

    def _gaps_here(self) -> dict[str, str]:
        order = self._documents.current.gaps
        self._gaps.order = order
        return self._gaps.answers()

    def _load(self, text: str, gaps: tuple[str, ...]) -> None:
        self._surface.load(text if gaps else without_guards(text))
        self._documents.current.gaps = gaps
        self._documents.current.read_only = False

    def _leave_document(self) -> None:
        self._surface.settle_now()
        self._assist.hide()
        self.clear_error()
        self.mark_stopped_line(None)
        self._notes.clear()
        self._live.clear()

    def _enter_document(self) -> None:
        document = self._documents.current
        self._gaps.use(document.gaps, read_only=document.read_only)
        self._surface.forget_width()
        self._look.show_hidden()
        self._look.measure()
        self._live.clear()
        self._live.check_soon()
        self._surface.selection_moved.emit()

    # --------------------------------------------------------------------------------------------------------------- gaps

    def set_gaps(self, template: str, names: Sequence[str], answers: Mapping[str, str] | None = None) -> None:
        """Make the document a program with gaps; no way back into what was there before."""
        self._leave_document()
        text, order = with_guards(template, names, answers or {})
        self._load(text, order)
        self._enter_document()

    def gap_answers(self) -> dict[str, str]:
        """What stands in each gap, by name; empty without gaps."""
        return self._gaps.answers()

    def set_gap_answers(self, answers: Mapping[str, str]) -> None:
        """Fill the gaps (those not named become empty); one undoable step."""
        self._gaps.set_answers(answers)

    def go_to_gap(self, number: int) -> None:
        """Select the answer in a gap, counted from 0."""
        if 0 <= number < len(self._gaps.order):
            self._gaps.go_to(number)

    def _on_gap(self, number: int) -> None:
        region = self._gaps.regions()[number]
        content = region.answer or self.tr("empty")
        self.gap_entered.emit(region.name)
        self.announced.emit(self.tr("Gap {0} of {1}: {2}").format(number + 1, len(self._gaps.order), content))

    # ----------------------------------------------------------------------------------------------------- moving, marking

    def go_to(self, line: int, column: int | None = None) -> None:
        """Put the caret on a line (its first word, or a column), bring it into view, take the focus."""
        self._surface.setEmptySelection(place(self._surface, line, column))
        self._surface.verticalCentreCaret()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_line(self) -> int:
        """The caret's line."""
        return self._surface.caret()[0]

    def show_error(
        self, line: int, column: int | None, end_column: int | None, text: str, *, caution: bool = False
    ) -> None:
        """Squiggle, sign in the margin, and the words under the line; gone when that line is edited.

        `caution`: Python did not complain about it.
        """
        self._error.show(line, column, end_column, text, caution=caution)

    def bring_error_into_view(self) -> None:
        """Where the line with the error is out of sight, make it the first that is seen."""
        surface, line = self._surface, self.error_line()
        if line is None:
            return
        row, first = surface.visibleFromDocLine(line - 1), surface.firstVisibleLine()
        if not first <= row < first + surface.linesOnScreen():
            surface.setFirstVisibleLine(row)

    def clear_error(self) -> None:
        """Take the error away."""
        self._error.clear()

    def error_line(self) -> int | None:
        """The line with the error now; None for none."""
        return self._error.line

    def mark_stopped_line(self, line: int | None) -> None:
        """An arrow and a coloured line: where the program is, or stopped. None takes it away."""
        self._stopped.show(line)

    def set_live_check(self, check: LiveCheck | None) -> None:
        """Look at the program after each quiet moment: `check(program, caret_line)` returns marks, never shown on that line."""
        self._live.set_check(check)

    def show_problems(self, problems: Sequence[Mark], *, boxes: bool) -> None:
        """Squiggles and signs in the margin for what somebody else found in the text; `boxes`: with the words under the lines.

        Those under the caret's line are left out without `boxes`: that line is being typed.
        """
        here = self.current_line()
        shown = [mark for mark in problems if boxes or mark.line != here]
        self._live.put(shown)
        self._notes.show(shown, boxes=boxes)

    def problem_boxes(self) -> dict[int, str]:
        """The words under each line that has any."""
        return self._notes.words()

    def live_marks(self) -> tuple[Mark, ...]:
        """The marks that are shown now."""
        return tuple(self._live.marks)

    def show_next_mark(self, *, forward: bool = True) -> None:
        """Go to the next live mark and show its words (F8, Shift+F8)."""
        self._assist.show_mark(forward=forward)

    # ------------------------------------------------------------------------------------------------------------- looks

    def set_theme(self, theme: EditorTheme) -> None:
        """Change the colours."""
        self._look.set(theme=theme)
        self._assist.hide()
        self._gaps.show()
        self.update()

    def set_font_size(self, points: float) -> None:
        """Change the size of the text, in points; zoom comes on top."""
        self._look.set(points=points)
        self._error.wrap()

    def set_font_family(self, family: str) -> None:
        """Change the typeface: the name of one installed, fixed-width family."""
        self._look.set(family=family)
        self._error.wrap()

    def zoom_in(self) -> None:
        """One point larger."""
        self._look.zoom_by(1)

    def zoom_out(self) -> None:
        """One point smaller."""
        self._look.zoom_by(-1)

    def zoom_reset(self) -> None:
        """As set in the settings."""
        self._look.zoom_by(0)

    def wanted_height(self) -> int:
        """The height at which all of the document is seen, with its notes and the bar that is open."""
        surface = self._surface
        return self.least_height(surface.visibleFromDocLine(surface.lineCount()))

    def least_height(self, lines: int = 1) -> int:
        """The height at which so many lines are seen, with the bar that is open."""
        around = self._box.contentsMargins()
        bars = sum(bar.sizeHint().height() for bar in (self._find, self._line_bar) if bar.isVisibleTo(self))
        sideways = self._surface.horizontalScrollBar()
        below = sideways.sizeHint().height() if sideways.isVisibleTo(self) else 0
        return lines * self._surface.textHeight(0) + around.top() + around.bottom() + below + bars

    def whole_lines(self, height: int) -> int:
        """The height up to `height` at which the last line that is seen is seen whole."""
        around, line = self.least_height(0), self._surface.textHeight(0)
        return around + max(1, (height - around) // line) * line

    def zoom_level(self) -> int:
        """Points added to the text size by zooming."""
        return self._look.zoom_level()

    # ------------------------------------------------------------------------------------------------------------ commands

    def undo(self) -> None:
        """Take back the last step."""
        self._by_history(self._surface.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._by_history(self._surface.redo)

    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._surface.canUndo())

    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._surface.canRedo())

    def cut(self) -> None:
        """Cut the selection, as far as gaps allow."""
        with self._surface.gate():
            self._surface.cut()

    def copy(self) -> None:
        """Copy the selection."""
        self._surface.copy()

    def paste(self) -> None:
        """Paste, straightened, as far as gaps allow."""
        self._surface.paste_text()

    def select_all(self) -> None:
        """Select the program."""
        self._surface.selectAll()

    def toggle_comment(self) -> None:
        """Comment or uncomment the selected lines."""
        if self._is_free():
            self._aids.toggle_comment()

    def show_find(self, *, replace: bool = False) -> None:
        """Open the bar that finds (and replaces, where the program can be changed)."""
        self._line_bar.hide()
        self._find.open_for(replace=replace, may_change=self._is_free())
        self.bar_changed.emit()

    def find_next(self, *, forward: bool = True) -> None:
        """Go to the next place of what was last looked for; opens the bar if nothing was."""
        if self._find.find_text.text():
            self._find.find_next(forward=forward)
        else:
            self.show_find()

    def show_go_to_line(self) -> None:
        """Open the bar that asks for a line number."""
        self._find.hide()
        self._line_bar.open_bar()
        self.bar_changed.emit()

    def close_bars(self) -> bool:
        """Close the bars under the program; False where none is open."""
        bar = next((bar for bar in (self._find, self._line_bar) if bar.isVisible()), None)
        if bar is not None:
            bar.close_bar()
        return bar is not None

    def hide_help(self) -> None:
        """Close what is open over the program: names on offer, the hint."""
        self._surface.settle_now()  # what was typed last is looked at now, not later
        self._assist.hide()

    def set_completions(self, names: Iterable[str]) -> None:
        """Names to offer besides those of the program, Python and the course's modules."""
        self._assist.set_extra(names)

    def set_straighten(self, straighten: Callable[[str], str] | None) -> None:
        """What to do with pasted text before it is put in (curly quotes, dashes, hidden blanks): text in, text out."""
        self._straighten = straighten

    def setAccessibleName(self, name: str) -> None:
        """What a screen reader calls it."""
        super().setAccessibleName(name)
        self._surface.setAccessibleName(name)

    def context_menu(self) -> QMenu:
        """The menu of the right mouse button, as things stand now."""
        return self._commands.menu(
            selection=not self._surface.selectionEmpty(),
            text_to_paste=self._surface.has_text_to_paste(),
            free=self._is_free(),
        )

    # -------------------------------------------------------------------------------------------------------------- events

    @called_by_qt(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and the focus ring while the keyboard is here."""
        super().paintEvent(event)
        painter = QPainter(self)
        theme = self._look.theme
        painter.fillRect(self.rect(), QColor(theme.ground))
        if self._ringed:
            painter.setPen(QPen(QColor(theme.focus), RING))
            inset = RING // 2
            painter.drawRect(self.rect().adjusted(inset, inset, -inset - 1, -inset - 1))

    def _by_history(self, step: Callable[[], None]) -> None:
        if self.is_read_only():
            return
        with self._surface.writable():
            step()
            if self._gaps.order:
                self._gaps.after_history()

    def _is_free(self) -> bool:
        """Whether the whole program can be changed."""
        return not self.is_read_only() and not self._gaps.order

    def _clean_insert(self, text: str, pasting: bool) -> str:
        if pasting and self._straighten is not None:
            text = self._straighten(text)
        return one_line(text) if self._gaps.order else without_guards(text)

    def _on_moved(self) -> None:
        line = self.current_line()
        if line != self._line:
            self._line = line
            self.cursor_moved.emit(line)

    def _on_focus(self, here: bool, by_keyboard: bool) -> None:
        self._ringed = here and by_keyboard
        self.update()
        self.focus_changed.emit(here)

    def _on_view(self) -> None:
        if self.zoom_level() != self._zoom:
            self._zoom = self.zoom_level()
            self.zoom_changed.emit(self._zoom)


def _common_start(first: str, second: str) -> int:
    """How many characters two texts have in common at their start."""
    limit = min(len(first), len(second))
    return next((n for n in range(limit) if first[n] != second[n]), limit)
