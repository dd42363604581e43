"""Never refuse a right answer: whatever value a lesson can expect, a program that gives it passes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.checks.grade import grade
from tutor.checks.replacing import literal
from tutor.lessons.model import (
    CallCheck,
    ExerciseStep,
    OutputCheck,
    Place,
    StepKind,
    TextExpectation,
    TextMatch,
    Tolerance,
    ValueCheck,
)

keys = st.text(max_size=5) | st.integers() | st.booleans() | st.none() | st.dates()
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(-(10**60), 10**60) | st.floats() | st.text(max_size=10) | st.dates()
    | st.datetimes() | st.times() | st.timedeltas() | st.decimals(allow_nan=False) | st.fractions() | st.binary(max_size=5)
    | st.sets(keys, max_size=3) | st.frozensets(keys, max_size=3) | st.complex_numbers(),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
few_long_ones = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


def step_of(place, checks, solution="x = 1\n"):
    return ExerciseStep(kind=StepKind.EXERCISE, id="s", place=place, solution=solution, checks=tuple(checks))


@few_long_ones
@given(wanted=st.lists(values, min_size=20, max_size=30))
def test_any_value_that_a_lesson_expects_passes_when_it_is_given_to_the_last_bit(bench, tmp_path, wanted):
    place = Place(tmp_path)
    exactly = Tolerance(exactly=True)
    names = [f"f{n}" for n in range(len(wanted))]
    program = "".join(
        f"def {name}():\n    return {literal(value)}\n" for name, value in zip(names, wanted, strict=True)
    )
    program += "".join(f"v_{name} = {name}()\n" for name in names)
    checks = [
        CallCheck(name=name, place=place, expression=f"{name}()", returns=value, tolerance=exactly)
        for name, value in zip(names, wanted, strict=True)
    ]
    checks += [
        ValueCheck(name=f"v_{name}", place=place, expression=f"v_{name}", equals=value)
        for name, value in zip(names, wanted, strict=True)
    ]
    verdict = grade(step_of(place, checks), program, bench.run)
    assert verdict.passed, [check.message for check in verdict.checks if not check.passed]


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@few_long_ones
@given(wanted=st.lists(text, min_size=1, max_size=20))
def test_any_text_that_a_lesson_expects_passes_when_it_is_printed(bench, tmp_path, wanted):
    place = Place(tmp_path)
    whole = "\n".join(wanted)
    program = "".join(f"print({line!r})\n" for line in wanted)
    expectations = (
        TextExpectation(TextMatch.EQUALS, whole),
        TextExpectation(TextMatch.CONTAINS, tuple(wanted)),
        TextExpectation(
            TextMatch.EQUALS, whole, ignore=frozenset({"case", "space", "blank-lines", "punctuation"})
        ),
    )
    check = OutputCheck(name="c", place=place, expectations=expectations)
    verdict = grade(step_of(place, [check]), program, bench.run)
    assert verdict.passed, verdict.checks[0].message


def test_many_answers_are_judged_at_once_as_they_are_one_by_one(bench):
    step = bench.step(
        'checks:\n  - {call: "f(3)", returns: 9}\n  - {call: "f(0)", returns: 0}',
        solution="def f(x):\n    return x * x\n",
    )
    right, wrong, broken = (
        "def f(x):\n    return x ** 2",
        "def f(x):\n    return x * 3 + 1",
        "def f(x) return x",
    )
    answers = [(right, wrong, broken)[n % 3] + f"\n# {n}" for n in range(30)]
    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(lambda program: grade(step, program, bench.runner.run), answers))
    assert [verdict.passed for verdict in verdicts] == [True, False, False] * 10
    assert len({verdict.checks[0].message for verdict in verdicts[1::3]}) == 1
