"""The wheel: what `pip install .` gives, course and resources inside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(root)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    (made,) = folder.glob("*.whl")
    return made


def test_the_course_and_the_resources_travel_inside(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("lessons", "resources"):
        there = {path.relative_to(root).as_posix() for path in (root / folder).rglob("*") if path.is_file()}
        missing = {
            name for name in there if f"tutor/bundled/{name}" not in names and "__pycache__" not in name
        }
        assert not missing


def test_an_installed_tutor_proves_itself_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(site)}
    code = "import tutor, sys; sys.stdout.write(tutor.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(site))
    said = subprocess.run(
        [sys.executable, "-m", "tutor", "--data-dir", str(tmp_path / "data"), "self-test", "--json"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert json.loads(said.stdout)["passed"], said.stdout
