"""`test:` and `catches:` on real programs."""

from __future__ import annotations

import textwrap

import pytest

from tutor.checks.source import Source
from tutor.checks.testcode import prepare

RIGHT = """
def score(rate):
    if rate < 0:
        raise ValueError("a rate is not negative")
    if rate <= 8:
        return 3
    return 1 if rate <= 11 else 0
"""
WRONG = RIGHT.replace("<= 8", "< 8")


def check_of(code: str) -> str:
    return "test: |\n" + textwrap.indent(textwrap.dedent(code).strip("\n"), "  ")


STYLES = {
    "bare": "assert score(8) == 3\nassert score(9) == 1",
    "imported": "import main\nfrom main import score as s\nassert main.score(8) == 3 and s(9) == 1",
    "swapped": "assert 3 == score(8)",
    "function": "def test_low():\n    assert score(8) == 3\ndef test_high():\n    assert score(12) == 0",
    "helper": "def check(rate, points):\n    assert score(rate) == points\nfor rate, points in [(8, 3), (9, 1)]:\n    check(rate, points)",
    "loop": "def test_all():\n    for rate in range(9):\n        assert score(rate) == 3",
    "all": "assert all(score(rate) == 3 for rate in range(9))",
    "or": "assert score(8) == 3 or score(8) == 4",
    "chain": "assert 2 < score(8) <= 3",
    "not": "assert not score(8) == 1",
    "raises": "try:\n    score(-1)\nexcept ValueError as error:\n    assert 'negative' in str(error)\nelse:\n    assert False\nassert score(8) == 3",
    "unittest": """
        import unittest
        class TestScore(unittest.TestCase):
            def setUp(self):
                self.low = 8
            def test_low(self):
                self.assertEqual(score(self.low), 3)
                self.assertAlmostEqual(score(8) / 7, 0.43, places=2)
                self.assertTrue(score(8) > 2, "eight")
            def test_raises(self):
                with self.assertRaises(ValueError):
                    score(-1)
                self.assertRaises(ValueError, score, -2)
                self.assertIn(score(9), [1, 2])
                self.assertIsInstance(score(9), int)
                self.assertFalse(score(12))
        if __name__ == "__main__":
            unittest.main()
        """,
    "raises inside with": "import unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n        with self.assertRaises(ValueError):\n            score(-1)\n            self.assertEqual(score(8), 7)\n        self.assertEqual(score(8), 3)",
    "suppressed": "import contextlib\nwith contextlib.suppress(ValueError):\n    score(-1)\n    assert score(8) == 7\nassert score(8) == 3",
    "written twice": "def test_it():\n    assert score(8) == 7\ndef test_it():\n    assert score(8) == 3",
    "after a loop": "for rate in (1, 8):\n    if score(rate) != 3:\n        break\nelse:\n    rate = 0\ndef test_it():\n    assert rate == 0",
    "returns early": "def test_it():\n    if score(8) == 3:\n        return\n    assert False",
    "defined on a condition": "if True:\n    def test_it():\n        assert False\nassert score(8) == 3",
    "skipped": "import unittest\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.skipTest('later')\n        self.assertEqual(1, 2)\n    def test_b(self):\n        self.assertEqual(score(8), 3)",
    "testcase": "from unittest import TestCase\nclass T(TestCase):\n    @classmethod\n    def setUpClass(cls):\n        cls.rate = 8\n    def test_it(self):\n        with self.subTest(rate=8):\n            self.assertEqual(score(self.rate), 3)",
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_test_code_accepts_a_right_program_and_refuses_a_wrong_one(bench, style):
    right = bench.check(check_of(STYLES[style]), RIGHT)
    assert right.passed, right.message
    assert not bench.check(check_of(STYLES[style]), WRONG).passed


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("assert score(8) == 3", "score(8) gave 1, expected 3."),
        ("assert 3 == score(8)", "score(8) gave 1, expected 3."),
        ("assert score(8) == 3, 'Eight or fewer scores 3'", "Eight or fewer scores 3. score(8) gave 1, expected 3."),
        ("assert score(8) > 2", "score(8) > 2 does not hold: score(8) gave 1."),
        ("assert 2 < score(8)", "2 < score(8) does not hold: score(8) gave 1."),
        ("assert score(8) in (3, 4)", "score(8) in (3, 4) does not hold: score(8) gave 1."),
        ("assert not score(8)", "score(8) gave 1, which does not count as false."),
        ("assert score(8) == 3 or score(7) == 2", "score(8) == 3 or score(7) == 2 gave False, which does not count as true."),
        ("assert isinstance(score(8), str)", "isinstance(score(8), str) does not hold: it is 1, of the type int."),
        ("def test_it():\n    assert score('8') == 3", "The test test_it stopped in line 2 of main.py: TypeError: '<' not supported between instances of 'str' and 'int'."),
        ("x = score('8')\nassert x == 3", "The tests stopped in line 2 of main.py: TypeError: '<' not supported between instances of 'str' and 'int'."),
        ("import unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n        self.assertEqual(score(8), 3, 'Eight scores 3')", "Eight scores 3. score(8) gave 1, expected 3."),
        ("import unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n        with self.assertRaises(TypeError):\n            score(1)", "On line 4 of the tests: TypeError not raised."),
        ("import unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n        self.fail('never')", "On line 4 of the tests: never."),
    ],
)  # fmt: skip
def test_a_failing_assertion_is_told_with_both_values(bench, code, message):
    assert bench.check(check_of(code), WRONG).message == message


def test_each_failing_assertion_is_told_the_others_on_request(bench):
    result = bench.check(check_of("assert score(8) == 3\nassert score(9) == 1\nassert score(12) == 2"), WRONG)
    assert result.message == "score(8) gave 1, expected 3."
    assert (result.expected, result.got) == ("3", "1")
    assert result.detail == "score(8) == 3\nscore(12) gave 0, expected 2."


def test_plain_data_is_compared_fairly(bench):
    program = "def f():\n    return [0.1 + 0.2]"
    assert bench.check(check_of("assert f() == [0.3]"), program).passed
    assert bench.check(check_of("assert f() != [0.4]"), program).passed


def test_objects_of_the_learners_own_classes_are_compared_by_their_own_eq(bench):
    program = """
        class Point:
            def __init__(self, x):
                self.x = x
            def __eq__(self, other):
                return isinstance(other, Point) and self.x == other.x
            def __lt__(self, other):
                return self.x < other.x
        class Ward:
            def __contains__(self, name):
                return name == "Amara"
        """
    code = 'assert Point(1) == Point(1)\nassert Point(1) != Point(2)\nassert Point(1) < Point(2)\nassert "Amara" in Ward()\nassert Point(1) in [Point(1)]'
    assert bench.check(check_of(code), program).passed
    assert not bench.check(check_of("assert Point(1) == Point(2)"), program).passed
    assert not bench.check(check_of('assert "Ben" in Ward()'), program).passed


def test_more_comparisons_than_are_told_one_by_one_still_count(bench):
    code = "def test_many():\n    for n in range(2000):\n        assert f(n) == n"
    assert bench.check(check_of(code), "def f(n):\n    return n").passed
    late = bench.check(check_of(code), "def f(n):\n    return n if n < 1900 else 0")
    assert not late.passed
    early = bench.check(check_of(code), "def f(n):\n    return n if n != 7 else 0")
    assert early.message == "f(n) gave 0, expected 7."


def test_a_test_that_does_not_end_fails(bench):
    step = bench.step("limits: {seconds: 0.5}\nchecks:\n  - test: |\n      assert f(1) == 1")
    verdict = bench.grade(step, "def f(n):\n    while True: pass", solution_first=False)
    assert verdict.checks[0].message == "The tests had not ended when their time was over."


def test_prepared_code_keeps_the_meaning_of_what_it_cannot_take_apart():
    plan = prepare(
        Source.of("from __future__ import annotations\nassert (lambda: True)()\nx: int = 1\nassert x")
    )
    names: dict[str, object] = {}
    told: list[tuple[object, ...]] = []
    exec(plan.code, {"__compare__": lambda *given: told.append(given) or True}, names)
    assert [given[4] for given in told] == ["(lambda: True)()", "x"]


# -------------------------------------------------------------------------------------------------------------- catches

CATCHES = """
filename: tests.py
checks:
  - catches:
      - name: counts 8 as normal
        program: |
          def score(rate):
              return 3 if rate < 8 else 0
      - name: stops with an error at 30
        program: |
          def score(rate):
              if rate == 30:
                  raise KeyError(rate)
              return 3 if rate <= 8 else 0
    module: must
    right:
      - |
          def score(rate):
              return 3 if rate <= 8 else 0
      - |
          def score(rate):
              if rate > 8:
                  return 0
              return 3
"""


@pytest.mark.parametrize(
    "tests",
    [
        "assert score(8) == 3\nassert score(30) == 0",
        "import must\nassert must.score(8) == 3\nassert must.score(30) == 0",
        "from must import score\ndef test_a():\n    assert score(8) == 3\ndef test_b():\n    assert score(30) == 0\ntest_a()",
        "import unittest, must\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(must.score(8), 3)\n        self.assertEqual(must.score(30), 0)\nif __name__ == '__main__':\n    unittest.main()",
    ],
)  # fmt: skip
def test_tests_that_catch_every_planted_fault_pass_in_every_style(bench, tests):
    step = bench.step(CATCHES, solution="assert score(8) == 3\nassert score(30) == 0\n")
    verdict = bench.grade(step, tests)
    assert verdict.passed, verdict.checks[0].message


@pytest.mark.parametrize(
    ("tests", "message"),
    [
        ("assert score(7) == 3\nassert score(30) == 0", "Your tests hold for right programs. They do not notice this mistake yet: counts 8 as normal."),
        ("assert score(8) == 3", "Your tests hold for right programs. They do not notice this mistake yet: stops with an error at 30."),
        ("assert score(8) == 3\nassert score(9) == 3", "Your test on line 2 does not hold for a right program. score(9) gave 0, expected 3."),
        ("def test_x():\n    assert score('8') == 3", "Your test on line 2 does not hold for a right program. The test test_x stopped in line 2 of must.py: TypeError: '<=' not supported between instances of 'str' and 'int'."),
        ("x = 1", "There is no test in your program yet: an assert, or a function whose name starts with test_."),
        ("assert score(8 == 3", "Python stopped on line 1: SyntaxError: '(' was never closed."),
        ("import pytest\nassert score(8) == 3", "Your test on line 1 does not hold for a right program. The tests stopped: ModuleNotFoundError: No module named 'pytest'."),
    ],
)  # fmt: skip
def test_tests_that_fall_short_are_told_which_fault_gets_through(bench, tests, message):
    step = bench.step(CATCHES, solution="assert score(8) == 3\nassert score(30) == 0\n")
    assert bench.grade(step, tests).checks[0].message == message


def test_a_failed_test_is_called_by_its_name_and_its_code_is_there_to_read(bench):
    failed = bench.check("name: a low rate\n" + check_of("assert score(8) == 3"), WRONG)
    assert not failed.passed
    assert (failed.name, failed.subject) == ("a low rate", "")
    assert failed.detail.startswith("score(8) == 3")
