"""A step of each kind to start from: each passes `tutor lint` with its mutants as it is."""

from __future__ import annotations

from collections.abc import Collection

from tutor.lessons.model import StepKind

_TEXTS = {
    StepKind.READ: """\
kind: read
id: {id}
title: Show a line
text: |
  Say in a few short sentences what is new here. Code such as `print` stands between backticks.
code: |
  print("Bed 4: free")
""",
    StepKind.PREDICT: """\
kind: predict
id: {id}
title: Say what it prints
text: What does this program print?
code: |
  beds = 4
  print(beds + 1)
choices:                      # what the program really prints is right, so it is not marked here
  - 5
  - beds + 1
  - text: An error
    is: error
    because: Python knows `beds`, because the line above gives it a value.
why: The name stands for 4, so Python adds 4 and 1.
""",
    StepKind.CHOOSE: """\
kind: choose
id: {id}
title: Pick the instruction
text: Which line shows the text Ward 4?
choices:
  - text: print("Ward 4")
    correct: true
    because: The text stands between quotes, and the quotes between brackets.
  - text: print(Ward 4)
    because: Without quotes, Python looks for a name.
""",
    StepKind.FILL: """\
kind: fill
id: {id}
title: Complete the program
text: Make the program show 7.
code: |
  {{{{job}}}}(3 + {{{{number}}}})
gaps:
  job: [print]                # each gap with the answers that it takes
  number: ["4"]
hints:
  - Which instruction shows a value?
  - The second number and 3 make 7.
""",
    StepKind.ARRANGE: """\
kind: arrange
id: {id}
title: Put the lines in order
text: Put the lines in order, so that the program shows `high`.
solution: |
  rate = 30
  if rate > 25:
      print("high")
distractors:                  # lines that do not belong
  - print(high)
hints:
  - A name needs a value before it is used.
  - What stands under `if` is indented.
""",
    StepKind.FIX: """\
kind: fix
id: {id}
title: Mend the total
text: |
  Mend the function `total(first, second)`. It is to give back the sum of two numbers, and gives back something else.
starter: |
  def total(first, second):
      return first - second
solution: |
  def total(first, second):
      return first + second
checks:
  - {{call: "total(4, 1)", returns: 5}}
  - {{call: "total(2, 0)", returns: 2}}
hints:
  - What does `total(4, 1)` give now?
  - Which sign adds two numbers?
""",
    StepKind.EXERCISE: """\
kind: exercise
id: {id}
title: Double a number
text: |
  Write the function `double(number)`. Give back two times the number.
starter: |
  def double(number):
      ...
solution: |
  def double(number):
      return number * 2
checks:
  - call: double(4)
    returns: 8
    say: Two times 4 is 8.
  - {{call: "double(0)", returns: 0}}     # between braces, put calls in quotes
mistakes:
  - name: printed
    when: {{call: "double(4)", prints: "8"}}
    say: Your function shows the answer but hands nothing back. Replace `print(...)` with `return ...`.
    example: |
      def double(number):
          print(number * 2)
hints:
  - Which sign multiplies two numbers?
  - Replace the three dots by a line that starts with `return`.
""",
    StepKind.PROJECT: """\
kind: project
id: {id}
title: Make a small converter
text: |
  Write the function `in_minutes(hours)`. Give back how many minutes that is.
starter: |
  def in_minutes(hours):
      ...
solution: |
  def in_minutes(hours):
      return hours * 60
checks:
  - {{call: "in_minutes(1)", returns: 60}}
  - {{call: "in_minutes(0.5)", returns: 30}}
hints:
  - How many minutes has one hour?
  - Replace the three dots by a line that starts with `return`.
prototype:                    # the form that the function becomes
  function: in_minutes
  title: Hours to minutes
  fields:
    hours: {{label: Hours, min: 0}}
  result: {{label: Minutes}}
""",
}


def step_text(kind: StepKind, step_id: str) -> str:
    """The keys of a step of this kind, from column 0, with line feeds."""
    return _TEXTS[kind].format(id=step_id)


def free_id(kind: StepKind, taken: Collection[str]) -> str:
    """An id for a new step: its kind with the first number that is free."""
    number = 1
    while f"{kind.value}-{number}" in taken:
        number += 1
    return f"{kind.value}-{number}"
