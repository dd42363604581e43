"""Where work is kept. What Windows says is fed in as its documented numbers: the calls themselves are not run here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.progress import whereabouts
from tutor.progress.whereabouts import Kept, by_mount, from_profile, sentence, where_kept


@pytest.mark.parametrize(
    ("flags", "in_roaming", "kept"),
    [
        (0, True, Kept.THIS_PC),
        (2, True, Kept.FOLLOWS),
        (2, False, Kept.THIS_PC),
        (8 | 2, True, Kept.FOLLOWS),
        (1, True, Kept.UNTIL_SIGN_OUT),
        (4, False, Kept.UNTIL_SIGN_OUT),
        (1 | 2, True, Kept.UNTIL_SIGN_OUT),
    ],
)
def test_a_profile_travels_stays_or_is_removed(flags: int, in_roaming: bool, kept: Kept) -> None:
    assert from_profile(flags, in_roaming=in_roaming) is kept


def test_a_network_home_follows_the_sign_in(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nserver:/home /home/anna nfs4 rw 0 0\n//srv/x /home/anna/My\\040Work cifs rw 0 0\n"
        "tmpfs /home/anna/local tmpfs rw 0 0\nbroken\n"
    )
    found = {name: by_mount(Path(name), mounts) for name in (
        "/home/anna/.local/share/x", "/home/anna/My Work/x", "/home/anna/local/x", "/home/ben/x"
    )}  # fmt: skip
    assert list(found.values()) == [Kept.FOLLOWS, Kept.FOLLOWS, Kept.THIS_PC, Kept.THIS_PC]


def test_this_machine_gives_some_answer(tmp_path: Path) -> None:
    assert where_kept(tmp_path) in Kept


def test_a_system_that_tells_nothing_is_taken_to_keep_work_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whereabouts, "_ask", lambda folder: by_mount(folder, tmp_path / "no mounts"))
    assert where_kept(tmp_path) is Kept.THIS_PC


def test_each_answer_is_one_line() -> None:
    assert sentence(Kept.THIS_PC, Path("home")) == (
        "Your work stays on this PC, in home. A place code or an export takes it to another."
    )
    assert sentence(Kept.FOLLOWS, Path("home")) == "Your work follows your sign-in. It is kept in home."
    assert sentence(Kept.UNTIL_SIGN_OUT, Path("home")) == (
        "Windows removes this profile at sign-out. Export your work or write down your place code first."
    )
