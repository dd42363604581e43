"""A run as its owner sees it: start, type, stop, take the output, wait for the result."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tutor.runner.conversation import Conversation
from tutor.runner.events import Ended, Event, OnEvent
from tutor.runner.evidence import (
    DEFINED,
    Evidence,
    answer,
    character_ranges,
    line_of_end,
    own_output,
)
from tutor.runner.facts import Sources, error_facts
from tutor.runner.output import Output
from tutor.runner.protocol import ProtocolError
from tutor.runner.result import Answer, Outcome, Program, RunResult
from tutor.runner.spare import Spares
from tutor.runner.work_folder import SessionFolder, WorkFolder
from tutor.translation import tr

_log = logging.getLogger(__name__)


class Run:
    """One run of one program. Made by `Runner`; all its methods may be called from any thread, and none of them waits
    (but `wait`) or raises because of what the program does.

    Args:
        program: what to run.
        on_event: called for each event, from a thread of the runner's.
        live: whether `take_output` is going to be called while it runs.
    """

    def __init__(
        self,
        program: Program,
        spares: Spares,
        session: SessionFolder,
        on_event: OnEvent | None,
        live: bool,
        on_end: Callable[[Run], None],
    ) -> None:
        self.program = program
        self._spares = spares
        self._session = session
        self._on_event = on_event
        self._live = live
        self._on_end = on_end
        self._lock = threading.Lock()
        self._conversation: Conversation | None = None
        self._stopped = False
        self._typed: list[str | None] = []  # before there was anyone to type to; None ends the input
        self._result: RunResult | None = None
        self._over = threading.Event()
        texts = {**program.modules, program.filename: program.source}
        self._sources = Sources(program.filename, texts)
        threading.Thread(target=self._carry_out, name="runner", daemon=True).start()

    # ------------------------------------------------------------------------------------------------- for its owner

    @property
    def result(self) -> RunResult | None:
        """The result, once it is over."""
        return self._result

    def wait(self, timeout: float | None = None) -> RunResult | None:
        """Wait for the result; None when it is not there after so many seconds."""
        self._over.wait(timeout)
        return self._result

    def stop(self) -> None:
        """End it: by KeyboardInterrupt first, then by force."""
        with self._lock:
            self._stopped = True
            if self._conversation is not None:
                self._conversation.stop()

    def send_line(self, text: str) -> None:
        """Type a line."""
        with self._lock:
            if self._result is not None:
                return
            if self._conversation is not None:
                self._conversation.type_line(text)
            else:
                self._typed.append(text)

    def end_input(self) -> None:
        """End the input, as Ctrl+D or Ctrl+Z would."""
        with self._lock:
            if self._conversation is not None:
                self._conversation.end_input()
            else:
                self._typed.append(None)

    def take_output(self, max_chars: int = 16384) -> list[tuple[str, str]]:
        """Take up to so many characters of what waits: (stream, text) in the order in which it came.

        Streams are "stdout", "stderr" and "stdin" (what was typed, in its place). The text is safe to show: terminal
        escapes are gone, other control characters are shown as \ufffd.
        """
        conversation = self._conversation
        return conversation.output.take(max_chars) if conversation is not None else []

    # ------------------------------------------------------------------------------------------------------ its thread

    def _carry_out(self) -> None:
        try:
            result = self._run_in_folder()
        except Exception as error:  # our own trouble: it must not leave a run without an end
            _log.exception("A run failed")
            result = self._not_started(f"({type(error).__name__}: {error})")
        self._result = result
        self._emit(Ended(result))
        self._over.set()
        self._on_end(self)

    def _not_started(self, detail: str) -> RunResult:
        answers = tuple(Answer(question, Outcome.NOT_STARTED) for question in self.program.questions)
        return RunResult(Outcome.NOT_STARTED, answers=answers, limits=self.program.limits, detail=detail)

    def _run_in_folder(self) -> RunResult:
        given = self.program.folder
        try:
            folder = WorkFolder(
                given.absolute() if given is not None else self._session.new(), keep=given is not None
            )
        except OSError as error:
            return self._not_started(tr("Its folder could not be made: {why}.", why=error.strerror))
        try:
            try:
                folder.fill(self.program)
            except OSError as error:
                named = Path(error.filename).name if error.filename else tr("A file")
                return self._not_started(
                    tr("{file} could not be copied: {why}.", file=named, why=error.strerror)
                )
            except ValueError as error:
                return self._not_started(f"{error}.")
            try:
                evidence, output = self._converse(folder)
            except OSError as error:
                return self._not_started(f"({error.strerror})")
            return self._judge(evidence, output, folder)
        finally:
            folder.remove()

    def _converse(self, folder: WorkFolder) -> tuple[Evidence, Output]:
        """Twice if need be: a spare may have died while it waited."""
        for last_try in (False, True):
            carrier = self._spares.take()
            conversation = Conversation(
                carrier,
                self.program,
                folder.path,
                self._sources,
                self._emit,
                self._make_output,
                self._spares.fill,
            )
            conversation.prepare()
            with self._lock:
                self._conversation = conversation
                if self._stopped:
                    conversation.stop()
                for line in self._typed:
                    if line is None:
                        conversation.end_input()
                    else:
                        conversation.type_line(line)
            evidence = conversation.hold()
            carrier.dismiss(well=evidence.status is not None and not evidence.status.detail)
            if last_try or evidence.started or evidence.cause is not None:
                break
        return evidence, conversation.output

    def _make_output(self, on_flood: Callable[[str], None], on_waiting: Callable[[], None]) -> Output:
        return Output(self.program.limits, self._live, on_flood, on_waiting)

    def _emit(self, event: Event) -> None:
        if self._on_event is None:
            return
        try:
            self._on_event(event)
        except Exception:  # the listener's trouble; the run goes on
            _log.exception("A listener failed on %s", type(event).__name__)

    # ------------------------------------------------------------------------------------------------------ the result

    def _judge(self, evidence: Evidence, output: Output, folder: WorkFolder) -> RunResult:
        if evidence.cause is not Outcome.TAMPERED:
            try:
                return self._result_of(evidence, output, folder)
            except ProtocolError as error:
                evidence.detail = str(error)
        # nothing that it said counts
        return self._result_of(
            replace(evidence, cause=Outcome.TAMPERED, ended=None, asked=[]), output, folder
        )

    def _result_of(self, evidence: Evidence, output: Output, folder: WorkFolder) -> RunResult:
        stdout = output.captured("stdout")
        own = own_output(evidence, stdout)
        stopped = evidence.cause is Outcome.STOPPED
        told = evidence.ended.get("error") if evidence.ended is not None else None
        error = error_facts(told, self._sources) if told is not None else None
        limits = self.program.limits
        outcome = evidence.outcome(limits.seconds)
        if (
            evidence.over
            and outcome is Outcome.FINISHED
            and evidence.status is not None
            and evidence.status.signal
        ):
            outcome = Outcome.ABRUPT
        code = evidence.ended.get("code") if evidence.ended is not None else None
        reported = evidence.outcome_of_end()
        return RunResult(
            outcome=outcome,
            stdout=own.decode("utf-8", "replace"),
            stderr=output.captured("stderr").decode("utf-8", "replace"),
            prompts=character_ranges(evidence.prompts, own),
            seconds=evidence.seconds,
            line=None if outcome is Outcome.FINISHED else line_of_end(evidence, error, self.program),
            error=None if stopped else error,
            exit_code=code if type(code) is int else None,
            blocked=tuple(evidence.refused),
            answers=tuple(answer(item, stdout, self._sources) for item in evidence.asked)
            or tuple(Answer(question, Outcome.NOT_STARTED) for question in self.program.questions),
            files=folder.collect(self.program.collect),
            written=folder.written(),
            kept=folder.keep_written() if self.program.keep_written else (),
            defined=reported in DEFINED and evidence.cause is not Outcome.TAMPERED,
            layers=evidence.layers,
            limits=limits,
            detail=evidence.detail,
        )
