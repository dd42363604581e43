"""One thing that runs at a time: a free run, a prediction's run, or a check of several runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tutor.lessons.model import Rule
from tutor.runner.events import Ended, Event, OutputWaiting, WantsInput
from tutor.runner.result import Outcome, Program, RunResult
from tutor.runner.runner import Runner
from tutor.session.judging import Judged, ProgramStep, judge

if TYPE_CHECKING:
    from tutor.runner.process import Run

Post = Callable[[Callable[[], None]], None]


class _Stopped(Exception):
    """The learner stopped it."""


class Activity:
    """Runs programs for one verb. Its endings are posted to the session's thread; Stop acts at once, from any thread.

    Args:
        runner: runs programs.
        post: does a task on the session's thread.
    """

    def __init__(self, runner: Runner, post: Callable[[Callable[[], None]], None]) -> None:
        self._runner = runner
        self._post = post
        self._lock = threading.Lock()
        self._run: Run | None = None
        self._stopped = False
        self._deaf = False

    # -- beginning

    def run_free(
        self,
        program: Program,
        *,
        output: Callable[[], None],
        wants_input: Callable[[str], None],
        ended: Callable[[RunResult], None],
    ) -> None:
        """Run with a person watching and typing."""

        def heard(event: Event) -> None:
            if self._deaf:
                return
            match event:
                case OutputWaiting():
                    output()
                case WantsInput(prompt=prompt):
                    wants_input(prompt)
                case Ended(result=result):
                    self._post(lambda: ended(result))

        self._start_alone(program, heard, ended, live=True)

    def run_quietly(self, program: Program, ended: Callable[[RunResult], None]) -> None:
        """Run with scripted input and nobody watching."""

        def heard(event: Event) -> None:
            if isinstance(event, Ended) and not self._deaf:
                result = event.result
                self._post(lambda: ended(result))

        self._start_alone(program, heard, ended, live=False)

    def judge(
        self,
        step: ProgramStep,
        program: str,
        rules: Mapping[str, Rule],
        *,
        judged: Callable[[Judged], None],
        failed: Callable[[Exception], None],
        stopped: Callable[[], None],
    ) -> None:
        """Judge a program on a thread of its own; exactly one of the three is told, unless the step is left."""

        def work() -> None:
            try:
                said = judge(step, program, self._run_one, rules)
            except _Stopped:
                self._tell(stopped)
            except Exception as error:
                caught = error
                self._tell(lambda: failed(caught))
            else:
                self._tell(lambda: judged(said))

        threading.Thread(target=work, name="check", daemon=True).start()

    # -- meanwhile

    def stop(self) -> None:
        """Stop at once, and start nothing more."""
        with self._lock:
            self._stopped = True
            run = self._run
        if run:
            run.stop()

    def abandon(self) -> None:
        """Stop, and be heard no more: the step has been left."""
        self._deaf = True
        self.stop()

    def send_line(self, line: str) -> None:
        """Answer the program's input()."""
        if self._run:
            self._run.send_line(line)

    def end_input(self) -> None:
        """No more input."""
        if self._run:
            self._run.end_input()

    def take_output(self, most: int) -> list[tuple[str, str]]:
        """Output not taken yet; a check's own runs show nothing."""
        return self._run.take_output(most) if self._run else []

    @staticmethod
    def stopped_result() -> RunResult:
        """What is said of a check, or of a program that had not begun, when the learner stops it."""
        return RunResult(Outcome.STOPPED)

    # -- inside

    def _start_alone(
        self,
        program: Program,
        heard: Callable[[Event], None],
        ended: Callable[[RunResult], None],
        *,
        live: bool,
    ) -> None:
        try:
            self._start(program, heard, live=live)
        except _Stopped:  # before it began
            self._tell(lambda: ended(self.stopped_result()))

    def _start(self, program: Program, heard: Callable[[Event], None] | None, *, live: bool) -> Run:
        with self._lock:
            if self._stopped:
                raise _Stopped
            self._run = self._runner.start(program, heard, live=live)
            return self._run

    def _run_one(self, program: Program) -> RunResult:
        """One run of a check."""
        result = self._start(program, None, live=False).wait()
        if self._stopped:
            raise _Stopped
        if result is None:  # ended, so there is one
            raise RuntimeError("a run ended without a result")
        return result

    def _tell(self, task: Callable[[], None]) -> None:
        if not self._deaf:
            self._post(task)
