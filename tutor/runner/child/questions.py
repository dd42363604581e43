"""Questions that the tutor asks of a program once it has run: one by one, each with a token that its answer must echo."""

from __future__ import annotations

import operator
import sys
from typing import Any

from .describe import Describer
from .encode import Encoder
from .limits import MemoryLimit
from .policy import NotAllowed
from .program import LearnersProgram
from .streams import Streams
from .wire import Report, receive

MOST_COMPARISONS = 500
_OPERATORS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.is_,
    "is not": operator.is_not,
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
    "truth": lambda left, right: operator.truth(left),
    "not": lambda left, right: operator.not_(left),
    "isinstance": isinstance,
}


class Questions:
    """Answers questions over the channel until the tutor closes it."""

    def __init__(
        self,
        channel: int,
        report: Report,
        program: LearnersProgram,
        describer: Describer,
        streams: Streams,
        memory: MemoryLimit,
    ) -> None:
        self._channel = channel
        self._report = report
        self._program = program
        self._describer = describer
        self._streams = streams
        self._memory = memory

    def answer_all(self, quiet: Any) -> None:
        """Answer until there are no more. `quiet` ends what the program left ticking (timers, tracers)."""
        while True:
            question = receive(self._channel)
            if question is None:
                return
            if self._answer(question, quiet):
                return

    def _answer(self, question: dict[str, Any], quiet: Any) -> bool:
        token = question["token"]
        self._memory.impose()
        self._report.send("began", token=token, printed=self._streams.output.total)
        fields: dict[str, Any]
        over = False
        try:
            if question["ask"] == "test":
                self._run_test(question["code"], token)
                encoder, value = Encoder(), None
            else:
                value = self._program.evaluate(question["code"])
                encoder = Encoder()
            self._memory.lift()
            fields = {"how": "finished", "value": encoder.encode(value)}
            del value
        except BaseException as error:
            self._memory.lift()
            quiet()
            over = isinstance(error, SystemExit)
            how = "exited" if over else "error"
            if isinstance(error, MemoryError):
                how = "memory-limit"
            elif isinstance(error, NotAllowed):
                how = "blocked"
            fields = {"how": how, "error": self._describer.describe(error)}
        try:
            sys.stdout.flush()
        except BaseException:
            pass  # a stream of the program's own
        self._report.send("answer", token=token, printed=self._streams.output.total, **fields)
        return over

    def _run_test(self, code: str, token: str) -> None:
        """Run test code: the program's names are in scope, and its module can be imported by its file's name."""
        program = self._program
        sys.modules[program.module_name()] = program.module
        scope = dict(program.names)
        scope["__name__"] = "tests"
        scope["__compare__"] = self._make_compare(token)
        exec(compile(code, "<test>", "exec", dont_inherit=True), scope)

    def _make_compare(self, token: str) -> Any:
        report = self._report
        made = [0]

        def __compare__(
            name: str, left: Any, right: Any, line: int = 0, text: str = "", test: str = ""
        ) -> bool:
            """Python's own answer to `left name right`; both values are told to the tutor first, which judges them."""
            first = Encoder()
            second = Encoder()
            left_told, right_told = first.encode(left), second.encode(right)
            own = first.own_classes or second.own_classes
            held = bool(_OPERATORS[name](left, right))
            made[0] += 1
            if made[0] <= MOST_COMPARISONS:
                report.send(
                    "compared",
                    token=token,
                    operator=name,
                    left=left_told,
                    right=right_told,
                    held=held,
                    own=own,
                    line=line,
                    text=text,
                    test=test,
                )
            return held

        return __compare__
