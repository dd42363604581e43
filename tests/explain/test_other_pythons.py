"""The same words under the other Pythons that are installed on this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _installed() -> list[str]:
    """The other supported Pythons: on the search path, and beside the one that runs this."""
    beside = Path(sys.base_prefix).parent
    found: dict[int, str] = {}
    for minor in (11, 12, 13):
        places = [shutil.which(f"python3.{minor}"), *beside.glob(f"3.{minor}.*/bin/python")]
        for place in [str(place) for place in places if place and minor != sys.version_info.minor]:
            said = subprocess.run(
                [place, "-c", "import sys; print(sys.version_info.minor)"], capture_output=True, text=True
            )
            if said.stdout.strip() == str(minor):
                found.setdefault(minor, place)
    return list(found.values())


@pytest.fixture
def libraries(python: str, root: Path, tmp_path: Path) -> Path:
    """What the explanations use, as locked, in the form that is for this Python: parts of it are compiled."""
    locked = (root / "requirements" / "run.txt").read_text(encoding="utf-8")
    wanted = tmp_path / "requirements.txt"
    wanted.write_text(
        "".join(re.findall(r"^(?:msgspec|pyyaml)==(?:.*\\\n)*.*\n", locked, re.MULTILINE)), encoding="utf-8"
    )
    folder = tmp_path / "libraries"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
         "--target", str(folder), "--requirement", str(wanted)],
        check=True, timeout=300,
    )  # fmt: skip
    return folder


@pytest.mark.long
@pytest.mark.parametrize(
    "python", _installed() or [pytest.param("", marks=pytest.mark.skip(reason="no other Python"))]
)
def test_every_example_says_the_same_under_another_python(python: str, libraries: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(libraries), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [python, str(HERE / "advise_examples.py"), "--json"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert len(facts) >= 300
    assert [name for name, fact in facts.items() if fact["rules"][:1] != [name]] == []
    golden = (HERE / "golden_messages.txt").read_text(encoding="utf-8")
    assert [name for name, fact in facts.items() if fact["text"].strip() not in golden] == []
