"""One learner's process from its job to its end: the clocks, the questions, and the order in which things may be said."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from tutor.runner.carrier import Carrier, Status
from tutor.runner.events import Event, InputTaken, OutputWaiting, Started, WantsInput
from tutor.runner.evidence import DEFINED, Asked, Evidence, check_end, comparison, line_in_trace
from tutor.runner.facts import Sources, error_facts
from tutor.runner.mailbox import Mailbox
from tutor.runner.output import Output
from tutor.runner.pipes import PipeWriter
from tutor.runner.protocol import NONCE_BYTES, FrameReader, ProtocolError, pack_message, text, whole_number
from tutor.runner.result import Outcome, Program
from tutor.translation import tr

#: Seconds. The start is allowed to be slow: the program's own clock begins at its first line.
START_PATIENCE = 60.0
#: For KeyboardInterrupt to be raised; after that the program is in one long call in C.
INTERRUPT_PATIENCE = 0.010
#: For a program that caught KeyboardInterrupt to come to an end.
STOP_GRACE = 0.4
#: For threads and exit handlers after the last line, even when the program's own time is almost used up.
CLOSING_GRACE = 2.0
#: For the line to be told before the end.
WHERE_PATIENCE = 0.200
KILL_PATIENCE = 5.0
DRAIN_PATIENCE = 2.0


class State(StrEnum):
    """Where a conversation is."""

    STARTING = "starting"
    RUNNING = "running"
    WAITING = "waiting for input"
    ASKING = "asking"
    CLOSING = "closing"
    KILLED = "killed"


class Conversation:
    """Carries one program out in one process. `hold` does it; the rest may be called from other threads."""

    def __init__(
        self,
        carrier: Carrier,
        program: Program,
        folder: Path,
        sources: Sources,
        emit: Callable[[Event], None],
        make_output: Callable[[Callable[[str], None], Callable[[], None]], Output],
        on_started: Callable[[], None],
    ) -> None:
        self._carrier = carrier
        self._program = program
        self._folder = folder
        self._sources = sources
        self._emit = emit
        self._on_started = on_started
        self._interactive = program.stdin is None
        self.evidence = Evidence(asked=[Asked(question) for question in program.questions])
        self._telling = threading.Lock()
        self._told_start = self._output_early = False
        self.output = make_output(lambda stream: self._mail.post("flood", stream), self._output_waits)
        self._nonce = secrets.token_bytes(NONCE_BYTES)
        self._frames = FrameReader(self._nonce)
        self._mail = Mailbox(carrier, self.output)
        self._state = State.STARTING
        self._due: tuple[float, Callable[[], None]] | None = None
        self._time_left: float | None = None
        self._started_at = self._waited = self._waiting_since = 0.0
        self._asking: Asked | None = None
        self._typed: PipeWriter | None = None
        self._jobs: PipeWriter | None = None

    # ------------------------------------------------------------------------------------------- from other threads

    def stop(self) -> None:
        """A person wants it to end."""
        self._mail.post("stop", None)

    def type_line(self, line: str) -> None:
        """A person typed a line."""
        if self._typed is not None and self._interactive:
            self.output.echo(line + "\n")
            self._typed.write((line + "\n").encode("utf-8", "surrogatepass"))

    def end_input(self) -> None:
        """A person ended the input."""
        if self._typed is not None:
            self._typed.finish()

    def _output_waits(self) -> None:
        """Said by a reader thread; never before it has been said that the program began."""
        with self._telling:
            early = self._output_early = not self._told_start
        if not early:
            self._emit(OutputWaiting())

    # ------------------------------------------------------------------------------------------------- the whole of it

    @property
    def processor_limit(self) -> int:
        """Seconds of processor time after which the kernel ends it: a backstop behind our own clocks."""
        threads_in_c = 4  # several may compute at once there
        return (
            int(self._program.limits.seconds * (1 + len(self._program.questions)) + CLOSING_GRACE)
            * threads_in_c
        )

    def hold(self) -> Evidence:
        """Carry the program out, after `prepare`. Returns when its process has ended and its output has been read."""
        while True:
            item = self._mail.next(self._due[0] if self._due is not None else None)
            if item is None:
                self._when_due()
            else:
                kind, payload = item
                getattr(self, f"_on_{kind}")(payload)
            if self.evidence.status is not None and not self._mail.open:
                break
            if self.evidence.status is not None and self._due is None:
                self._set_due(DRAIN_PATIENCE, self._mail.open.clear)
        self._finish()
        return self.evidence

    def prepare(self) -> None:
        """Hand the job over, and begin to listen."""
        self._mail.listen()
        self._typed = PipeWriter(self._mail.own("stdin"))
        self._jobs = PipeWriter(self._mail.own("jobs"))
        limits = self._program.limits
        job = {
            "nonce": self._nonce,
            "folder": str(self._folder),
            "filename": self._program.filename,
            "source": self._program.source,
            "seconds": float(limits.seconds),
            "memory_mb": limits.memory_mb,
            "file_bytes": limits.file_mb << 20,
            "open_files": limits.open_files,
            "processor_seconds": self.processor_limit,
            "threads": limits.threads,
            "questions": bool(self._program.questions),
            **self._carrier.confine(self._folder, limits, self._program.folder is None),
        }
        self._jobs.write(pack_message(job))
        if self._program.stdin is not None:
            lines = "".join(line + "\n" for line in self._program.stdin)
            self._typed.write(lines.encode("utf-8", "surrogatepass"))
            self._typed.finish()
        self._set_due(
            START_PATIENCE, lambda: self._end_it(Outcome.NOT_STARTED, tr("It did not begin within a minute."))
        )

    def _set_due(self, seconds: float, action: Callable[[], None]) -> None:
        self._due = (time.monotonic() + seconds, action)

    def _when_due(self) -> None:
        assert self._due is not None
        action = self._due[1]
        self._due = None
        action()

    def _finish(self) -> None:
        self.output.let_go()
        self.output.finish()
        for writer in (self._typed, self._jobs):
            assert writer is not None
            writer.finish()
        if not self.evidence.seconds:
            self._note_seconds()
        self.evidence.trace += self._mail.rest_of_trace()

    # --------------------------------------------------------------------------------------------- things that happen

    def _on_closed(self, name: str) -> None:
        """Counted by the mailbox."""

    def _on_status(self, status: Status) -> None:
        self.evidence.status = status
        self.evidence.detail = self.evidence.detail or status.detail
        self._due = None
        self.output.let_go()
        if self._asking is not None and self._asking.cut_short is None:
            self._asking.cut_short = self.evidence.outcome_of_death(self.processor_limit)

    def _on_flood(self, stream: str) -> None:
        if self._asking is not None:
            self._cut_short(Outcome.OUTPUT_LIMIT)
        else:
            self._end_it(Outcome.OUTPUT_LIMIT)

    def _on_stop(self, _: None) -> None:
        if self._state is State.KILLED or self.evidence.cause is not None:
            return
        self.evidence.cause = Outcome.STOPPED
        self._note_seconds()
        self.output.let_go()
        if self._state is State.STARTING:
            self._kill()
            return
        self._carrier.interrupt()
        self._set_due(INTERRUPT_PATIENCE, self._where_and_kill)

    def _on_reports(self, data: bytes) -> None:
        frames = self._frames.feed(data)
        try:
            for frame in frames:
                self._hear(frame)
            if self._frames.bad:
                raise ProtocolError("bytes that are no frame")
        except ProtocolError as error:
            if self._state is not State.KILLED:
                self._end_it(Outcome.TAMPERED, str(error))

    # -------------------------------------------------------------------------------------------------------- frames

    def _hear(self, frame: dict[str, Any]) -> None:
        if self._state is State.KILLED:
            if frame["t"] == "interrupted":  # on its way when we lost patience: it knows the line
                self._note_line(frame)
            return
        handler = _FRAMES.get(frame["t"])
        if (
            handler is None
            or (self._state is State.STARTING) != (frame["t"] == "started")
            or self.evidence.over
        ):
            raise ProtocolError(f"{frame['t']} out of order")
        handler(self, frame)

    def _hear_started(self, frame: dict[str, Any]) -> None:
        layers = frame.get("layers")
        if type(layers) is not list or any(type(layer) is not str for layer in layers):
            raise ProtocolError("not layers")
        self.evidence.started = True
        self.evidence.layers = (*self._carrier.layers, *layers)
        self._started_at = time.monotonic()
        self._state = State.RUNNING
        self._set_due(self._program.limits.seconds, self._out_of_time)
        self._emit(Started(self.evidence.layers))
        with self._telling:
            self._told_start = True
        if self._output_early:
            self._output_early = False
            self._emit(OutputWaiting())
        self._on_started()

    def _hear_prompt(self, frame: dict[str, Any]) -> None:
        if len(self.evidence.prompts) < 10_000:
            self.evidence.prompts.append((whole_number(frame, "start"), whole_number(frame, "end")))

    def _hear_wants_input(self, frame: dict[str, Any]) -> None:
        prompt, printed = text(frame, "prompt"), whole_number(frame, "printed")
        if self._interactive and self._state is State.RUNNING:
            self._state = State.WAITING
            self._waiting_since = time.monotonic()
            if self._due is not None and self.evidence.cause is None:
                self._time_left = max(self._due[0] - self._waiting_since, 0.05)
                self._due = None
            self.output.wait_for_printed(printed, 0.2)  # so that the prompt is shown before the place to type
            self._emit(WantsInput(prompt))

    def _hear_input_taken(self, frame: dict[str, Any]) -> None:
        if self._state is State.WAITING:
            self._state = State.RUNNING
            self._waited += time.monotonic() - self._waiting_since
            if self._time_left is not None and self.evidence.cause is None:
                self._set_due(self._time_left, self._out_of_time)
            self._time_left = None
            self._emit(InputTaken())

    def _hear_input_ended(self, frame: dict[str, Any]) -> None:
        if self._state is State.WAITING:
            self._hear_input_taken(frame)
        if whole_number(frame, "reads") > 1 and self.evidence.cause is None:
            if self._asking is not None:
                self._cut_short(Outcome.NEEDS_INPUT)
            else:
                self._end_it(Outcome.NEEDS_INPUT)

    def _hear_refused(self, frame: dict[str, Any]) -> None:
        what = text(frame, "what")[:200]
        if what not in self.evidence.refused and len(self.evidence.refused) < 20:
            self.evidence.refused.append(what)

    def _hear_thread_failed(self, frame: dict[str, Any]) -> None:
        error = error_facts(frame.get("error"), self._sources)
        self.output.add_error(f"Exception in a thread:\n{error.traceback}\n")

    def _hear_interrupted(self, frame: dict[str, Any]) -> None:
        self._note_line(frame)
        if self.evidence.cause is Outcome.STOPPED:
            self._set_due(STOP_GRACE, self._where_and_kill)

    def _note_line(self, frame: dict[str, Any]) -> None:
        line = frame.get("line")
        if line is not None and type(line) is not int:
            raise ProtocolError("not a line")
        if self.evidence.cause is Outcome.STOPPED:
            self.evidence.interrupted_line = line

    def _hear_ended(self, frame: dict[str, Any]) -> None:
        check_end(frame)
        if self.evidence.ended is not None:
            raise ProtocolError("a second end")
        if self._state is State.WAITING:
            self._hear_input_taken(frame)
        self.evidence.ended = frame
        if self.evidence.cause is None:
            self._note_seconds()
            if self.evidence.asked and self.evidence.outcome_of_end() in DEFINED:
                self._state = State.ASKING
                self._ask_next(frame)
                return
        self._close()

    def _hear_began(self, frame: dict[str, Any]) -> None:
        asked = self._current(frame, begun=False)
        asked.began = True
        asked.began_at = time.monotonic()
        asked.printed_from = whole_number(frame, "printed")
        if self.evidence.cause is None:
            self._set_due(self._program.limits.seconds, lambda: self._cut_short(Outcome.TIME_LIMIT))

    def _hear_compared(self, frame: dict[str, Any]) -> None:
        asked = self._current(frame, begun=True)
        if len(asked.comparisons) >= 500:
            raise ProtocolError("too many comparisons")
        asked.comparisons.append(comparison(frame))

    def _hear_answer(self, frame: dict[str, Any]) -> None:
        asked = self._current(frame, begun=True)
        asked.told = frame
        asked.printed_to = whole_number(frame, "printed")
        asked.seconds = time.monotonic() - asked.began_at
        self._asking = None
        if self.evidence.cause is None and frame.get("how") != "exited":
            self._ask_next(frame)
        else:
            self._close()

    def _hear_over(self, frame: dict[str, Any]) -> None:
        if self._state is not State.CLOSING:
            raise ProtocolError("over too early")
        self.evidence.over = True
        self._set_due(CLOSING_GRACE, self._kill)

    # ----------------------------------------------------------------------------------------------------- questions

    def _current(self, frame: dict[str, Any], begun: bool) -> Asked:
        asked = self._asking
        if asked is None or asked.began is not begun or frame.get("token") != asked.token:
            raise ProtocolError("an answer to nothing that was asked")
        return asked

    def _ask_next(self, frame: dict[str, Any]) -> None:
        """Ask the next question, if there is one; `frame` says how much had been printed before it."""
        asked = next((item for item in self.evidence.asked if not item.token), None)
        if asked is None:
            self._close()
            return
        self.output.wait_for_printed(whole_number(frame, "printed"), 0.2)
        self.output.allow_more()  # what came before does not count against the question
        asked.token = secrets.token_hex(8)
        self._asking = asked
        question = asked.question
        assert self._jobs is not None
        self._jobs.write(
            pack_message({"token": asked.token, "ask": str(question.ask), "code": question.code})
        )
        self._set_due(START_PATIENCE, lambda: self._cut_short(Outcome.TIME_LIMIT))

    def _cut_short(self, outcome: Outcome) -> None:
        """The question that is being answered comes to nothing, and the process with it."""
        if self._asking is not None:
            self._asking.cut_short = outcome
            self._asking.seconds = time.monotonic() - self._asking.began_at if self._asking.began else 0.0
        self._where_and_kill()

    # ---------------------------------------------------------------------------------------------------- the end

    def _close(self) -> None:
        """The last word to the program: threads are joined, exit handlers called."""
        self._state = State.CLOSING
        assert self._jobs is not None
        self._jobs.finish()
        if self.evidence.cause is None:
            left = self._started_at + self._waited + self._program.limits.seconds - time.monotonic()
            self._set_due(max(left, CLOSING_GRACE), self._linger)

    def _linger(self) -> None:
        self._end_it(Outcome.LINGERING)

    def _out_of_time(self) -> None:
        self._end_it(Outcome.TIME_LIMIT)

    def _end_it(self, cause: Outcome, detail: str = "") -> None:
        """We end it, for this reason."""
        if self.evidence.cause is None:
            self.evidence.cause = cause
            self.evidence.detail = detail
        if self.evidence.ended is None:
            self._note_seconds()
        if self._state is State.STARTING or cause is Outcome.TAMPERED:
            self._kill()
        else:
            self._where_and_kill()

    def _where_and_kill(self) -> None:
        if self._state is State.KILLED or self.evidence.status is not None:
            return
        self._carrier.ask_where()
        self.evidence.trace += self._mail.await_trace(WHERE_PATIENCE)
        if self._asking is not None and self._asking.cut_short is not None:
            self._asking.line = line_in_trace(self.evidence.trace, self._program.filename)
        self._kill()

    def _kill(self) -> None:
        self.output.let_go()
        if self.evidence.status is not None:
            return
        self._state = State.KILLED
        self._carrier.kill()
        self._set_due(KILL_PATIENCE, self._carrier.kill_by_force)

    def _note_seconds(self) -> None:
        if self.evidence.started and not self.evidence.seconds:
            now = time.monotonic()
            waiting = now - self._waiting_since if self._state is State.WAITING else 0.0
            self.evidence.seconds = max(now - self._started_at - self._waited - waiting, 0.0)


_FRAMES: dict[str, Callable[[Conversation, dict[str, Any]], None]] = {
    "started": Conversation._hear_started,
    "prompt": Conversation._hear_prompt,
    "wants-input": Conversation._hear_wants_input,
    "input-taken": Conversation._hear_input_taken,
    "input-ended": Conversation._hear_input_ended,
    "refused": Conversation._hear_refused,
    "thread-failed": Conversation._hear_thread_failed,
    "interrupted": Conversation._hear_interrupted,
    "ended": Conversation._hear_ended,
    "began": Conversation._hear_began,
    "compared": Conversation._hear_compared,
    "answer": Conversation._hear_answer,
    "over": Conversation._hear_over,
}
