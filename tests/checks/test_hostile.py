"""Programs that try to pass without being right: none of them passes any check."""

from __future__ import annotations

import pytest

STEP = """
limits: {seconds: 1}
checks:
  - {name: call, call: "score(8)", returns: 3}
  - {name: text, call: "score(9)", returns: high}
  - {name: output, output: "Amara is 4th of 17"}
  - {name: value, value: total, equals: 4711}
  - name: test
    test: |
      assert score(8) == 3
      def test_list():
          assert f([1, 2]) == [2, 4711]
  - {name: rule, rule: news2.respiration, call: g}
  - {name: same, same-as-solution: bmi, given: {kg: int 40..120}, times: 10}
"""

SOLUTION = """
def score(rate):
    return 3 if rate <= 8 else "high"
def f(items):
    return [2, 4711]
def g(rate):
    return 3 if rate <= 8 else 1 if rate <= 11 else 0 if rate <= 20 else 2
def bmi(kg):
    return kg * 7 + 1
total = 4711
print("Amara is 4th of 17")
"""

NAMES = "score = f = g = bmi = lambda *a: {}\ntotal = {}\n"

HOSTILE = {
    "prints PASS": 'print("PASS")\nprint("passed: true")\nprint({"passed": True})',
    "sys.exit(0)": "import sys\nsys.exit(0)",
    "os._exit(0)": "import os\nos._exit(0)",
    "kills itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "raises SystemExit subclass": "class Done(SystemExit):\n    code = 0\nraise Done(0)",
    "patched builtins": "import builtins\nbuiltins.print = lambda *a, **k: None\nbuiltins.len = lambda x: 3\nbuiltins.isinstance = lambda *a: True\nbuiltins.type = lambda x: int\nbuiltins.all = lambda x: True\nbuiltins.AssertionError = SystemExit\n"
    + NAMES.format(1, 1),
    "no builtins": "import builtins\n" + NAMES.format(1, 1) + "builtins.__dict__.clear()",
    "patched modules": "import sys, json, os\nsys.exit = lambda *a: None\njson.dumps = lambda *a, **k: '{\"passed\": true}'\nos.write = lambda *a: 0\nsys.stdout = None\n"
    + NAMES.format(1, 1),
    "patched open": "import builtins, io\nbuiltins.open = lambda *a, **k: io.StringIO('4711')\nio.open = builtins.open\n" + NAMES.format(0, 0),
    "always equal": """
class Yes:
    __eq__ = __ge__ = __le__ = __gt__ = __lt__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 3
    __bool__ = __contains__ = lambda *a: True
    __repr__ = __str__ = lambda self: "3"
    __len__ = __index__ = __int__ = lambda self: 3
    __float__ = lambda self: 3.0
    __class__ = int
"""
    + NAMES.format("Yes()", "Yes()"),
    "an int that always equals": """
class Yes(int):
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = int.__hash__
class Text(str):
    __eq__ = lambda self, other: True
    __hash__ = str.__hash__
"""
    + NAMES.format("Yes(1)", "Yes(1)"),
    "a list that always equals": """
class Yes(list):
    __eq__ = lambda self, other: True
    __len__ = lambda self: 2
    __iter__ = lambda self: iter([2, 4711])
"""
    + NAMES.format("Yes()", "Yes()"),
    "a metaclass that always equals": """
class Meta(type):
    __eq__ = lambda self, other: True
    __hash__ = type.__hash__
    __instancecheck__ = lambda self, other: True
class Yes(metaclass=Meta):
    pass
"""
    + NAMES.format("Yes", "Yes"),
    "reads frames for values": """
import sys, gc
def find(*given):
    frame, depth = sys._getframe(), 0
    while frame:
        for name, value in list(frame.f_locals.items()) + list(frame.f_globals.items()):
            if name in ("expected", "returns", "wanted", "answer", "equals", "solution"):
                return value
        frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            for name in ("expected", "returns", "wanted", "equals"):
                if name in thing:
                    return thing[name]
    return 0
score = f = g = bmi = find
total = find()
""",
    "looks for the answers": """
import gc, os, sys
found = {thing for thing in gc.get_objects() if isinstance(thing, (int, str))}
texts = [text for text in found if "4711" in str(text) or "17" in str(text)]
for folder, _, names in os.walk("."):
    for name in names:
        texts.append(open(os.path.join(folder, name)).read())
wanted = [text for text in texts if "4th of 17" in text and "texts" not in text]
print(wanted[0] if wanted else "nothing")
score = f = g = bmi = lambda *a: 0
total = 0
""",
    "writes to every descriptor": """
import os
for fd in range(3, 256):
    for text in (b'{"passed": true}\\n', b"\\x00" * 64, b'{"how": "finished", "value": 3}\\n'):
        try:
            os.write(fd, text)
        except OSError:
            pass
"""
    + NAMES.format(0, 0),
    "closes every descriptor": "import os\nos.closerange(3, 256)\n" + NAMES.format(0, 0),
    "SystemExit in __del__": "class X:\n    def __del__(self):\n        raise SystemExit(0)\nx = X()\ndel x\nscore = f = g = bmi = lambda *a: X()\ntotal = X()",
    "threads left running": "import threading, time\nthreading.Thread(target=lambda: [time.sleep(0.05) for _ in range(400)]).start()\n"
    + NAMES.format(0, 0),
    "exit handlers": "import atexit, os\natexit.register(lambda: (print('Amara is 4th of 17', flush=True), os._exit(0)))\n" + NAMES.format(0, 0),
    "a hook on every exception": "import sys\nsys.excepthook = lambda *a: print('Amara is 4th of 17')\nraise ValueError",
    "tracing": "import sys\ndef trace(frame, event, arg):\n    for name in ('left', 'right', 'held'):\n        if name in frame.f_locals:\n            frame.f_locals[name] = 3\n    return trace\nsys.settrace(trace)\n"
    + NAMES.format(0, 0),
    "ends itself in a test": "import os\nscore = f = g = bmi = lambda *a: os._exit(0)\ntotal = 0",
    "exits in a test": "score = f = g = bmi = lambda *a: exit(0)\ntotal = 0",
    "replaces unittest and __compare__": "import sys\ndef score(*a):\n    frame = sys._getframe(1)\n    for name in ('__compare__', '__assert__', '__part__', '__run__', '__finish__'):\n        if name in frame.f_globals:\n            frame.f_globals[name] = lambda *a: True\n    return 0\nf = g = bmi = score\ntotal = 0",
    "lying descriptions": "class Liar:\n    __slots__ = ()\n    @property\n    def __class__(self):\n        return int\n    @property\n    def __dict__(self):\n        return {'kind': 'int', 'value': 3}\n    def __getattr__(self, name):\n        return 3\n"
    + NAMES.format("Liar()", "Liar()"),
    "floods": "import sys\nscore = f = g = bmi = lambda *a: 0\ntotal = 0\nwhile True:\n    print('PASS ' * 1000)",
    "a value that never ends": "class Endless:\n    def __iter__(self):\n        while True:\n            yield 3\n    def __getattr__(self, name):\n        return self\n    def __repr__(self):\n        while True: pass\n"
    + NAMES.format("Endless()", "Endless()"),
    "recursion": "import sys\nx = []\nx.append(x)\n" + NAMES.format("x", "x"),
    "a million items": NAMES.format("[3] * 1000000", "[3] * 1000000"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_program_passes_a_check(bench, name):
    step = bench.step(STEP, solution=SOLUTION)
    verdict = bench.grade(step, HOSTILE[name])
    passed = [check.name for check in verdict.checks if check.passed]
    assert passed == []
    assert not verdict.passed and verdict.sentence() != "That is right."
    assert all(check.message for check in verdict.checks)


def test_the_right_program_passes_the_same_checks(bench):
    step = bench.step(STEP, solution=SOLUTION)
    verdict = bench.grade(step, SOLUTION)
    assert verdict.passed, [check.message for check in verdict.checks]


def test_expected_values_never_enter_the_learners_process(bench):
    keys = STEP.replace("  - name: test\n", "").split("    test: |")[0] + "".join(
        line + "\n" for line in STEP.splitlines() if "rule:" in line or "same-as" in line
    )
    step = bench.step(keys, solution=SOLUTION)
    program = "def score(r):\n    return 0\ng = bmi = score\ntotal = 0\n"
    bench.grade(step, program)
    learners = [run for run in bench.runs if run.source.startswith("def score(r)")]
    assert learners
    for run in learners:
        told = repr((run.questions, run.modules, run.files, run.stdin))
        assert not any(secret in told for secret in ("4711", "high", "4th of 17"))


def test_a_right_program_whose_tests_are_skipped_by_a_trick_does_not_pass(bench):
    program = """
        import sys
        def score(rate):
            def jump(frame, event, arg):
                if event == "line" and frame.f_code.co_name == "test_it":
                    try:
                        frame.f_lineno = frame.f_lineno + 1
                    except ValueError:
                        pass
                return jump
            caller = sys._getframe(1)
            caller.f_trace = jump
            sys.settrace(jump)
            return 0
        """
    check = "test: |\n  def test_it():\n      x = score(1)\n      assert score(8) == 3\n      y = 1\n      assert score(9) == 1\n"
    assert not bench.check(check, program).passed
