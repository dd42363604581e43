"""How runs end, and in which words; real programs in real processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tutor.runner.limits import Limits
from tutor.runner.result import Outcome, Program, Question, RunResult
from tutor.runner.runner import Runner, sweep_old_folders
from tutor.runner.work_folder import remove_tree

Run = Callable[..., RunResult]

ENDINGS = [
    ("print('hello')", "finished", None, "The program ran to its end."),
    ("x = 1\ny = x / 0", "error", 2, "Python stopped on line 2: ZeroDivisionError: division by zero"),
    ("import sys\nsys.exit(3)", "exited", 2, "The program ended itself on line 2 with the code 3."),
    ("exit()", "exited", 1, "The program ended itself on line 1."),
    (
        "import os\nos._exit(0)",
        "abrupt",
        None,
        "The program ended all at once, before Python could finish.",
    ),
    (
        "import ctypes\nctypes.string_at(0)",
        "crashed",
        2,
        "Python itself came to a stop while it ran this program. It was at line 2.",
    ),
    (
        "x = 1\nwhile True:\n    x += 1",
        "time-limit",
        (2, 3),
        "Stopped after 0.5 seconds, because the program had not ended. It was at line",
    ),
    (
        "x = 'a'\ny = x * 10 ** 12",
        "memory-limit",
        2,
        "Stopped on line 2: the program asked for more than 256 MB of memory.",
    ),
    (
        "while True:\n    print('x' * 80)",
        "output-limit",
        (1, 2),
        "Stopped: the program printed more than this step allows.",
    ),
    ("input()\ninput()", "needs-input", 1, "The program asked for more input on line 1 than it was given."),
    (
        "import os\nos.system('ls')",
        "blocked",
        2,
        "Stopped on line 2: programs here may not start another program.",
    ),
    (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
        "lingering",
        None,
        "The program's last line had run, but something it started did not end.",
    ),
    ("if True\n    x = 1", "error", 1, "Python stopped on line 1: SyntaxError: expected ':'"),
]


@pytest.mark.parametrize(
    ("source", "outcome", "line", "sentence"), ENDINGS, ids=[ending[1] for ending in ENDINGS]
)
def test_a_run_ends_in_one_of_the_outcome_words(
    run: Run, source: str, outcome: str, line: int | tuple[int, ...] | None, sentence: str
) -> None:
    result = run(source, seconds=0.5 if outcome in ("time-limit", "lingering") else 20.0)
    assert (result.outcome, result.detail) == (outcome, result.detail)
    if isinstance(line, tuple):
        assert result.line in line
    elif outcome != "lingering":
        assert result.line == line
    assert result.sentence().startswith(sentence)


def test_a_program_that_waits_is_stopped_at_its_line(run: Run) -> None:
    result = run("import time\nprint('a')\ntime.sleep(60)", seconds=0.3)
    assert (result.outcome, result.line, result.stdout) == (Outcome.TIME_LIMIT, 3, "a\n")


def test_a_program_stuck_in_c_code_is_stopped_at_its_line(run: Run) -> None:
    result = run("import itertools\n\nsum(itertools.count())", seconds=0.3)
    assert (result.outcome, result.line) == (Outcome.TIME_LIMIT, 3)


def test_what_was_printed_before_a_crash_is_not_lost(run: Run) -> None:
    assert run("import os\nprint('half a line', end='')\nos._exit(1)").stdout == "half a line"


def test_exit_words_go_to_standard_error_as_python_puts_them(run: Run) -> None:
    result = run("import sys\nsys.exit('no data')")
    assert (result.outcome, result.exit_code, result.stderr) == (Outcome.EXITED, 1, "no data\n")
    assert not result.ended_well
    assert run("import sys\nsys.exit(0)").ended_well


def test_a_missing_folder_or_file_is_this_pcs_fault_said_in_words(runner: Runner, tmp_path: Path) -> None:
    result = runner.run(Program("print(1)", files={"obs.csv": tmp_path / "gone.csv"}))
    assert result.outcome is Outcome.NOT_STARTED
    assert result.sentence() == (
        "The program could not be started on this PC. gone.csv could not be copied: No such file or directory."
    )


def test_a_name_that_leads_out_of_the_folder_is_refused(runner: Runner) -> None:
    result = runner.run(Program("print(1)", modules={"../evil.py": ""}))
    assert result.outcome is Outcome.NOT_STARTED
    assert "'../evil.py' is not the name of a file in the working folder" in result.detail


def test_files_and_modules_are_there_and_what_is_written_comes_back(runner: Runner, tmp_path: Path) -> None:
    (tmp_path / "obs.csv").write_text("a,b\n1,2\n")
    source = (
        "import ward\nprint(open('obs.csv').read(), ward.beds)\n"
        "open('out.txt', 'w').write('done')\nimport os\nos.mkdir('more')\nopen('more/x', 'w').close()"
    )
    result = runner.run(
        Program(
            source,
            files={"obs.csv": tmp_path / "obs.csv"},
            modules={"ward.py": "beds = 4"},
            collect=("out.txt", "missing.txt", "../../x"),
        )
    )
    assert result.stdout == "a,b\n1,2\n 4\n"
    assert result.files == {"out.txt": b"done"}
    assert result.written == ("more/x", "out.txt")


def test_a_link_out_of_the_folder_is_not_collected(run: Run) -> None:
    result = run("import os\nos.symlink('/etc/hostname', 'out.txt')", collect=("out.txt",))
    assert result.outcome is Outcome.FINISHED
    assert result.files == {}


def test_a_folder_of_the_learners_own_is_kept(runner: Runner, tmp_path: Path) -> None:
    result = runner.run(Program("open('kept.txt', 'w').write('x')", folder=tmp_path, filename="mine.py"))
    assert result.written == ("kept.txt",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.txt", "mine.py"]


def test_folders_with_spaces_and_other_letters_do_no_harm(tmp_path: Path) -> None:
    with Runner(tmp_path / "Zoë Smith's files" / "日本") as runner:
        result = runner.run(
            Program("open('résumé.txt', 'w').write('x')\n1 / 0", filename="mon programme é.py")
        )
    assert result.written == ("résumé.txt",)
    assert (result.line, result.error.frames[0].file) == (2, "mon programme é.py")


def test_each_run_has_a_fresh_interpreter(run: Run) -> None:
    run("import builtins, random\nbuiltins.len = None\nrandom.random = lambda: 4")
    assert run("import random\nprint(len([1]), random.random() == 4)").stdout == "1 False\n"


def test_chance_differs_from_run_to_run(run: Run) -> None:
    assert len({run("import random\nprint(random.random())").stdout for _ in range(3)}) == 3


@pytest.mark.parametrize(
    ("code", "told"), [("-1", -1), ("256", 256), ("True", 1), ("None", 0), ("10**30", 2**31 - 1)]
)
def test_any_exit_code_is_told(run: Run, code: str, told: int) -> None:
    result = run(f"import sys\nsys.exit({code})")
    assert (result.outcome, result.exit_code) == (Outcome.EXITED, told)


def test_a_file_named_as_a_module_that_python_always_loads_does_no_harm(run: Run) -> None:
    assert run("import os\nprint(os.path.sep)", modules={"os.py": "x = 1"}).stdout == "/\n"


def test_nobody_to_type_means_no_input(run: Run) -> None:
    assert run("input()", stdin=None).outcome is Outcome.NEEDS_INPUT


def test_the_environment_is_scrubbed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hush")
    result = run(
        "import os, tempfile\nprint(sorted(os.environ))\n"
        "print(tempfile.gettempdir() == os.getcwd() == os.path.expanduser('~'))"
    )
    assert "SECRET" not in result.stdout and "PYTHON" not in result.stdout
    assert result.stdout.endswith("True\n")


def test_the_tutor_and_what_it_depends_on_cannot_be_imported(run: Run) -> None:
    for name in ("tutor", "PySide6", "yaml", "tutor_child", "worker", "guard", "pytest"):
        assert run(f"import {name}").error.bases[0] == "ModuleNotFoundError"
    assert (
        "tutor"
        not in run("import sys\nprint(sys.path, sys.argv, __file__.endswith('main.py'), __name__)").stdout
    )


def test_the_programs_own_folder_comes_first_on_the_path(run: Run) -> None:
    assert run("import sys, os\nprint(sys.path[0] == os.getcwd())").stdout == "True\n"


def test_exit_quit_and_help_are_there(run: Run) -> None:
    assert "built-in function len" in run("help(len)").stdout
    assert run("quit(2)").exit_code == 2


def test_time_zones_work(run: Run) -> None:
    source = (
        "import zoneinfo, datetime\nz = zoneinfo.ZoneInfo('Europe/London')\n"
        "print(datetime.datetime(2024, 7, 1, tzinfo=z).utcoffset())"
    )
    assert run(source).stdout == "1:00:00\n"


def test_a_thread_that_fails_is_told_on_standard_error(run: Run) -> None:
    result = run(
        "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\nprint('end')"
    )
    assert result.outcome is Outcome.FINISHED
    assert "ZeroDivisionError: division by zero" in result.stderr


def test_more_threads_than_allowed_are_refused_in_words(run: Run) -> None:
    source = (
        "import threading\ngo = threading.Event()\nfor _ in range(100):\n"
        "    threading.Thread(target=go.wait, daemon=True).start()"
    )
    result = run(source)
    assert result.outcome is Outcome.BLOCKED
    assert result.blocked == ("run more than 64 threads at once",)
    assert result.line == 4


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("open('/etc/passwd')", "read files outside their own folder"),
        ("open('../x', 'w')", "write files outside their own folder"),
        ("import os\nos.listdir('/')", "look into folders outside their own"),
        ("import os\nos.remove('/etc/passwd')", "change files outside their own folder"),
        ("import urllib.request\nurllib.request.urlopen('http://127.0.0.1')", "use the network"),
        ("import socket\nsocket.socket()", "use the network"),
        ("import subprocess\nsubprocess.run(['ls'])", "start another program"),
        ("import os\nos.kill(1, 0)", "stop or signal another program"),
        ("import ctypes\nctypes.CDLL(None).getpid()", "call the operating system directly"),
    ],
)
def test_what_programs_may_not_do_is_said_kindly(run: Run, source: str, what: str) -> None:
    result = run(source)
    assert result.outcome is Outcome.BLOCKED
    assert result.blocked[0] == what
    assert result.line == source.count("\n") + 1
    assert result.error.message == f"programs here may not {what}"


def test_a_refusal_that_the_program_catches_is_noted(run: Run) -> None:
    result = run("try:\n    open('/etc/passwd')\nexcept OSError:\n    print('no')")
    assert (result.outcome, result.stdout, result.blocked) == (
        Outcome.FINISHED,
        "no\n",
        ("read files outside their own folder",),
    )


def test_a_file_larger_than_allowed_is_an_error_with_its_line(run: Run) -> None:
    source = "with open('big', 'wb') as f:\n    for _ in range(10):\n        f.write(bytes(1 << 20))"
    result = run(source, limits=Limits(seconds=20, file_mb=2))
    assert (result.outcome, result.line, result.error.type) == (Outcome.ERROR, 3, "OSError")


def test_a_spare_that_died_while_it_waited_is_replaced(tmp_path: Path) -> None:
    with Runner(tmp_path) as runner:
        assert runner.run(Program("print(1)")).stdout == "1\n"
        for child in psutil.Process().children():
            if "start.py" in " ".join(child.cmdline()):
                child.kill()
                psutil.wait_procs([child], timeout=10)
        assert runner.run(Program("print(2)")).stdout == "2\n"


def test_a_waiting_worker_that_died_is_replaced(tmp_path: Path) -> None:
    with Runner(tmp_path) as runner:
        runner.run(Program("print(1)"))
        for child in psutil.Process().children():
            for worker in child.children() if "start.py" in " ".join(child.cmdline()) else []:
                worker.kill()
        assert runner.run(Program("print(2)")).stdout == "2\n"


def test_many_runs_one_after_the_other_leave_nothing_behind(tmp_path: Path) -> None:
    with Runner(tmp_path) as runner:
        me = psutil.Process()
        for _ in range(5):
            runner.run(Program("print(1)"))
        before = (me.num_threads(), me.num_fds(), len(me.children(recursive=True)))
        for number in range(40):
            result = runner.run(Program(f"print({number})", questions=(Question("1 + 1"),)))
            assert (result.stdout, result.answers[0].value) == (f"{number}\n", 2)
        after = (me.num_threads(), me.num_fds(), len(me.children(recursive=True)))
        assert after[0] <= before[0] + 4 and after[1] <= before[1] + 8 and after[2] <= before[2] + 2
        assert len(list(next(tmp_path.iterdir()).iterdir())) == 0
    assert list(tmp_path.iterdir()) == []


def test_several_programs_run_at_the_same_time(tmp_path: Path) -> None:
    with Runner(tmp_path) as runner:
        runs = [
            runner.start(Program(f"print({number})", limits=Limits(20)), lambda event: None)
            for number in range(6)
        ]
        assert [run.wait(60).stdout for run in runs] == [f"{number}\n" for number in range(6)]


def test_closing_ends_what_still_runs(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    run = runner.start(Program("while True: pass", limits=Limits(60)), lambda event: None)
    runner.close()
    assert run.result.outcome is Outcome.STOPPED
    assert list(tmp_path.iterdir()) == []


def test_layers_say_what_confines_programs(runner: Runner) -> None:
    layers = runner.layers()
    assert "rules said with their line (audit hook)" in layers
    if os.name == "posix":
        assert "ends with all that it started (guard)" in layers


def test_an_awkward_folder_is_removed_whole(tmp_path: Path) -> None:
    top = tmp_path / "top"
    deep = top
    for _ in range(60):
        deep = deep / ("d" * 20)
    deep.mkdir(parents=True)
    (deep / "file").write_text("x")
    (top / "locked").mkdir()
    (top / "locked" / "inside").write_text("x")
    (top / "locked").chmod(0)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x")
    (top / "link").symlink_to(outside, target_is_directory=True)
    remove_tree(top)
    assert not top.exists()
    assert (outside / "kept").exists()


def test_folders_of_tutors_that_are_gone_are_swept(tmp_path: Path) -> None:
    gone = tmp_path / "session-999999999-abcd"
    (gone / "run-1").mkdir(parents=True)
    mine = tmp_path / f"session-{os.getpid()}-abcd"
    mine.mkdir()
    other = tmp_path / "somebody elses"
    other.mkdir()
    assert sweep_old_folders(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([mine.name, other.name])


def test_the_file_that_begins_a_learners_process_refuses_strangers() -> None:
    import subprocess

    from tutor.runner.launch import child_script

    for arguments in ([], ["guard"], ["-c", "print(1)"], ["guard", "abc", "0"]):
        tried = subprocess.run(
            [sys.executable, "-I", str(child_script()), *arguments],
            input=b"wrong\n",
            capture_output=True,
            timeout=60,
        )
        assert tried.returncode == 2
        assert not tried.stdout
