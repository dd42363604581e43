"""Running one program as the checks demand: runs are shared, questions go in order, a dead process costs one question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from tutor.checks.replacing import NoAssignment, replaced
from tutor.checks.source import Source
from tutor.errors import MachineError
from tutor.runner.limits import Limits
from tutor.runner.result import Answer, Outcome, Program, Question, RunResult

Run = Callable[[Program], RunResult]

#: The process is there no more (or is not to be trusted) after an answer with one of these.
_PROCESS_ENDED = frozenset(Outcome) - {Outcome.FINISHED, Outcome.ERROR, Outcome.NEEDS_INPUT}
#: So many whole runs may reach the time limit; then further settings are taken to do the same.
_MOST_TIME_LIMITS = 2


class Setting(Struct, frozen=True):
    """What a program is given: lines typed in, and names whose first assignment is replaced by an expression."""

    stdin: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()


PLAIN = Setting()


class Demand(Struct, frozen=True):
    """What a check wants to know of one run.

    `together`: after a question that ended the process, the others of this demand are not asked again.
    """

    setting: Setting = PLAIN
    questions: tuple[Question, ...] = ()
    collect: tuple[str, ...] = ()
    together: bool = False


class Seen(Struct, frozen=True):
    """What came of a demand.

    `run` is the run that was judged, None where the program has no line that gives `missing` a value.
    """

    run: RunResult | None
    answers: tuple[Answer, ...] = ()
    missing: str = ""


class Given(Struct, frozen=True):
    """What every run of a step's programs is given."""

    filename: str = "main.py"
    files: Mapping[str, Path] = field(default_factory=dict)
    limits: Limits = Limits()


class Trial:
    """One program on trial: what it did in each setting, run when first asked for."""

    def __init__(self, source: Source, given: Given, run: Run) -> None:
        self.source = source
        self.runs: dict[Setting, RunResult] = {}
        self.refused: dict[Setting, str] = {}  # settings that cannot be made: the name with no assignment
        self._given = given
        self._run = run
        self._answers: dict[tuple[Setting, Question], Answer] = {}

    def observe(self, demands: Sequence[Demand], reuse: bool = False) -> list[Seen]:
        """What comes of each demand, in order; demands of one setting share a run.

        Args:
            demands: what the checks want to know.
            reuse: take what is known already of a setting and a question, and ask only for the rest.
        """
        answers: list[list[Answer | None]] = [[None] * len(demand.questions) for demand in demands]
        settings = list(dict.fromkeys(demand.setting for demand in demands))
        for setting in settings:
            asked = [
                (i, j, question)
                for i, demand in enumerate(demands)
                if demand.setting == setting
                for j, question in enumerate(demand.questions)
            ]
            if reuse:
                for i, j, question in asked:
                    answers[i][j] = self._answers.get((setting, question))
                asked = [(i, j, question) for i, j, question in asked if answers[i][j] is None]
            collect = {name for demand in demands if demand.setting == setting for name in demand.collect}
            self._observe_setting(setting, asked, tuple(sorted(collect)), demands, answers)
        return [self._seen(demand, came) for demand, came in zip(demands, answers, strict=True)]

    @property
    def hampered(self) -> bool:
        """Whether a run or an answer ended in a way that may say more of this PC than of the program."""
        ends = {run.outcome for run in self.runs.values()} | {
            answer.outcome for answer in self._answers.values()
        }
        return bool(ends & {Outcome.NOT_STARTED, Outcome.TIME_LIMIT})

    def plain_run(self) -> RunResult:
        """The run of the program as it is, with nothing typed in."""
        run = self.observe((Demand(),), reuse=True)[0].run
        assert run is not None  # nothing is replaced, so nothing can be missing
        return run

    def _observe_setting(
        self,
        setting: Setting,
        asked: list[tuple[int, int, Question]],
        collect: tuple[str, ...],
        demands: Sequence[Demand],
        answers: list[list[Answer | None]],
    ) -> None:
        known = self.runs.get(setting)
        if setting in self.refused or (known is not None and not asked and set(collect) <= set(known.files)):
            return
        while True:
            result = self._run_once(setting, tuple(question for _, _, question in asked), collect)
            if result is None:
                return
            known = self.runs.get(setting)
            if known is None or (collect and not set(collect) <= set(known.files)):
                self.runs[setting] = result
            left = self._take(setting, asked, result, demands, answers)
            if not left or len(left) == len(asked) or not _can_answer(result):
                return
            asked = left

    def _take(
        self,
        setting: Setting,
        asked: list[tuple[int, int, Question]],
        result: RunResult,
        demands: Sequence[Demand],
        answers: list[list[Answer | None]],
    ) -> list[tuple[int, int, Question]]:
        """Note the answers of one run; the questions that were not reached, and are to be asked again."""
        given_up: set[int] = set()
        left: list[tuple[int, int, Question]] = []
        ended = False
        for position, (i, j, question) in enumerate(asked):
            answer = result.answers[position] if position < len(result.answers) else None
            if answer is None or (ended and answer.outcome is Outcome.NOT_STARTED):
                if i not in given_up:
                    left.append((i, j, question))
                continue
            answers[i][j] = answer
            self._answers.setdefault((setting, question), answer)
            if answer.outcome in _PROCESS_ENDED:
                ended = True
                if demands[i].together:
                    given_up.add(i)
        return left

    def _run_once(
        self, setting: Setting, questions: tuple[Question, ...], collect: tuple[str, ...]
    ) -> RunResult | None:
        if self.source.broken and self.runs:
            return self._ended_as(next(iter(self.runs.values())), setting)
        try:
            text = replaced(self.source, dict(setting.replaced))
        except NoAssignment as none:
            self.refused[setting] = none.name
            return None
        ran_out = [run for run in self.runs.values() if run.outcome is Outcome.TIME_LIMIT]
        if setting not in self.runs and len(ran_out) >= _MOST_TIME_LIMITS:
            return self._ended_as(ran_out[0], setting)
        return self.run_text(text, setting.stdin, questions, collect)

    def run_text(
        self,
        text: str,
        stdin: tuple[str, ...] = (),
        questions: tuple[Question, ...] = (),
        collect: tuple[str, ...] = (),
    ) -> RunResult:
        """Run a text as this step's program; trouble of this PC comes back as a result too."""
        given = self._given
        program = Program(
            source=text,
            filename=given.filename,
            files=given.files,
            stdin=stdin,
            limits=given.limits,
            questions=questions,
            collect=collect,
        )
        return self.run_program(program)

    def run_program(self, program: Program) -> RunResult:
        """Run a program; trouble of this PC comes back as a result too."""
        try:
            return self._run(program)
        except MachineError as trouble:
            return RunResult(Outcome.NOT_STARTED, detail=str(trouble))

    @property
    def given(self) -> Given:
        """What every run is given."""
        return self._given

    def _ended_as(self, result: RunResult, setting: Setting) -> RunResult:
        self.runs.setdefault(setting, result)
        return result

    def _seen(self, demand: Demand, came: list[Answer | None]) -> Seen:
        if demand.setting in self.refused:
            return Seen(None, missing=self.refused[demand.setting])
        answers = tuple(
            answer or Answer(question, Outcome.NOT_STARTED)
            for answer, question in zip(came, demand.questions, strict=True)
        )
        return Seen(self.runs[demand.setting], answers)


def _can_answer(result: RunResult) -> bool:
    return result.outcome in (Outcome.FINISHED, Outcome.EXITED, Outcome.NEEDS_INPUT)
