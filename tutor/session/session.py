"""One learner at work: the tutor without a face. Verbs in, events out, one subscriber."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tutor.lessons.model import Course
from tutor.session.events import ChapterOutline, KeptProgram, ResumeCard, SessionEvent


class Session:
    """What the window (or a test) drives.

    Verbs return at once; what comes of them arrives as events, from any thread, at the one subscriber. Nothing here
    raises because of what a learner did.
    """

    def __init__(self, course: Course, emit: Callable[[SessionEvent], None]) -> None: ...

    # -- finding one's way
    def open(self, lesson_id: str | None = None, step_id: str | None = None) -> None:
        """Open a step; without ids where the learner left off. -> StepOpened or LessonBroken."""

    def next(self) -> None:
        """The next step, or the first of the next lesson. Never locked. -> StepOpened."""

    def previous(self) -> None:
        """The step before. -> StepOpened."""

    def go_to(self, number: int) -> None:
        """The step of that number (from 1) of the open lesson. -> StepOpened."""

    def outline(self) -> tuple[ChapterOutline, ...]:
        """The course with what is done."""
        return ()

    def resume_card(self) -> ResumeCard | None:
        """Where the learner left off, or None on the very first start."""
        return None

    def reload(self) -> None:
        """Read the open lesson's file again (it was saved). -> StepOpened, or LessonBroken with `kept`."""

    # -- working
    def edit(self, text: str) -> None:
        """The learner typed: keep the draft (saved within a second)."""

    def run(self) -> None:
        """Run the program with a person at the keyboard. -> RunStarted ... RunEnded."""

    def stop(self) -> None:
        """Stop what runs, a run or a check."""

    def send_line(self, line: str) -> None:
        """Answer the program's input()."""

    def end_input(self) -> None:
        """Tell the program that there is no more input."""

    def take_output(self, most: int = 16_384) -> list[tuple[str, str]]:
        """Output that has not been taken yet: (stream, text) in order, at most that many characters."""
        return []

    @property
    def running(self) -> bool:
        """Whether a program is running, for a run or a check."""
        return False

    def check(self) -> None:
        """Judge the program (exercise, fix, project, fill, arrange). -> RunStarted("check") ... Checked."""

    def predict(self, prediction: str) -> None:
        """Answer a predict step: the text of an option, or what was typed. -> PredictionJudged."""

    def choose(self, numbers: Sequence[int]) -> None:
        """Answer a choose step with the numbers (from 0) of the chosen options. -> ChoiceJudged."""

    def fill(self, answers: Mapping[str, str]) -> None:
        """The gaps of a fill step as they stand now: keeps the draft; `check` judges it."""

    def arrange(self, lines: Sequence[str]) -> None:
        """The lines of an arrange step, with indentation, as they stand now: keeps the draft; `check` judges it."""

    def mark_read(self) -> None:
        """A read step was read (on Next)."""

    # -- help
    def hint(self) -> None:
        """Show the next hint. -> HintShown."""

    def show_solution(self) -> None:
        """Show the official solution, where it is open. -> SolutionShown."""

    def reset(self) -> str:
        """What Reset to starter puts into the editor (the editor makes it one undoable change)."""
        return ""

    def history(self) -> tuple[KeptProgram, ...]:
        """Programs kept from this step's runs and checks, newest first."""
        return ()

    def close(self) -> None:
        """Save everything and stop everything. Returns when it is safe to end the process."""
