"""The marks that the editor shows while somebody types."""

from __future__ import annotations

from tutor.explain.live import live_marks


def test_a_program_that_is_well_has_no_marks() -> None:
    assert live_marks('name = input()\nprint("Hello", name, len(name))\n') == ()


def test_an_empty_program_has_no_marks() -> None:
    assert live_marks("") == live_marks("\n\n") == live_marks("# only a remark") == ()


def test_a_line_that_python_cannot_read_is_marked_with_its_columns() -> None:
    (mark,) = live_marks('temp = 38\nif temp > 37\n    print("Fever")\n')
    assert (mark.rule, mark.line, mark.code) == ("missing-colon", 2, "if temp > 37:")
    assert mark.column is not None


def test_the_line_that_is_being_typed_is_never_marked() -> None:
    program = 'temp = 38\nif temp > 37\n    print("Fever")\n'
    assert live_marks(program, caret_line=2) == ()
    assert live_marks(program, caret_line=1) != ()
    assert live_marks("print(wieght)\n", caret_line=1) == ()


def test_an_open_bracket_above_is_not_marked_while_python_notices_it_where_one_types() -> None:
    program = "meds = {\n    'am': 1,\n"
    assert live_marks(program, caret_line=1) == ()


def test_names_that_nothing_defines_are_marked_with_the_close_match() -> None:
    (mark,) = live_marks("weight = 70\nprint(wieght)\n")
    assert (mark.rule, mark.line, mark.column, mark.end_column) == ("misspelt-name", 2, 6, 12)
    assert "weight" in mark.text
    assert mark.python == "NameError: name 'wieght' is not defined"


def test_several_unknown_names_come_by_line() -> None:
    marks = live_marks("print(Ward)\nx = sqrt(4)\nprint(random.random())\n")
    assert [(m.line, m.rule) for m in marks] == [
        (1, "quotes-missing"),
        (2, "name-needs-import"),
        (3, "import-missing"),
    ]


def test_names_of_python_itself_and_of_functions_are_not_marked() -> None:
    program = "def f(a, *b, c=1, **d):\n    return [a for x in b if x], c, d, __name__\n\nprint(f(1), range, ValueError)\n"
    assert live_marks(program) == ()


def test_silent_mistakes_are_not_marked_while_typing() -> None:
    assert live_marks("n = 0\nn =+ 1\nprint(n)\n") == ()


def test_columns_count_characters_not_bytes() -> None:
    (mark,) = live_marks('print("é", wieght)\nweight = 1\n')
    assert (mark.column, mark.end_column) == (11, 17)


def test_a_star_import_leaves_names_unmarked() -> None:
    assert live_marks("from math import *\nprint(sqrt(4))\n") == ()
