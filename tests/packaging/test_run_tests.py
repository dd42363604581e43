"""`make test` gives each test one try, and names the one in which the test process itself ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import os, signal
from pathlib import Path

import pytest

pytestmark = pytest.mark.long


def test_that_is_well():
    pass


def test_that_fails_the_first_time_only():
    seen = Path("seen")
    again = seen.exists()
    if not Path("never").exists():
        seen.touch()
    assert again or not {unsteady}


def test_that_ends_the_process():
    if {crash}:
        os.kill(os.getpid(), signal.SIGSEGV)


def test_after_it():
    Path("after").touch()
"""


def run(
    folder: Path, *, unsteady: bool = False, crash: bool = False, once_more: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run those tests as `make test-long` does, in a folder of their own."""
    (folder / "test_these.py").write_text(TESTS.format(unsteady=unsteady, crash=crash), encoding="utf-8")
    script = Path(__file__).parents[2] / "packaging" / "run_tests.py"
    return subprocess.run(
        [sys.executable, str(script), "-m", "long", "-p", "no:randomly", "-p", "no:faulthandler", "."],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "ONCE_MORE": "1" if once_more else ""},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_when_all_is_well_so_is_the_run(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout


def test_a_test_that_would_pass_the_second_time_has_failed(tmp_path: Path) -> None:
    done = run(tmp_path, unsteady=True)
    assert done.returncode == 1
    assert "1 failed, 3 passed" in done.stdout
    assert "FAILED" in done.stdout and "test_that_fails_the_first_time_only" in done.stdout


def test_where_a_second_try_is_wanted_what_passes_only_then_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, unsteady=True, once_more=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 failed, 3 passed" in done.stdout
    assert done.stdout.rstrip().endswith(
        "UNSTEADY, to be mended: test_these.py::test_that_fails_the_first_time_only"
    )


def test_what_fails_the_second_time_too_has_failed(tmp_path: Path) -> None:
    (tmp_path / "never").touch()  # it fails each time
    done = run(tmp_path, unsteady=True, once_more=True)
    assert done.returncode == 1
    assert "UNSTEADY" not in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="a process ends itself in another way on Windows")
def test_the_test_in_which_the_process_ended_is_named_and_the_run_has_failed(tmp_path: Path) -> None:
    done = run(tmp_path, crash=True)
    assert done.returncode not in (0, 5)
    last = done.stdout.strip().splitlines()[-1]
    assert last == (
        "FAILED: the test process itself ended (-11) in test_these.py::test_that_ends_the_process. "
        "The tests after it were not run."
    )
    assert not (tmp_path / "after").exists()
