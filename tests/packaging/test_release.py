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
    named = set(re.findall(r"`((?:tests/[\w/]+/)?test_\w+\.py)`", checklist))
    assert len(named) >= 12
    for name in named:
        assert (root / name).is_file() or (root / "tests" / "packaging" / "bundle" / name).is_file(), name


def test_the_checklist_has_a_row_for_each_known_pitfall(checklist: str) -> None:
    table = checklist.partition("## Windows, by hand")[0]
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)] == list(range(1, 22))


def test_what_the_first_table_leaves_to_the_windows_rows_has_a_row_there(checklist: str) -> None:
    first, _, windows = checklist.partition("## Windows, by hand")
    left = [re.match(r"\| (\d+) \|", line) for line in first.splitlines() if "Windows rows below" in line]
    there = set(re.findall(r"\d+", " ".join(re.findall(r"^\| ([\d, ]+) \|", windows, re.MULTILINE))))
    assert len(left) >= 5 and {match[1] for match in left if match} <= there
