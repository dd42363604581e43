"""The release workflow and its checklist name files, tests and pitfalls that exist. Neither has been carried out yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml


@pytest.fixture(scope="module")
def workflow(root: Path) -> str:
    return (root / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def checklist(root: Path) -> str:
    return (root / "packaging" / "RELEASE_CHECKLIST.md").read_text(encoding="utf-8")


def test_the_workflow_says_that_it_has_not_run_and_reads_as_yaml(workflow: str) -> None:
    assert "NOT YET RUN" in workflow
    jobs = yaml.safe_load(workflow)["jobs"]
    for job in jobs.values():
        needs = job.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= set(jobs)


def test_every_file_that_the_workflow_calls_is_there(root: Path, workflow: str) -> None:
    called = set(re.findall(r"packaging/[\w/]+\.(?:py|ps1|md)", workflow))
    assert len(called) >= 7
    assert not [name for name in called if not (root / name).is_file()]


def test_the_workflow_signs_only_when_there_is_a_certificate(workflow: str) -> None:
    jobs = yaml.safe_load(workflow)["jobs"]
    signing = [step for job in jobs.values() for step in job["steps"] if "signing" in step.get("uses", "")]
    assert len(signing) == 2 and all("signed == 'yes'" in step["if"] for step in signing)


def test_the_checklist_names_tests_that_exist(root: Path, checklist: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", checklist)
    assert len(named) >= 15
    for file, function in named:
        assert (root / file).is_file(), file
        assert not function or f"def {function}(" in (root / file).read_text(encoding="utf-8"), function


def test_the_checklist_has_a_row_for_each_known_pitfall(checklist: str) -> None:
    rows = [int(number) for number in re.findall(r"^\| (\d+) \|", checklist, re.MULTILINE)]
    assert rows == list(range(1, 22))
