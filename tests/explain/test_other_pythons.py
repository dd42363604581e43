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
    """The other supported Pythons: on the search path, and where pyenv keeps them."""
    found: dict[str, str] = {}
    for minor in (11, 12, 13):
        for place in (
            shutil.which(f"python3.{minor}"),
            *sorted(Path("~/.pyenv/versions").expanduser().glob(f"3.{minor}.*/bin/python")),
        ):
            if place and minor != sys.version_info.minor:
                found.setdefault(f"3.{minor}", str(place))
    # `~` is another one in tests, which have a home of their own; the launcher's folder tells where pyenv is.
    base = Path(sys.base_prefix).parent
    for minor in (11, 12, 13):
        for place in sorted(base.glob(f"3.{minor}.*/bin/python")):
            if minor != sys.version_info.minor:
                found.setdefault(f"3.{minor}", str(place))
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
