"""`learner-python`: plain Python to a learner's program, and nothing at all to anyone else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.long

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run(bundle: Path, bare: dict[str, str], tmp_path: Path) -> Run:
    """Runs a program through the package's command line; the JSON that it gives."""

    def run_it(source: str) -> dict[str, Any]:
        program = tmp_path / "main.py"
        program.write_text(source, encoding="utf-8")
        done = subprocess.run(
            [str(bundle / "tutor-cli"), "run", str(program), "--json"],
            env=bare, cwd="/", capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.stdout, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    return run_it


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("-c", "print(1)"), ("-m", "http.server"), ("-",), ("-S", "-c", "pass"), ("--multiprocessing-fork", "5"),
        ("tutor",), ("guard",), ("guard", "seal"), ("nurse", "seal", "3"), ("-I", "guard", "seal", "3"), ("--help",), ("--version",),
    ],
)  # fmt: skip
def test_arguments_that_are_not_the_tutors_are_refused_in_one_line(
    bundle: Path, bare: dict[str, str], arguments: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [str(bundle / "learner-python"), *arguments],
        input="print(1)\n",
        env=bare,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1 and "Code4Health Tutor" in done.stderr and "PYI" not in done.stderr


def test_a_script_that_somebody_names_is_not_run(bundle: Path, bare: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    done = subprocess.run(
        [str(bundle / "learner-python"), str(script)], env=bare, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2 and not (tmp_path / "ran").exists()


def test_the_seal_must_come_again_over_the_channel(bundle: Path, bare: dict[str, str]) -> None:
    import socket

    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = subprocess.Popen(
            [str(bundle / "learner-python"), "guard", "right-seal", str(theirs.fileno())],
            pass_fds=[theirs.fileno()], env=bare, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        ours.sendall(b"wrong-sealH" + b"F" * 20)
        process.communicate(timeout=60)
        assert process.returncode == 2


def test_an_error_ends_as_in_plain_python_without_a_word_of_the_packages(run: Run) -> None:
    found = run("def bed(n):\n    return n / 0\n\n\nbed(4)\n")
    assert found["status"] == "error" and found["line"] == 2
    told = json.dumps(found)
    for word in ("PYI", "learner_python", "tutor_child", "_internal", "pyimod", "start.py"):
        assert word not in told


def test_assert_counts_docstrings_stay_and_exit_and_help_are_there(run: Run) -> None:
    found = run(
        'def f():\n    "says so"\n\n\nprint(f.__doc__)\nhelp(len)\ntry:\n    assert False\nexcept AssertionError:\n    print("counts")\nexit(0)\n'
    )
    assert found["status"] == "exited", found
    assert "says so" in found["stdout"] and "counts" in found["stdout"] and "len(obj, /)" in found["stdout"]


def test_our_packages_are_not_there(run: Run) -> None:
    names = (
        "tutor", "tutor_child", "PySide6", "shiboken6", "pyside6_scintilla", "lexilla", "yaml", "pygments", "markdown_it", "lessons",
        "resources", "appdirs", "pyflakes", "msgspec", "tutor.session", "worker", "guard", "learner_python", "_pyi_rth_utils",
    )  # fmt: skip
    found = run(
        f"for name in {names!r}:\n"
        "    try:\n        __import__(name)\n        print('there:', name)\n"
        "    except ModuleNotFoundError as error:\n"
        "        assert str(error) == f'No module named {name.partition(\".\")[0]!r}', error\n"
        "print('none')\n"
    )
    assert found["stdout"] == "none\n", found


def test_a_file_of_the_learners_own_wins_over_a_hidden_package_and_over_the_library(
    bundle: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    code = (
        "from pathlib import Path\n"
        "for name in ('yaml', 'tutor', 'struct', 'ctypes'):\n"
        "    Path(name + '.py').write_text('mine = True')\n"
        "import yaml, tutor, sys\n"
        "sys.modules.pop('struct', None)\n"
        "import struct\n"
        "print(yaml.mine, tutor.mine, struct.mine)\n"
    )
    program = tmp_path / "main.py"
    program.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [str(bundle / "tutor-cli"), "run", str(program), "--json"],
        env=bare,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert json.loads(done.stdout)["stdout"] == "True True True\n", done.stdout


def test_the_course_with_its_solutions_cannot_be_read(bundle: Path, run: Run) -> None:
    found = run(f"print(open({str(bundle / '_internal' / 'lessons' / 'course.yaml')!r}).read()[:20])\n")
    assert found["status"] == "blocked", found
    listed = run(f"import os\nprint(os.listdir({str(bundle / '_internal')!r}))\n")
    assert listed["status"] == "blocked", listed


def test_nothing_can_be_started_again_through_it(run: Run) -> None:
    for source in (
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'print(1)'])\n",
        "import multiprocessing\nmultiprocessing.Process(target=print).start()\n",
        "import os\nos.fork()\n",
    ):
        assert run(source)["status"] == "blocked", source


def test_importing_what_asks_for_other_systems_parts_is_no_refusal(
    bundle: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    from tutor.runner import containment_posix
    from tutor.runner.result import Program
    from tutor.runner.runner import Runner

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(containment_posix, "command", lambda *words: [str(bundle / "learner-python"), *words])
        with Runner(tmp_path / "work", spares=0) as runner:
            result = runner.run(Program("import subprocess, shutil, random, tkinter_is_not_here"))
    assert result.blocked == ()
    assert result.error is not None and result.error.type == "ModuleNotFoundError"


def test_it_looks_like_plain_python(run: Run) -> None:
    found = run(
        "import sys\nprint(hasattr(sys, 'frozen'), sys.flags.utf8_mode, sys.flags.optimize, sys.argv, __name__)\n"
        "import zoneinfo\nprint(len(zoneinfo.available_timezones()) > 400)\n"
    )
    assert found["stdout"] == "False 1 0 ['main.py'] __main__\nTrue\n", found


def test_time_zones_come_from_the_package(run: Run) -> None:
    found = run(
        "import zoneinfo\nzoneinfo.reset_tzpath(())\nfrom datetime import datetime\n"
        "print(datetime(2024, 7, 1, tzinfo=zoneinfo.ZoneInfo('Europe/London')).utcoffset())\n"
    )
    assert found["stdout"] == "1:00:00\n", found


def test_the_runners_own_tests_hold_with_the_packages_interpreter(
    bundle: Path, root: Path, tmp_path: Path
) -> None:
    """The hostile programs and all other proofs of the runner, through `learner-python`."""
    plugin = tmp_path / "through_the_package.py"
    plugin.write_text(
        "import tutor.runner.containment_posix as posix\n"
        f"posix.command = lambda *arguments: [{str(bundle / 'learner-python')!r}, *arguments]\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-p", "through_the_package", "-p", "no:cacheprovider", "-p", "no:randomly",
            # It looks for the word "tutor" in sys.path, and here that is the package's own name.
            "--deselect=tests/runner/test_runs.py::test_the_tutor_and_what_it_depends_on_cannot_be_imported",
            "tests/runner/test_runs.py", "tests/runner/test_error_facts.py", "tests/runner/test_values.py", "tests/runner/test_hostile.py",
        ],
        cwd=root, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
