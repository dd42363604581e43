"""The contract of the command line: verbs, JSON and exit statuses, through real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

RIGHT = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    return a * b\n"


def test_run_shows_what_the_program_prints_and_ends_with_0(tutor, program) -> None:
    said = tutor("run", program("print('Bed 4: free')\n"))
    assert (said.status, said.out, said.err) == (0, "Bed 4: free\n", "")


def test_run_reads_what_is_typed(tutor, program) -> None:
    said = tutor("run", program("name = input('Name? ')\nprint('Hello', name)\n"), stdin="Amara\n")
    assert said.status == 0
    assert said.out == "Name? Hello Amara\n"


def test_run_json_has_the_keys_of_the_contract(tutor, program, tmp_path) -> None:
    typed = tmp_path / "typed.txt"
    typed.write_text("Amara\n", encoding="utf-8")
    said = tutor("run", program("print('Hello', input())\n"), "--stdin", typed, "--json")
    assert said.status == 0
    assert set(said.json) == {"status", "stdout", "stderr", "seconds", "line", "error"}
    assert (said.json["status"], said.json["stdout"], said.json["error"]) == (
        "finished",
        "Hello Amara\n",
        None,
    )


def test_run_explains_an_error_in_its_json_and_ends_with_1(tutor, program) -> None:
    said = tutor("run", program("beds = 4\nprint('Free: ' + beds)\n"), "--json")
    assert said.status == 1
    assert said.json["status"] == "error"
    assert said.json["line"] == 2
    assert set(said.json["error"]) == {"rule", "line", "title", "text", "python"}
    assert "TypeError" in said.json["error"]["python"]


@pytest.mark.parametrize(
    ("text", "status", "exit_status"),
    [
        ("import sys\nsys.exit(0)\n", "exited", 0),
        ("import sys\nsys.exit(3)\n", "exited", 1),
        ("while True:\n    pass\n", "time-limit", 1),
        ("while True:\n    print('x' * 80)\n", "output-limit", 1),
        ("input()\n", "needs-input", 1),
        ("import os\nos._exit(0)\n", "abrupt", 1),
        ("print('a'\n", "error", 1),
    ],
)
def test_run_says_how_a_program_ended(tutor, program, text, status, exit_status) -> None:
    said = tutor("run", program(text), "--seconds", "1", "--json")
    assert (said.json["status"], said.status) == (status, exit_status)


def test_explain_gives_the_best_advice_first(tutor, program) -> None:
    said = tutor("explain", program("temp = 38.2\nif temp > 38\n    print('Fever')\n"), "--json")
    assert said.status == 1
    assert said.json["status"] == "error"
    assert said.json["advice"][0]["line"] == 2
    assert "colon" in said.json["advice"][0]["text"]


def test_explain_says_nothing_about_a_program_with_nothing_wrong(tutor, program) -> None:
    said = tutor("explain", program("print(2 + 2)\n"), "--json")
    assert (said.status, said.json) == (0, {"status": "finished", "advice": []})


def test_check_passes_a_right_answer_and_refuses_a_wrong_one(tutor, program, course) -> None:
    step = f"{course}/01-first/01-add.yaml#add"
    right = tutor("check", step, program(RIGHT), "--json")
    assert right.status == 0
    assert set(right.json) == {"passed", "status", "checks", "notes", "mistake", "error"}
    assert right.json["passed"] is True
    assert [set(check) for check in right.json["checks"]] == [{"name", "passed", "message"}] * 2
    wrong = tutor("check", step, program(WRONG), "--json")
    assert wrong.status == 1
    assert wrong.json["passed"] is False
    assert wrong.json["checks"][0]["message"]


def test_check_names_the_recognised_mistake(tutor, program, course) -> None:
    said = tutor(
        "check", f"{course}/01-first/01-add.yaml#add", program("def add(a, b):\n    return a - b\n"), "--json"
    )
    assert said.json["mistake"] == "taken-away"


def test_check_explains_a_call_that_stops_in_the_learners_own_lines(tutor, program, course) -> None:
    step = f"{course}/01-first/01-add.yaml#add"
    said = tutor("check", step, program("def add(a, b):\n    return a + c\n"), "--json")
    assert said.json["status"] == "finished"
    assert said.json["error"]["line"] == 2
    assert "c" in said.json["error"]["text"]
    # A call that does not fit stops outside them: the check's own message says all there is.
    said = tutor("check", step, program("def add(a):\n    return a\n"), "--json")
    assert (said.json["passed"], said.json["error"]) == (False, None)


def test_check_shows_both_sides_to_people(tutor, program, course) -> None:
    said = tutor("check", f"{course}/01-first/01-add.yaml#add", program(WRONG))
    assert said.status == 1
    assert "expected" in said.out
    assert "add(1, 2)" in said.out


def test_check_all_keeps_the_order_and_says_what_it_could_not_judge(tutor, course, tmp_path) -> None:
    answers = tmp_path / "answers.jsonl"
    lines = [{"lesson": "add", "step": "add", "program": RIGHT if i % 2 else WRONG} for i in range(12)]
    answers.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    said = tutor("check-all", course, answers, "--jobs", "2", "--json")
    assert said.status == 0
    assert [result["passed"] for result in said.lines] == [bool(i % 2) for i in range(12)]

    answers.write_text('{"lesson": "nowhere", "step": "add", "program": ""}\nnonsense\n', encoding="utf-8")
    said = tutor("check-all", course, answers, "--json")
    assert said.status == 1
    assert ["line 1" in said.lines[0]["error"]["text"], "line 2" in said.lines[1]["error"]["text"]] == [
        True,
        True,
    ]


def test_lint_is_content_with_a_sound_course(tutor, course) -> None:
    said = tutor("lint", course, "--json")
    assert set(said.json) == {"problems", "lessons", "steps"}
    assert [problem for problem in said.json["problems"] if problem["severity"] == "error"] == []
    assert (said.json["lessons"], said.json["steps"], said.status) == (1, 2, 0)


def test_lint_proves_solutions_starters_and_mistakes_by_running_them(tutor, course) -> None:
    lesson = course / "01-first" / "01-add.yaml"
    text = lesson.read_text(encoding="utf-8")

    def rules_after(old: str, new: str) -> set[str]:
        assert old in text
        lesson.write_text(text.replace(old, new), encoding="utf-8")
        said = tutor("lint", course, "--json")
        assert said.status == 1
        assert tutor("lint", course, "--no-run", "--json").status == 0
        return {problem["rule"] for problem in said.json["problems"]}

    assert "solution-fails" in rules_after("return a + b", "return a * b")
    assert "starter-passes" in rules_after("          ...", "          return b + a")
    assert "mistake-dead" in rules_after("returns: -1}", "returns: 77}")
    assert "mistake-passes" in rules_after("return a - b", "return b + a")


def test_lint_json_has_the_keys_of_the_contract(tutor, course) -> None:
    lesson = course / "01-first" / "01-add.yaml"
    lesson.write_text(
        lesson.read_text(encoding="utf-8").replace("hidden: true", "hiden: true"), encoding="utf-8"
    )
    said = tutor("lint", lesson, "--no-run", "--json")
    (problem,) = [each for each in said.json["problems"] if each["severity"] == "error"]
    assert set(problem) == {"file", "line", "column", "where", "severity", "rule", "problem", "hint"}
    assert problem["line"] == 17
    assert "hidden" in problem["hint"]


def test_version_names_the_tutor_python_qt_and_the_course(tutor) -> None:
    said = tutor("version", "--json")
    assert said.status == 0
    assert {"tutor", "python", "qt", "course"} <= set(said.json)


def test_schema_prints_a_json_schema(tutor) -> None:
    said = tutor("schema")
    assert said.status == 0
    assert said.json["$schema"].startswith("http")


def test_new_lesson_and_new_course_pass_lint(tutor, tmp_path) -> None:
    assert tutor("new", "course", tmp_path / "mine").status == 0
    assert tutor("lint", tmp_path / "mine").status == 0
    assert tutor("new", "lesson", tmp_path / "mine" / "extra.yaml").status == 0
    assert tutor("lint", tmp_path / "mine" / "extra.yaml").status == 0
    again = tutor("new", "lesson", tmp_path / "mine" / "extra.yaml")
    assert again.status == 2


@pytest.mark.parametrize(
    "words",
    [
        ["run", "missing.py"],
        ["run"],
        ["run", "missing.py", "--seconds", "never"],
        ["dance"],
        ["check", "no-step-named.yaml", "missing.py"],
        ["check", "COURSE/01-first/01-add.yaml#begin", "PROGRAM"],
        ["check", "COURSE/01-first/01-add.yaml#nothing", "PROGRAM"],
        ["check-all", "COURSE", "missing.jsonl", "--json"],
        ["lint", "missing"],
        ["run", "PROGRAM", "--seconds", "-1"],
    ],
)
def test_wrong_use_ends_with_2_and_one_line_that_says_what_to_do(tutor, program, course, words) -> None:
    names = {"PROGRAM": str(program(RIGHT))}
    said = tutor(*[names.get(word, word.replace("COURSE", str(course))) for word in words])
    assert said.status == 2
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err


def test_data_dir_may_stand_before_or_after_the_verb(tutor, program, tmp_path) -> None:
    file = program("print(1)\n")
    assert tutor("run", file, "--data-dir", tmp_path / "other").status == 0
    assert tutor("--data-dir", tmp_path / "other", "run", file).status == 0


def test_output_goes_to_a_file_instead(tutor, program, tmp_path) -> None:
    out = tmp_path / "result.json"
    said = tutor("run", program("print(1)\n"), "--json", "--output", out)
    assert (said.status, said.out) == (0, "")
    assert json.loads(Path(out).read_text(encoding="utf-8"))["stdout"] == "1\n"


def test_text_is_utf_8_whatever_the_code_page(tutor, program) -> None:
    said = tutor(
        "run", program("print('36.8 °C, é, 患者')\n"), PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0"
    )
    assert said.out == "36.8 °C, é, 患者\n"


@pytest.mark.long
def test_self_test_json_has_the_keys_of_the_contract(tutor) -> None:
    said = tutor("self-test", "--json")
    assert said.status == 0
    assert said.json["passed"] is True
    assert all(set(check) == {"name", "passed", "detail"} for check in said.json["checks"])


def test_progress_is_shown_exported_and_imported(tutor, tmp_path) -> None:
    shown = tutor("progress", "show", "--json")
    assert set(shown.json) == {"learner", "lessons"}
    assert shown.json["lessons"][0]["passed"] == 0
    assert tutor("progress", "export", tmp_path / "work.zip").status == 0
    assert tutor("progress", "import", tmp_path / "work.zip").status == 0
    assert tutor("progress", "import", tmp_path / "missing.zip").status == 2
    assert tutor("progress", "export").status == 2


def test_the_self_test_writes_json_to_a_file_and_says_the_rest_in_words(
    tmp_path, monkeypatch, capsys
) -> None:
    from tutor.cli import self_test
    from tutor.cli.main import main
    from tutor.selftest.report import Trial

    monkeypatch.setattr(
        self_test,
        "trials",
        lambda *_: [Trial("one", lambda: (True, "fine")), Trial("two", lambda: (False, "bad"))],
    )
    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["self-test", "--json", str(tmp_path / "report.json"), *data]) == 1
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report == {
        "passed": False,
        "checks": [
            {"name": "one", "passed": True, "detail": "fine"},
            {"name": "two", "passed": False, "detail": "bad"},
        ],
    }
    assert "✗ two: bad" in capsys.readouterr().out
    assert main(["self-test", "--json", *data]) == 1
    assert json.loads(capsys.readouterr().out) == report
    assert main(["self-test", "--json", str(tmp_path / "no" / "folder.json"), *data]) == 2
    assert "Name another file." in capsys.readouterr().err
