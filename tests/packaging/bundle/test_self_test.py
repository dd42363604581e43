"""The package proves itself where no Python is, whoever runs it and wherever it lies."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.long

Report = dict[str, Any]
SelfTest = Callable[..., Report]


def test_every_trial_holds_with_no_python_on_the_path(
    self_test: SelfTest, failed: Callable[[Report], Report]
) -> None:
    report = self_test()
    assert failed(report) == {}
    tried = {check["name"]: check["detail"] for check in report["checks"]}
    assert tried["versions"].startswith("packaged")
    assert "as shipped" in " ".join(tried)
    for name in (
        "the editor colours a program", "an icon is drawn", "the window opens", "standard modules", "time zones",
        "text is UTF-8", "no network socket is open", "install folder", "every solution passes its own checks",
    ):  # fmt: skip
        assert name in tried


def test_the_windowed_executable_writes_its_report_to_a_file(
    bundle: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    """On Windows it has no standard output: a path and the exit status are all there is."""
    report = tmp_path / "report.json"
    done = subprocess.run(
        [str(bundle / "tutor"), "self-test", "--json", str(report)], env=bare, cwd="/", timeout=900,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    found = json.loads(report.read_text(encoding="utf-8"))
    assert done.returncode == 0 and found["passed"], found


def test_it_holds_without_a_home_folder(
    self_test: SelfTest, failed: Callable[[Report], Report], tmp_path: Path
) -> None:
    report = self_test(HOME=str(tmp_path / "nowhere"), TMPDIR="/tmp")
    assert failed(report) == {}


def test_it_holds_with_no_network_at_all(self_test: SelfTest, failed: Callable[[Report], Report]) -> None:
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-rn", "true"], capture_output=True, timeout=60).returncode:
        pytest.skip("this system lets no process give up its network (unshare -n)")
    assert failed(self_test(wrap=(unshare, "-rn"))) == {}


def test_it_holds_for_another_user_with_letters_of_other_alphabets_in_a_read_only_folder(
    copy: Callable[[Path], Path], self_test: SelfTest, failed: Callable[[Report], Report], public: Path
) -> None:
    if os.getuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can become another user here (and setpriv is needed)")
    installed = copy(public / "Program Files (Zoë)" / "Code4Health Tutor")
    for path in (installed, *installed.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o555)
    theirs = public / "Siân O'Brien 患者"
    theirs.mkdir()
    os.chown(theirs, 65534, 65534)
    as_nobody = (shutil.which("setpriv") or "", "--reuid=65534", "--regid=65534", "--clear-groups")
    try:
        report = self_test(wrap=as_nobody, folder=installed, HOME=str(theirs), TMPDIR=str(theirs))
    finally:
        for path in (installed, *installed.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
    assert failed(report) == {}
    details = {check["name"]: check["detail"] for check in report["checks"]}
    assert "cannot be written to by this sign-in" in details["install folder"]
    assert "Siân O'Brien 患者" in details["data folder"]


def test_it_holds_at_a_path_of_372_characters(
    copy: Callable[[Path], Path], self_test: SelfTest, failed: Callable[[Report], Report], tmp_path: Path
) -> None:
    deep = tmp_path
    while len(str(deep)) < 372:
        deep = deep / ("very long folder name " * 4)[
            : min(80, max(1, 372 - len(str(deep)) - 1))
        ].strip().ljust(1, "x")
    assert len(str(deep)) >= 372
    deep.parent.mkdir(parents=True)
    assert failed(self_test(folder=copy(deep))) == {}


def test_two_users_prove_it_at_once(
    self_test: SelfTest, failed: Callable[[Report], Report], tmp_path: Path
) -> None:
    def one(name: str) -> Report:
        place = tmp_path / name
        place.mkdir()
        return self_test(HOME=str(place), TUTOR_DATA_DIR=str(place / "data"))

    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(one, ("first", "second")))
    assert [failed(report) for report in reports] == [{}, {}]


def test_a_changed_a_missing_and_a_foreign_file_are_named(
    bundle: Path, self_test: SelfTest, failed: Callable[[Report], Report], tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(bundle, broken, symlinks=True)
    inside = broken / "_internal"
    with (inside / "lessons" / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    (inside / "LICENSE").unlink()
    (inside / "planted.so").write_bytes(b"not ours")
    found = failed(self_test(folder=broken))
    (words,) = found.values()
    for name in ("_internal/lessons/course.yaml", "_internal/LICENSE", "_internal/planted.so"):
        assert name in words
