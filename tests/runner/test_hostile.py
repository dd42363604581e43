"""Every hostile program, as an ordinary user, in both modes; what they did is counted from outside.

Run as root, each share of the programs gets a user id of its own, a bounded number of processes, and a copy of Python and
of tutor/ that this user can read. Run as an ordinary user, the same without the change of user.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

pytestmark = [pytest.mark.skipif(os.name != "posix", reason="the programs are POSIX's"), pytest.mark.long]

#: The programs act between 20000 and 30000 only. Two runs of these tests at a time must not count each other's processes.
FIRST_USER = 20001 + os.getpid() % 990 * 10
SECONDS = 2.0
SHARES = 4
EXPECTED_VALUES = [6, 0, 5, 0]
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
#: What the portable layer alone does not contain. With ctypes' functions refused by the policy: nothing of this collection.
NOT_CONTAINED_WHEN_PORTABLE: dict[str, str] = {}


@dataclass
class Campaign:
    """What came of all the programs in one mode, on one Python."""

    hardened: bool
    told: dict[str, dict] = field(default_factory=dict)
    left_running: dict[str, list[str]] = field(default_factory=dict)
    damage: list[str] = field(default_factory=list)
    sockets: set[str] = field(default_factory=set)
    folders_left: list[str] = field(default_factory=list)
    drivers_lost: list[str] = field(default_factory=list)


def header(path: Path, name: str) -> str:
    found = re.search(rf"^\ufeff?# {name}: (.*)$", path.read_bytes().decode("utf-8"), re.MULTILINE)
    return found[1].strip() if found else ""


def expected_outcomes(path: Path) -> set[str]:
    return {"error" if word == "exception" else word for word in header(path, "outcome").split("|")}


def copy_interpreter(interpreter: str, target: Path) -> str:
    """A copy of an installation of Python, without what no learner's program needs, that anyone can read."""
    bin_folder = Path(interpreter).resolve().parent
    prefix = bin_folder.parent
    name = Path(interpreter).resolve().name
    (target / "bin").mkdir(parents=True)
    shutil.copy2(bin_folder / name, target / "bin" / name)
    version = re.sub(r"[^0-9a-z.].*$", "", name)
    unwanted = (
        "test",
        "tests",
        "site-packages",
        "idlelib",
        "tkinter",
        "ensurepip",
        "lib2to3",
        "turtledemo",
        "config-*",
    )
    shutil.copytree(
        prefix / "lib" / version,
        target / "lib" / version,
        symlinks=True,
        ignore=shutil.ignore_patterns(*unwanted),
    )
    for library in (prefix / "lib").glob("libpython3*.so*"):
        shutil.copy2(library, target / "lib" / library.name, follow_symlinks=False)
    executable = (
        target / "bin" / name
    )  # where it looks for its library: beside itself, in the same number of bytes
    old = str(prefix / "lib").encode()
    new = b"$ORIGIN/../lib"
    executable.write_bytes(executable.read_bytes().replace(old + b"\0", new.ljust(len(old), b"\0") + b"\0"))
    return str(target / "bin" / name)


def as_user(user: int) -> dict:
    return {"user": user, "group": user, "extra_groups": []} if IS_ROOT else {}


def bound_processes() -> None:
    import resource

    if IS_ROOT or resource.getrlimit(resource.RLIMIT_NPROC)[0] == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NPROC, (300, 300))


@pytest.fixture(scope="module")
def ground(root: Path) -> Iterator[Path]:
    """A folder outside everybody's home that holds copies of tutor/ and the programs, readable by all."""
    made = Path(tempfile.mkdtemp(prefix="hostile-"))
    made.chmod(0o755)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / "tutor" / "runner", made / "code" / "tutor" / "runner", ignore=ignore)
    for name in ("__init__.py", "errors.py", "translation.py"):
        shutil.copy2(root / "tutor" / name, made / "code" / "tutor" / name)
    shutil.copytree(root / "tests" / "programs", made / "programs")
    shutil.copy2(root / "tests" / "runner" / "hostile_driver.py", made / "driver.py")
    for path in made.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def readable_interpreter(interpreter: str, ground: Path) -> str:
    """The interpreter itself where another user may start it, else a copy."""
    if not IS_ROOT:
        return interpreter
    try:
        tried = subprocess.run(
            [interpreter, "-I", "-c", ""], capture_output=True, cwd="/", **as_user(FIRST_USER)
        )
        if tried.returncode == 0:
            return interpreter
    except OSError:
        pass
    copy = copy_interpreter(interpreter, ground / "python" / Path(interpreter).resolve().name)
    tried = subprocess.run([copy, "-I", "-c", ""], capture_output=True, cwd="/", **as_user(FIRST_USER))
    if tried.returncode:
        pytest.skip(
            f"a copy of {interpreter} does not start for another user: {tried.stderr.decode()[-200:]}"
        )
    return copy


class Share:
    """Some of the programs, run by one driver under one user id."""

    def __init__(
        self, campaign: Campaign, ground: Path, python: str, names: list[str], user: int, folder: str
    ) -> None:
        self.campaign, self.user, self.names = campaign, user, names
        self.place = Path(tempfile.mkdtemp(prefix=f"share-{user}-"))
        self.outside, self.work = self.place / "outside", self.place / "work"
        self.outside.mkdir()
        self.work.mkdir()
        self.canaries = {"canary.txt": "untouched", "progress.json": '{"lesson": 1}'}
        for name, text in self.canaries.items():
            (self.outside / name).write_text(text)
        if IS_ROOT:
            for path in (self.place, self.outside, self.work, *self.outside.iterdir()):
                os.chown(path, user, user)
        settings = {
            "programs": names,
            "folder": str(ground / "programs" / folder),
            "work": str(self.work),
            "outside": str(self.outside),
            "hardened": campaign.hardened,
            "seconds": SECONDS,
        }
        self.before = self._running()
        self.driver = subprocess.Popen(
            [python, "-I", str(ground / "driver.py"), str(ground / "code"), json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            preexec_fn=bound_processes,
            **as_user(user),
        )

    def follow(self) -> None:
        """Read what the driver tells, and count after each program."""
        assert self.driver.stdout is not None and self.driver.stdin is not None
        for line in self.driver.stdout:
            if not line.startswith("{"):
                self.campaign.drivers_lost.append(line)
                continue
            told = json.loads(line)
            if "closed" in told:
                self.campaign.folders_left += told["left"]
            else:
                self.campaign.told[told["name"]] = told
                if left := self._left_running():
                    self.campaign.left_running[told["name"]] = left
                self._count_damage(told["name"])
                self.campaign.folders_left += [f"{told['name']}: {name}" for name in told["left_in_session"]]
            self.driver.stdin.write("\n")
            self.driver.stdin.flush()
        self.driver.wait(timeout=60)
        self.driver.stdin.close()
        self.driver.stdout.close()
        if left := self._left_running():
            self.campaign.left_running[f"the last of {self.names}"] = left
        shutil.rmtree(self.place, ignore_errors=True)

    def _running(self) -> dict[int, psutil.Process]:
        found = {}
        for process in psutil.process_iter():
            try:
                if process.uids().real == (self.user if IS_ROOT else os.getuid()):
                    found[process.pid] = process
            except psutil.Error:
                continue
        return found

    def _left_running(self) -> list[str]:
        """Processes of this user that are neither the driver, nor a guard, nor a guard's one waiting worker."""
        left = []
        running = self._running()
        guards = {pid for pid, process in running.items() if parent(process) == self.driver.pid}
        waiting: set[int] = set()
        for pid, process in running.items():
            above = parent(process)
            if pid in self.before or pid == self.driver.pid or pid in guards:
                continue
            if above in guards and above not in waiting:
                waiting.add(above)
                continue
            try:
                if (
                    IS_ROOT or "C4H_TUTOR_RUN" in process.environ()
                ) and process.status() != psutil.STATUS_ZOMBIE:
                    left.append(" ".join(process.cmdline()))
                    process.kill()
            except psutil.Error:
                continue
        return left

    def _count_damage(self, name: str) -> None:
        for canary, text in self.canaries.items():
            path = self.outside / canary
            if not path.is_file() or path.read_text() != text:
                self.campaign.damage.append(f"{name}: {canary}")
                path.write_text(text)
        for extra in {path.name for path in self.outside.iterdir()} - self.canaries.keys():
            self.campaign.damage.append(f"{name}: {extra}")
            (self.outside / extra).unlink()
        escaped = Path("/tmp/tutor_escape.txt")
        if escaped.exists():
            self.campaign.damage.append(f"{name}: {escaped}")
            escaped.unlink()


def parent(process: psutil.Process) -> int:
    try:
        return process.ppid()
    except psutil.Error:
        return 0


def watch_sockets(campaigns: dict[int, Campaign], done: threading.Event) -> None:
    """Note each internet socket of the programs' users, as the kernel lists them."""
    while not done.wait(0.03):
        for table in ("tcp", "udp", "tcp6", "udp6"):
            try:
                rows = Path("/proc/net", table).read_text().splitlines()[1:]
            except OSError:
                continue
            for row in rows:
                columns = row.split()
                if int(columns[7]) in campaigns:
                    campaigns[int(columns[7])].sockets.add(f"{table} {columns[1]}")


def carry_out(ground: Path, python: str, folder: str, modes: tuple[bool, ...]) -> dict[bool, Campaign]:
    names = sorted(path.name for path in (ground / "programs" / folder).glob("*.py"))
    if not IS_ROOT:
        names = [name for name in names if not header(ground / "programs" / folder / name, "needs")]
    campaigns = {hardened: Campaign(hardened) for hardened in modes}
    shares = []
    by_user: dict[int, Campaign] = {}
    for campaign in campaigns.values():
        for number in range(SHARES):
            user = FIRST_USER + len(shares)
            by_user[user] = campaign
            shares.append((campaign, ground, python, names[number::SHARES], user, folder))
    done = threading.Event()
    watcher = threading.Thread(target=watch_sockets, args=(by_user if IS_ROOT else {}, done))
    watcher.start()
    try:
        if IS_ROOT:
            with ThreadPoolExecutor(len(shares)) as pool:
                list(pool.map(lambda share: Share(*share).follow(), shares))
        else:  # one after the other: they could not be told apart
            for share in shares:
                Share(*share).follow()
    finally:
        done.set()
        watcher.join()
    return campaigns


VERSIONS = ["3.11", "3.12", "3.13"]


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest, interpreter: Callable[[str], str], ground: Path) -> str:
    return readable_interpreter(interpreter(request.param), ground)


@pytest.fixture(scope="module")
def both_modes(ground: Path, python: str) -> dict[bool, Campaign]:
    """All hostile programs, hardened and portable at the same time."""
    return carry_out(ground, python, "hostile", (True, False))


@pytest.fixture(params=[True, False], ids=["hardened", "portable"])
def campaign(request: pytest.FixtureRequest, both_modes: dict[bool, Campaign]) -> Campaign:
    return both_modes[request.param]


def test_every_hostile_program_ends_in_one_of_its_outcomes(campaign: Campaign, ground: Path) -> None:
    wrong = []
    for name, told in sorted(campaign.told.items()):
        expected = expected_outcomes(ground / "programs" / "hostile" / name)
        if told["outcome"] not in expected:
            wrong.append(f"{name}: {told['outcome']} for {'|'.join(sorted(expected))}: {told['sentence']}")
    assert not wrong, "\n".join(wrong)


def test_the_harness_outlives_every_hostile_program(campaign: Campaign, ground: Path) -> None:
    assert not campaign.drivers_lost
    expected = 75 if IS_ROOT else 70
    assert len(campaign.told) >= expected


def test_no_process_of_a_hostile_program_is_left(campaign: Campaign) -> None:
    assert {name: left for name, left in campaign.left_running.items() if not excused(campaign, name)} == {}


def test_no_file_outside_is_touched_and_no_folder_is_left(campaign: Campaign) -> None:
    assert [what for what in campaign.damage if not excused(campaign, what)] == []
    assert campaign.folders_left == []


def test_no_hostile_program_opens_a_socket(campaign: Campaign) -> None:
    assert not campaign.sockets
    assert "True" not in campaign.told["105_network_net_ctypes_socket.py"]["stdout"]
    assert "listening" not in campaign.told["103_network_net_listen.py"]["stdout"]


def test_no_hostile_program_passes_its_check(campaign: Campaign, ground: Path) -> None:
    for name, told in campaign.told.items():
        if header(ground / "programs" / "hostile" / name, "verdict"):
            assert not (told["finished"] and told["values"] == EXPECTED_VALUES), name


def excused(campaign: Campaign, name: str) -> bool:
    return not campaign.hardened and name.partition(":")[0] in NOT_CONTAINED_WHEN_PORTABLE


def test_ordinary_programs_are_not_hindered(ground: Path, python: str) -> None:
    for campaign in carry_out(ground, python, "benign", (True, False)).values():
        for name, told in campaign.told.items():
            assert told["outcome"] == "finished", (campaign.hardened, name, told)
            if header(ground / "programs" / "benign" / name, "verdict") == "pass":
                assert told["values"] == EXPECTED_VALUES
        assert not campaign.left_running
        assert len(campaign.told) == 8


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's layers are Linux's")
def test_the_hardened_mode_is_confined_by_the_kernel(both_modes: dict[bool, Campaign]) -> None:
    layers = " ".join(both_modes[True].told["001_loop_loop_pass.py"]["layers"])
    assert "seccomp" in layers
    portable = " ".join(both_modes[False].told["001_loop_loop_pass.py"]["layers"])
    assert "seccomp" not in portable and "Landlock" not in portable
