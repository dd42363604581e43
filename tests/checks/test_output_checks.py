"""`output:` and `file:` on real programs: right ones in different styles pass, the common wrong ones do not."""

from __future__ import annotations

import pytest

HELLO = "output: |\n  Hello\n  Bed 4"


@pytest.mark.parametrize(
    "program",
    [
        'print("Hello")\nprint("Bed 4")',
        'print("Hello\\nBed 4")',
        "print('Hello', 'Bed 4', sep='\\n', end='')",
        'print("Hello  ")\nprint("Bed 4\\t\\n")',
        'import sys\nsys.stdout.write("Hello\\r\\nBed 4")',
        'for line in ["Hello", "Bed 4"]:\n    print(line)',
        'print("Hello")\nprint("Bed", 4)\nimport sys\nsys.exit(0)',
        'print("Hello")\nprint("Bed 4")\nexit()',
    ],
)
def test_a_right_output_passes_in_every_style(bench, program):
    assert bench.check(HELLO, program).passed


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("x = 1", "The program printed nothing."),
        ('"Hello"\nx = "Bed 4"\nx', "The program printed nothing. Line 3 has a value, and print() would show it."),
        (
            'def hello():\n    print("Hello")\nhello',
            "The program printed nothing. Line 3 names hello without calling it: hello().",
        ),
        ('print("Hello")', 'The program printed 1 line, expected 2. Missing: "Bed 4".'),
        ('print("hello")\nprint("Bed 4")', 'Line 1 is "hello", expected "Hello". Only capital and small letters differ.'),
        ('print("Bed 4")\nprint("Hello")', "The program printed the right lines in another order. Line 1 is the first."),
        ('print("Hello")\nprint("Bed  4")', 'Line 2 is "Bed  4", expected "Bed 4". Only spaces differ: 1 space too many.'),
        ('print("Hello")\nprint("Bed\\u00a04")', 'Line 2 is "Bed\u00a04", expected "Bed 4". Only spaces differ: there is a no-break space, which looks like a space.'),
        ('print("Hello!")\nprint("Bed 4")', 'Line 1 is "Hello!", expected "Hello". Only punctuation differs.'),
        ('print("Hello")\nprint("Bed 4")\nprint("Bed 5")', 'The program printed 3 lines, expected 2. Too many: "Bed 5" in line 3.'),
        ('print("Hello")\nprint("Bed 5")', 'Line 2 is "Bed 5", expected "Bed 4".'),
        ('print("Hello")\nprint("\'Bed 4\'")', 'Line 2 is "\'Bed 4\'", expected "Bed 4". Only punctuation differs.'),
        ('print("Hello")\nprint(bed)', "Python stopped on line 2: NameError: name 'bed' is not defined."),
        ('print("Hello"', "Python stopped on line 1: SyntaxError: '(' was never closed."),
        ('print("Hello")\nprint("Bed 4")\nimport sys\nsys.exit(3)', "The program ended itself with the code 3, which means that something went wrong."),
        ('print("Hello")\nprint("Bed 4")\ninput()', "The program asked for more input on line 3 than it was given."),
    ],
)  # fmt: skip
def test_a_wrong_output_is_told_with_what_to_mend(bench, program, message):
    result = bench.check(HELLO, program)
    assert not result.passed
    assert result.message == message


def test_both_sides_are_shown_with_the_differing_characters_marked(bench):
    result = bench.check("output: Temp 38.4", 'print("Temp 39.4")')
    assert (result.expected, result.got) == ("Temp 38.4", "Temp 39.4")
    assert (result.marks_expected, result.marks_got) == (((6, 7),), ((6, 7),))


def test_prompts_of_input_are_no_output_unless_they_are_wanted(bench):
    program = 'name = input("Name? ")\nprint("Hello " + name)'
    assert bench.check('{output: "Hello Amara", stdin: [Amara]}', program).passed
    assert bench.check('{output: "Name? Hello Amara", prompts: true, stdin: [Amara]}', program).passed
    assert not bench.check('{output: "Name? Hello Amara", stdin: [Amara]}', program).passed


def test_what_was_typed_in_is_told(bench):
    result = bench.check('{output: "Hello Amara", stdin: [Amara, "4"]}', "print(input())")
    assert result.given == "Typed in: Amara, 4"


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        ("output: {contains: [Hello, bed]}", 'print("Hello, your bed is 4")', 'print("Hello")'),
        ("output: {contains: Hello, ignore: [case]}", 'print("HELLO")', 'print("HALLO")'),
        ("output: {lines: [one, three]}", 'print("one\\ntwo\\nthree")', 'print("three\\none")'),
        ("output: {numbers: [38.4, 22]}", 'print("Temp 38.40, rate 22 in NEWS2")', 'print("38.4")'),
        ("output: {numbers: [22.86], close: 0.01}", "print(22.857)", "print(22.9)"),
        ("output: {matches: '^Score: [0-9]+$'}", 'print("x\\nScore: 12")', 'print("Score: ?")'),
        ("output: {matches: '(a+)+b'}", 'print("aab")', 'print("aac")'),
        ("output: {equals: 'Hello World', ignore: [case, space, punctuation]}", 'print("hello,  world!")', 'print("hello word")'),
        ("output: {equals: \"a\\nb\", ignore: [blank-lines]}", 'print("a\\n\\nb")', 'print("a\\n\\nc")'),
    ],
)  # fmt: skip
def test_every_expectation_of_a_text_has_both_sides(bench, check, right, wrong):
    assert bench.check(check, right).passed
    assert not bench.check(check, wrong).passed


def test_several_expectations_must_all_hold(bench):
    check = "output: {contains: Hello, numbers: [4]}"
    assert bench.check(check, 'print("Hello 4")').passed
    assert not bench.check(check, 'print("Hello 5")').passed
    assert not bench.check(check, 'print("Hallo 4")').passed


def test_a_pattern_without_end_is_stopped_and_is_our_fault(bench):
    step = bench.step("limits: {seconds: 1}\nchecks:\n  - output: {matches: '^(a+)+$'}")
    verdict = bench.grade(step, 'print("a" * 40 + "!")')
    assert not verdict.passed
    assert verdict.fault is not None and verdict.fault.value == "our lesson"
    assert "does not come to an end" in verdict.checks[0].message


def test_a_file_that_the_program_writes_is_judged_like_output(bench):
    check = "{file: out.txt, contains: bed 4}"
    right = 'with open("out.txt", "w") as f:\n    f.write("bed 4\\n")'
    assert bench.check(check, right).passed
    wrong = bench.check(check, right.replace("4", "5"))
    assert wrong.message == 'out.txt holds "bed 5", without "bed 4" in it.'
    missing = bench.check(check, right.replace("out.txt", "outs.txt"))
    assert missing.message == "The program did not write out.txt. It wrote outs.txt."
    assert bench.check(check, "x = 1").message == "The program did not write the file out.txt."
    assert bench.check(check, 'open("out.txt", "w").close()').message == "out.txt is empty."


def test_a_file_in_another_encoding_is_read_too(bench):
    program = 'open("out.txt", "w", encoding="{}").write("Temp\u00e9rature")'
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert bench.check("{file: out.txt, equals: Temp\u00e9rature}", program.format(encoding)).passed


def test_checks_of_one_setting_share_one_run(bench):
    step = bench.step(
        """
        checks:
          - output: {contains: a}
          - {call: "f(1)", returns: 1}
          - {call: "f(2)", returns: 2}
          - {value: x, equals: 5}
          - {output: {contains: b}, stdin: [b]}
        """
    )
    program = (
        'x = 5\nprint("a")\ntry:\n    print(input())\nexcept EOFError:\n    pass\ndef f(x):\n    return x\n'
    )
    assert bench.grade(step, program).passed
    assert [run.stdin for run in bench.runs] == [(), ("b",)]
