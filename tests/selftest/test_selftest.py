"""The self-test tells a sound installation from one that is not."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tutor.paths import folders
from tutor.runner.runner import Runner
from tutor.selftest.report import Trial, carry_out
from tutor.selftest.trials import trials


@pytest.fixture
def runner(tmp_path: Path):
    runner = Runner(tmp_path / "work")
    yield runner
    runner.close()


@pytest.mark.long
def test_a_sound_installation_passes_every_trial(root, tmp_path, runner) -> None:
    found = carry_out(trials(folders(tmp_path / "data"), root / "lessons", runner))
    assert {tested.name: tested.detail for tested in found if not tested.passed} == {}
    assert len(found) >= 14


@pytest.mark.long
def test_a_course_whose_solution_fails_is_named(tmp_path, runner) -> None:
    course = tmp_path / "course"
    (course / "one").mkdir(parents=True)
    (course / "course.yaml").write_text(
        "format: 1\nid: c\ntitle: C\nversion: '1'\nlanguage: en-GB\nlicence: CC-BY-4.0\nsummary: S.\n"
        "chapters:\n  - {id: one, title: One, folder: one, lessons: [01-a]}\n",
        encoding="utf-8",
    )
    (course / "one" / "01-a.yaml").write_text(
        "format: 1\ntitle: A\nsteps:\n  - kind: exercise\n    id: say\n    text: Say it.\n"
        "    solution: print('other')\n    checks: [{output: this}]\n",
        encoding="utf-8",
    )
    found = {tested.name: tested for tested in carry_out(trials(folders(tmp_path / "data"), course, runner))}
    refused = found["every solution passes its own checks"]
    assert not refused.passed
    assert "a#say" in refused.detail


@pytest.mark.long
def test_a_folder_that_cannot_be_written_is_a_finding(tmp_path, root, runner) -> None:
    file = tmp_path / "a-file"
    file.write_text("in the way", encoding="utf-8")
    found = {tested.name: tested for tested in carry_out(trials(folders(file), root / "lessons", runner))}
    assert not found["data folder"].passed


def test_an_open_network_socket_is_counted(tmp_path, root, runner) -> None:
    if not Path("/proc/self/net/tcp").exists():
        pytest.skip("this system has no list of sockets to read")
    (trial,) = (
        t
        for t in trials(folders(tmp_path), root / "lessons", runner)
        if t.name == "no network socket is open"
    )
    assert trial.carry_out().passed
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert not trial.carry_out().passed


def test_trouble_of_ours_is_a_finding_and_the_rest_goes_on() -> None:
    def fails() -> tuple[bool, str]:
        raise ValueError("something of ours")

    found = carry_out([Trial("one", fails), Trial("two", lambda: (True, "fine"))])
    assert [(tested.passed, tested.detail) for tested in found] == [
        (False, "ValueError: something of ours"),
        (True, "fine"),
    ]
