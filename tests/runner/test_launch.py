"""How a learner's interpreter is started, from source and packaged."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tutor.runner import launch


def test_from_source_it_is_the_base_interpreter_isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(sys, "frozen", raising=False)
    arguments = launch.command("guard", "seal", "3")
    assert arguments[0] == sys._base_executable  # type: ignore[attr-defined]
    assert arguments[1:5] == ["-I", "-S", "-X", "utf8"]
    assert arguments[5:] == [str(launch.child_script()), "guard", "seal", "3"]
    assert launch.child_script().is_file()


@pytest.mark.parametrize(("system", "name"), [("posix", "learner-python"), ("nt", "learner-python.exe")])
def test_packaged_it_is_the_second_executable_beside_the_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, system: str, name: str
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "tutor"))
    monkeypatch.setattr(launch, "ON_WINDOWS", system == "nt")
    assert launch.command("guard", "seal", "3") == [str(tmp_path / name), "guard", "seal", "3"]


def test_only_what_is_named_reaches_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_SECRET", "HTTPS_PROXY", "PYTHONPATH", "PYTHONHOME", "LD_PRELOAD", "_PYI_ARCHIVE_FILE"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("TZ", "Europe/London")
    found = launch.environment("mark")
    assert found["TZ"] == "Europe/London" and found[launch.MARK] == "mark"
    assert set(found) <= {
        "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TZDIR", "PATH", launch.MARK, "OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX",
    }  # fmt: skip
    monkeypatch.setattr(launch, "ON_WINDOWS", True)
    monkeypatch.setenv("SystemRoot", r"C:\Windows")
    found = launch.environment("mark")
    assert found["SystemRoot"] == r"C:\Windows" and "PATH" not in found


def test_the_childs_files_import_nothing_of_ours_from_outside_their_folder(root: Path) -> None:
    for path in (root / "tutor" / "runner" / "child").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.level <= 1, path
                assert not (node.level == 0 and (node.module or "").startswith("tutor")), path
            if isinstance(node, ast.Import):
                assert not any(alias.name.startswith("tutor") for alias in node.names), path


def test_every_file_of_the_child_is_loaded_by_name(root: Path) -> None:
    from tutor.runner.child.start import MODULES

    files = {path.stem for path in (root / "tutor" / "runner" / "child").glob("*.py")}
    assert files == {*MODULES, "start", "__init__"}
