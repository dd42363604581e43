"""The architecture, as tests with a sentence for a name (import-linter holds the layers in `make check`)."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest


def python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def loaded_modules(root: Path, statement: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys; print('\\n'.join(sys.modules))"],
        cwd=root, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return set(done.stdout.split())


def test_the_command_line_loads_no_qt(root: Path) -> None:
    loaded = loaded_modules(root, "import tutor.cli.main")
    assert not {
        name
        for name in loaded
        if name.split(".")[0] in {"PySide6", "shiboken6", "pyside6_scintilla", "lexilla"}
    }


@pytest.mark.parametrize("verb", [["version"], ["run", "PROGRAM"], ["lint", "--no-run", "COURSE"]])
def test_no_verb_loads_qt(root: Path, tmp_path: Path, verb: list[str]) -> None:
    program = tmp_path / "hello.py"
    program.write_text("print('hello')\n", encoding="utf-8")
    words = [{"PROGRAM": str(program), "COURSE": str(root / "lessons")}.get(word, word) for word in verb]
    loaded = loaded_modules(root, f"from tutor.cli.main import main; main({words!r})")
    assert not {name for name in loaded if name.split(".")[0] in {"PySide6", "shiboken6"}}


def test_only_the_window_names_qt_and_only_the_editor_names_scintilla(root: Path) -> None:
    for file in python_files(root / "tutor"):
        place = file.relative_to(root / "tutor").parts
        named = {name.split(".")[0] for name in imports(file)}
        if place[0] != "ui":
            assert not named & {"PySide6", "shiboken6"}, file
        if place[:2] != ("ui", "editor"):
            assert not named & {"pyside6_scintilla", "lexilla"}, file


def test_what_runs_beside_learner_code_imports_nothing_of_ours(root: Path) -> None:
    for file in python_files(root / "tutor" / "runner" / "child"):
        outside = {name for name in imports(file) if name.split(".")[0] not in sys.stdlib_module_names}
        siblings = {path.stem for path in file.parent.glob("*.py")}
        assert outside <= siblings, f"{file}: {outside - siblings}"


def test_nothing_from_outside_is_unpickled_or_evaluated(root: Path) -> None:
    """Nothing that came from a lesson or a learner's process may become code in the tutor's own process."""
    for file in python_files(root / "tutor"):
        if "child" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, f"{file}:{node.lineno}"
        assert not imports(file) & {"pickle", "shelve", "dill"}, file
        # marshal may write what goes to the learner's process, and must never read what comes from it.
        text = file.read_text(encoding="utf-8")
        assert "marshal.load" not in text, file
        assert "from marshal" not in text, file


def test_only_launch_knows_what_the_interpreter_is(root: Path) -> None:
    for file in python_files(root / "tutor"):
        if file.name == "launch.py" or "child" in file.parts or file.name == "walkthrough.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = (
                isinstance(node, ast.Attribute)
                and node.attr == "executable"
                and isinstance(node.value, ast.Name)
            )
            assert not (named and node.value.id == "sys"), f"{file}:{node.lineno}"  # type: ignore[attr-defined]


def test_packaging_is_no_package(root: Path) -> None:
    """It would shadow the library of that name."""
    assert not (root / "packaging" / "__init__.py").exists()


def test_no_drawer_is_called_utils(root: Path) -> None:
    drawers = {"utils", "util", "common", "misc", "helpers", "helper", "manager", "managers"}
    assert not [
        file for file in python_files(root / "tutor") if file.stem in drawers or drawers & set(file.parts)
    ]


def test_no_file_names_a_registry_or_a_folder_of_one_machine(root: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False
    ).stdout
    if not tracked:
        pytest.skip("not a git checkout")
    hosts = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org"]
    folders = ["/wo" + "rk/", "/ro" + "ot/"]
    for name in tracked.split("\0"):
        file = root / name
        if not name or not file.is_file() or file.suffix in {".png", ".ico", ".zip"}:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        assert not [host for host in hosts if host in text], name
        if not name.startswith("tests/"):
            assert not [folder for folder in folders if folder in text], name


def test_the_wheel_and_the_lock_agree_on_what_runs(root: Path) -> None:
    """Every dependency that pyproject names is locked with hashes."""
    import tomllib

    named = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    locked = (root / "requirements" / "run.txt").read_text(encoding="utf-8").lower()
    for requirement in named:
        name = requirement.split("=")[0].split(">")[0].lower()
        assert f"\n{name}==" in f"\n{locked}", name
    for line in locked.splitlines():
        if "==" in line and not line.lstrip().startswith(("#", "--")):
            assert line.rstrip().endswith("\\"), f"no hash: {line}"


def test_the_offscreen_platform_is_what_the_tests_run_on() -> None:
    assert os.environ.get("QT_QPA_PLATFORM") == "offscreen" or os.environ.get("DISPLAY")
