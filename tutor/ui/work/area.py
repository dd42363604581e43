"""The right half as a whole: shows what the open step needs, and speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from tutor.explain.advice import Advice
from tutor.lessons.model import ExerciseStep, FillStep, ReadStep, StepKind
from tutor.session.events import Checked, ChoiceJudged, KeptProgram, PredictionJudged, RunEnded, StepView
from tutor.ui.announce import announce
from tutor.ui.editor import CodeEditor, EditorTheme
from tutor.ui.first_use import FirstUse, made_parts
from tutor.ui.focus_order import put_after
from tutor.ui.focus_ring import NO_RING
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_role
from tutor.ui.work import pages
from tutor.ui.work.explanations import LiveExplanations, straighten
from tutor.ui.work.next_action import Primary
from tutor.ui.work.own_work import OwnWork
from tutor.ui.work.program_part import ProgramPart
from tutor.ui.work.run_panel import RunPanel
from tutor.ui.work.sharing import Sharing
from tutor.ui.work.title_row import TitleRow

if TYPE_CHECKING:
    from tutor.ui.work.arrange_work import ArrangeWork
    from tutor.ui.work.choose_work import ChooseWork
    from tutor.ui.work.predict_work import PredictWork

PROGRAM_KINDS = frozenset({StepKind.EXERCISE, StepKind.FIX, StepKind.PROJECT, StepKind.READ})
CHECKED_KINDS = frozenset(
    {StepKind.EXERCISE, StepKind.FIX, StepKind.PROJECT, StepKind.FILL, StepKind.ARRANGE}
)


class WorkArea(QWidget):
    """One editor, one gap editor, one list of lines, one panel under them; and pages for choosing and predicting."""

    run_requested = Signal()
    stop_requested = Signal()
    check_requested = Signal()
    reset_requested = Signal()
    history_requested = Signal()
    writing_requested = Signal()
    edited = Signal(str, str)
    line_entered = Signal(str)
    input_ended = Signal()
    predicted = Signal(str)
    chosen = Signal(list)
    filled = Signal(dict, str)
    arranged = Signal(list, str)
    help_requested = Signal(object)
    file_save_requested = Signal(str, bytes)
    case_requested = Signal()

    arrange = FirstUse(pages.arrange)
    predict = FirstUse(pages.predict)
    choose = FirstUse(pages.choose)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._look = look
        self._code_look: tuple[EditorTheme, float] | None = None
        self._view: StepView | None = None
        self._owner = 0  # counts the people whose work was here
        #: The program of the verdict that is on show, as it was judged.
        self.checked_program = self._judged_text = ""
        self._own_text, self._own_lines = OwnWork[str](), OwnWork[str]()
        self._own_gaps = OwnWork[dict[str, str]]()
        self.title = TitleRow(look)
        self.editor = CodeEditor()
        self.gaps = CodeEditor()
        self.panel = RunPanel(look)
        self._program = ProgramPart(self.title)
        self._upper = self._program.pages
        for widget in (self.editor, self.gaps):
            self._upper.addWidget(widget)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self._program)
        self.splitter.addWidget(self.panel)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self._sharing = Sharing(
            self.splitter,
            self._program.wanted_height,
            self.panel.wanted_height,
            lambda: self.panel.has_something,
            lambda height: height <= self._look.px(640),
            self._program.whole_lines,
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.splitter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
        self.setAccessibleName(self.tr("Your work"))
        self.editor.setAccessibleName(self.tr("Your program"))
        self.gaps.setAccessibleName(self.tr("Program with gaps"))
        for editor in (self.editor, self.gaps):
            editor.setProperty(NO_RING, True)  # they draw the ring themselves, inside their frame
        self.editor.set_live_check(LiveExplanations().marks)
        for editor in (self.editor, self.gaps):
            editor.set_straighten(straighten)
        self._connect()
        self.set_look(look)

    def _connect(self) -> None:
        row, output = self.panel.actions_row, self.panel.output
        row.run_requested.connect(self.run_requested)
        row.stop_requested.connect(self.stop_requested)
        row.check_requested.connect(self.check_requested)
        output.line_entered.connect(self._typed)
        output.input_ended.connect(self.input_ended)
        self.panel.files.save_requested.connect(self.file_save_requested)
        output.save_requested.connect(self.file_save_requested)
        self.panel.line_chosen.connect(self.go_to_line)
        self.panel.checks.help_requested.connect(self.help_requested)
        self.panel.checks.case_requested.connect(self.case_requested)
        self.title.reset_requested.connect(self.reset_requested)
        self.title.history_requested.connect(self.history_requested)
        self.title.writing_requested.connect(self.writing_requested)
        WorkArea.arrange.then(self, self._connect_arrange)
        WorkArea.predict.then(self, self._connect_predict)
        WorkArea.choose.then(self, self._connect_choose)
        self.panel.grown.connect(self._sharing.fit_soon)
        self.editor.text_changed.connect(self._tell_text)
        self.gaps.gaps_changed.connect(self._tell_gaps)
        for editor in (self.editor, self.gaps):
            editor.bar_changed.connect(self._fit_program)
            editor.announced.connect(lambda words, editor=editor: announce(editor, words))

    def _connect_arrange(self, page: ArrangeWork) -> None:
        self._upper.addWidget(page)
        put_after(self.title.reset, page)
        page.arranged.connect(self._arranged)

    def _connect_predict(self, page: PredictWork) -> None:
        self._pages.addWidget(page)
        put_after(self.panel.checks, page)
        page.predicted.connect(self.predicted)
        self._dress_code(page)

    def _connect_choose(self, page: ChooseWork) -> None:
        self._pages.addWidget(page)
        put_after(self.panel.checks, page)
        page.chosen.connect(self.chosen)

    @property
    def look(self) -> Look:
        """How it looks now."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        for part in (self.title, self.panel, *made_parts(self)):
            part.set_look(look)
        self._fit_program()

    def _fit_program(self) -> None:
        self._program.fit()
        self._sharing.fit_program()

    def set_editor_theme(self, theme: EditorTheme, points: float, family: str) -> None:
        """The colours, the font size and the typeface of the editors."""
        for editor in (self.editor, self.gaps):
            editor.set_font_family(family)
            editor.set_theme(theme)
            editor.set_font_size(points)
        self._code_look = theme, points
        self._fit_program()
        predict = WorkArea.predict.made(self)
        if predict is not None:
            self._dress_code(predict)

    def _dress_code(self, predict: PredictWork) -> None:
        if self._code_look is not None:
            theme, points = self._code_look
            predict.code.set_theme(theme)
            predict.code.set_font_size(points)

    @property
    def is_needed(self) -> bool:
        """Whether the open step has any work: a read step without a program has none."""
        step = self._view.step if self._view else None
        return step is not None and not (isinstance(step, ReadStep) and not step.code)

    @property
    def has_results(self) -> bool:
        """Whether the step shows the panel of results."""
        return self._pages.currentWidget() is self.splitter

    def show_step(self, view: StepView) -> None:
        """Show what this step needs. A step that goes on stays as it is, with all that is being done on it."""
        before = self._view
        same = before is not None and before.place == view.place and before.step.kind is view.step.kind
        goes_on = view.goes_on and same
        self.tell_all()
        self._view = view
        if goes_on:
            return
        kind = view.step.kind
        if kind is StepKind.PREDICT:
            prediction = self.predict.prediction if same and view.reloaded else ""
            self.predict.show_step(view)
            self.predict.bring_back(prediction)
            self._pages.setCurrentWidget(self.predict)
        elif kind is StepKind.CHOOSE:
            self.choose.show_step(view)
            self._pages.setCurrentWidget(self.choose)
        else:
            self._show_program(view)

    def _show_program(self, view: StepView) -> None:
        """A program, with gaps or as lines where the step wants that, and the panel under it."""
        step = view.step
        self._pages.setCurrentWidget(self.splitter)
        check = step.kind in CHECKED_KINDS
        self.panel.reset(run=True, check=check, files=view.files, filename=view.filename)
        note = self.tr("your own, from before") if view.draft_restored else ""
        self.title.show_program(
            view.filename, note, reset=isinstance(step, (ExerciseStep, ReadStep, FillStep))
        )
        if isinstance(step, FillStep):
            self._show_gaps(view, step)
        elif step.kind is StepKind.ARRANGE:
            self._show_lines(view, note)
        else:
            self._show_text(view)
        self._fit_program()
        self._sharing.begin()

    def _show_gaps(self, view: StepView, step: FillStep) -> None:
        self._upper.setCurrentWidget(self.gaps)
        answers = self._own_gaps.to_show(view.place, dict(view.answer))
        self.gaps.open_gaps(self._key(view), step.code, [gap.name for gap in step.gaps], answers)
        shown = self.gaps.gap_answers()
        self._own_gaps.shown(view.place, told=shown)
        if answers != dict(view.answer):
            self.filled.emit(shown, view.place)

    def _show_lines(self, view: StepView, note: str) -> None:
        heading = view.lesson.step(view.step.id)
        offered = heading is not None and heading.kind is not StepKind.ARRANGE
        self.title.show_program(view.filename, note, reset=True, write=offered)
        self._upper.setCurrentWidget(self.arrange)
        lines = self._own_lines.to_show(view.place, view.program)
        self.arrange.show_step(view if lines == view.program else replace(view, program=lines))
        if lines != view.program:
            self.arranged.emit(self.arrange.texts, view.place)

    def _show_text(self, view: StepView) -> None:
        self._upper.setCurrentWidget(self.editor)
        # Opening another document first tells what was typed last into the one before, under its own step.
        text = self._own_text.to_show(view.place, view.program)
        self.editor.open_document(self._key(view), text)
        self.editor.clear_error()
        self._own_text.shown(view.place, told=view.program)
        if text != view.program:
            self._tell_text()

    def _key(self, view: StepView) -> str:
        """Another person's documents have other keys: nobody undoes into somebody else's program."""
        return f"{view.place}#{self._owner}"

    def forget(self) -> None:
        """Somebody else's work comes: nothing of what was shown or typed can be reached any more."""
        for own in (self._own_text, self._own_gaps, self._own_lines):
            own.forget()
        self._view = None
        self._owner += 1
        for editor in (self.editor, self.gaps):
            editor.open_document(f"nobody#{self._owner}", "")
            editor.forget_all_others()
        self.panel.reset(run=True, check=False)

    def _typed(self, line: str) -> None:
        # The input line goes; the keyboard goes back to the program, not to whatever stands next to the line.
        self.focus_first()
        self.line_entered.emit(line)

    def tell_all(self) -> None:
        """Tell what has been typed and not told yet: a run or a check must see it."""
        self._tell_text()
        self._tell_gaps()

    def _tell_text(self) -> None:
        text = self.editor.text()
        place = self._own_text.news(text)
        if place:
            self.edited.emit(text, place)

    def _tell_gaps(self) -> None:
        answers = self.gaps.gap_answers()
        place = self._own_gaps.news(answers)
        if place:
            self.filled.emit(answers, place)

    def _arranged(self, lines: list[str]) -> None:
        if self._view is not None:
            self._own_lines.keep(self._view.place, "\n".join(lines))
            self.arranged.emit(lines, self._view.place)

    def reset_to(self, starter: str) -> None:
        """Go back to what the step began with, as one change that Ctrl+Z undoes."""
        if self._view is None:
            return
        if self._view.step.kind is StepKind.ARRANGE:
            self.arrange.start_again()
        elif self._view.step.kind is StepKind.FILL:
            self.gaps.set_gap_answers({})
            self.gaps.setFocus()
        else:
            self.editor.replace_all(starter)
            self.editor.setFocus()

    def restore(self, kept: KeptProgram) -> None:
        """Bring a kept program back: in an editor as one change that Ctrl+Z undoes."""
        kind = self._view.step.kind if self._view else None
        if kind is StepKind.FILL:
            self.gaps.set_gap_answers(kept.answer)
        elif kind is StepKind.ARRANGE:
            self.arrange.bring_back(kept.text)
        else:
            self.editor.replace_all(kept.text)

    # -- events of the session
    def begin(self, purpose: str) -> None:
        """A program runs."""
        for editor in (self.editor, self.gaps):
            editor.hide_help()
        for editor in (self.editor, self.gaps):
            editor.clear_error()
        if purpose == "check":
            self._judged_text = self.program_file()[1]
        if purpose != "predict":
            self.panel.begin(purpose)

    def end_running(self) -> None:
        """What ran has ended without a result to show here."""
        self.panel.actions_row.end()

    def append_output(self, pieces: Sequence[tuple[str, str]]) -> None:
        """It printed this."""
        self.panel.output.append(pieces)

    def skip_output(self, lines: int) -> None:
        """It printed so many lines more, which are not shown."""
        self.panel.output.view.skip(lines)

    def ask(self, prompt: str) -> None:
        """It waits for a line."""
        self.panel.output.ask(prompt)
        self._sharing.fit_results()

    def show_run(self, ended: RunEnded) -> None:
        """It has ended."""
        self.panel.show_run(ended)
        self._mark(ended.advice[0] if ended.advice else None)

    def show_checked(self, checked: Checked) -> None:
        """It was judged."""
        self.checked_program = self._judged_text
        self.panel.show_checked(checked)
        if not checked.verdict.passed:
            self._mark(checked.advice[0] if checked.advice else None)

    def show_choice(self, judged: ChoiceJudged) -> None:
        """A choice was judged."""
        self.choose.show_judged(judged)

    def show_prediction(self, judged: PredictionJudged) -> None:
        """A prediction was judged."""
        self.predict.show_judged(judged)

    def _mark(self, advice: Advice | None) -> None:
        shown = self._upper.currentWidget()
        if advice is not None and advice.line is not None and isinstance(shown, CodeEditor):
            shown.show_error(
                advice.line,
                advice.column,
                advice.end_column,
                f"{advice.title}. {advice.text}".replace("`", ""),
                caution=advice.silent,
            )
            self._sharing.fit_results()
            shown.bring_error_into_view()

    def go_to_line(self, line: int) -> None:
        """Show a line of the program, and give the keyboard to it."""
        shown = self._upper.currentWidget()
        if isinstance(shown, CodeEditor):
            shown.go_to(line)
        elif shown is not None and shown is WorkArea.arrange.made(self):
            self.arrange.go_to_line(line)

    def program_file(self) -> tuple[str, str]:
        """The program as it stands, with the name of its file; ("", "") where the step has none."""
        if self._view is None or not self.has_results:
            return "", ""
        if self._view.step.kind is StepKind.FILL:
            return self._view.filename, self.gaps.text()
        if self._view.step.kind is StepKind.ARRANGE:
            return self._view.filename, "\n".join(self.arrange.texts) + "\n"
        return self._view.filename, self.editor.text()

    def set_primary(self, primary: Primary) -> None:
        """Fill the button that is the next thing to do."""
        self.panel.actions_row.set_primary(primary)
        for page in (WorkArea.predict.made(self), WorkArea.choose.made(self)):
            if page is not None:
                page.set_primary(primary is Primary.ANSWER)

    def submit(self) -> None:
        """Ctrl+Enter: answer, predict or check, whatever this step asks for."""
        kind = self._view.step.kind if self._view else None
        if kind is StepKind.PREDICT:
            self.predict.submit()
        elif kind is StepKind.CHOOSE:
            self.choose.submit()
        elif kind in CHECKED_KINDS and not self.panel.actions_row.running:
            self.check_requested.emit()

    def focus_first(self) -> None:
        """Give the keyboard to where the work is done."""
        page = self._pages.currentWidget()
        current = self._upper.currentWidget() if page is self.splitter else page
        own: Any = next((part for part in made_parts(self) if part is current), None)
        if own is not None:
            own.focus_first()
        elif current is not None:
            current.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_results(self) -> None:
        """Give the keyboard to the results."""
        if self._pages.currentWidget() is self.splitter:
            self.panel.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()
