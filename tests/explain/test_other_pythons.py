"""The same words under the other Pythons that are installed on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

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


@pytest.mark.long
@pytest.mark.parametrize(
    "python", _installed() or [pytest.param("", marks=pytest.mark.skip(reason="no other Python"))]
)
def test_every_example_says_the_same_under_another_python(python: str) -> None:
    libraries = str(Path(yaml.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": libraries, "PYTHONDONTWRITEBYTECODE": "1"}
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
