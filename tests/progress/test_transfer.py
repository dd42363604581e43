"""One person's work as one file: out, in, and never over anything newer."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tutor.errors import MachineError, UsageError
from tutor.paths import Folders, folders
from tutor.progress import transfer
from tutor.progress.drafts import DraftKey
from tutor.progress.events import About, Passed, Ran
from tutor.progress.learners import Learner, Learners
from tutor.progress.store import Store
from tutor.progress.transfer import export_work, import_work

KEY = DraftKey("demo", "first", "s1")
ABOUT = About(course="demo", lesson="first", step="s1")


@pytest.fixture
def worked(data: Folders) -> Store:
    """Somebody's work, closed."""
    store = Store(data)
    store.learners.rename(store.learner, "Anna")
    store.record(Passed(about=ABOUT))
    store.drafts.save(KEY, "print('mine')")
    store.drafts.keep(KEY, "print('mine')", "passed")
    assert store.close(30).saved
    store.learner = store.learners.get(store.learner.id) or store.learner
    return store


@pytest.fixture
def other(tmp_path: Path) -> Learner:
    """Nobody in particular, on another PC."""
    return Learners(folders(tmp_path / "other").learners, "home").create()


def pack(target: Path, files: dict[str, bytes], manifest: Any = "ours") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        if manifest == "ours":
            manifest = {"format": 1, "name": "X"}
        if manifest is not None:
            made.writestr("manifest.json", json.dumps(manifest))
        for name, content in files.items():
            made.writestr(name, content)
    return target


def test_work_travels_as_one_file(worked: Store, tmp_path: Path) -> None:
    file = tmp_path / "Anna's work.zip"
    assert export_work(worked.learner, file) == 3
    there = Store(folders(tmp_path / "elsewhere"))
    imported = there.import_from(file)
    assert (imported.added, imported.present, imported.left_out, imported.name) == (3, 0, (), "Anna")
    assert there.progress.step("demo", "first", "s1").passed
    draft = there.drafts.load(KEY)
    assert draft is not None and draft.text == "print('mine')"
    assert there.close(30).saved


def test_an_export_begins_with_the_learning_banner_and_says_that_it_is_unofficial(
    worked: Store, tmp_path: Path
) -> None:
    export_work(worked.learner, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as made:
        assert made.namelist()[0] == "manifest.json"
        manifest = json.loads(made.read("manifest.json"))
    assert (
        manifest["notice"] == "Learning exercise. Not for clinical use. All people and numbers are invented."
    )
    assert "unofficial" in manifest["product"]


def test_importing_twice_adds_nothing(worked: Store, other: Learner, tmp_path: Path) -> None:
    export_work(worked.learner, tmp_path / "a.zip")
    assert import_work(tmp_path / "a.zip", other).added == 3
    again = import_work(tmp_path / "a.zip", other)
    assert (again.added, again.present) == (0, 3)


def test_an_older_export_overwrites_nothing_newer(worked: Store, tmp_path: Path, data: Folders) -> None:
    export_work(worked.learner, tmp_path / "old.zip")
    (draft,) = worked.learner.folder.glob("drafts/**/*.draft.json")
    (journal,) = worked.learner.folder.glob("progress/*")
    newer = json.loads(draft.read_bytes())
    newer["versions"][0] |= {"tick": newer["versions"][0]["tick"] + 1, "text": "newer"}
    draft.write_text(json.dumps(newer))
    journal.write_bytes(journal.read_bytes() + b'{"kind":"later"}\n')
    before = {file: file.read_bytes() for file in (draft, journal)}
    assert import_work(tmp_path / "old.zip", worked.learner).added == 0
    assert {file: file.read_bytes() for file in before} == before


def test_a_longer_journal_of_the_same_session_takes_the_place_of_the_shorter(
    worked: Store, other: Learner, tmp_path: Path
) -> None:
    export_work(worked.learner, tmp_path / "a.zip")
    import_work(tmp_path / "a.zip", other)
    (journal,) = other.folder.glob("progress/*")
    whole = journal.read_bytes()
    journal.write_bytes(whole[: whole.index(b"\n") + 1])
    assert import_work(tmp_path / "a.zip", other).added == 1
    assert journal.read_bytes() == whole


def test_two_different_journals_of_one_name_are_both_kept(
    worked: Store, other: Learner, tmp_path: Path
) -> None:
    export_work(worked.learner, tmp_path / "a.zip")
    import_work(tmp_path / "a.zip", other)
    (journal,) = other.folder.glob("progress/*")
    journal.write_bytes(b"damaged\n")
    assert import_work(tmp_path / "a.zip", other).added == 1
    assert len(list(other.folder.glob("progress/*"))) == 2
    assert import_work(tmp_path / "a.zip", other).added == 0


def test_the_open_sessions_own_journal_is_left_alone(data: Folders, tmp_path: Path) -> None:
    store = Store(data)
    store.record(Ran(about=ABOUT))
    store.export(tmp_path / "a.zip")
    store.record(Ran(about=ABOUT))
    assert store.import_from(tmp_path / "a.zip").added == 0
    assert store.progress.step("demo", "first", "s1").runs == 2
    assert store.close(30).saved


ESCAPES = [
    "../evil.jsonl",
    "progress/../../evil.jsonl",
    "/progress/evil.jsonl",
    "C:/evil.jsonl",
    "progress\\..\\evil.jsonl",
    "progress/a/b.jsonl",
    "progress/evil.exe",
    "progress/con.jsonl",
    "progress/.hidden.jsonl",
    "drafts/../a/b/c/d.draft.json",
    "drafts/a/b/c.draft.json",
    "drafts/a/b/c/d.exe",
    "drafts/a/b/c/d:e.draft.json",
    "learner.json",
    "settings.json",
    "damaged/x.damaged",
]


def test_no_name_in_a_pack_leads_out_of_the_folder(other: Learner, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*")}
    file = pack(tmp_path / "a.zip", {name: b"{}\n" for name in ESCAPES})
    imported = import_work(file, other)
    assert imported.added == 0 and len(imported.left_out) == len(ESCAPES)
    assert {path for path in tmp_path.rglob("*")} - before == {file}


def test_a_link_in_a_pack_becomes_an_ordinary_file(other: Learner, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(pack(file, {}), "a") as made:
        link = zipfile.ZipInfo("progress/a.jsonl")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    import_work(file, other)
    assert not (other.folder / "progress" / "a.jsonl").is_symlink()
    assert (other.folder / "progress" / "a.jsonl").read_bytes() == b"/etc/passwd"


def test_a_bomb_is_refused(other: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "LARGEST_FILE", 100_000)
    monkeypatch.setattr(transfer, "LARGEST_WORK", 250_000)
    monkeypatch.setattr(transfer, "MOST_FILES", 10)
    bombs = (
        {"progress/a.jsonl": b"\x00" * 100_001},
        {f"progress/{n}.jsonl": b"\x00" * 90_000 for n in range(3)},
        {f"progress/{n}.jsonl": b"" for n in range(11)},
    )
    for number, bomb in enumerate(bombs):
        with pytest.raises(UsageError, match="is not a complete file of exported work"):
            import_work(pack(tmp_path / f"{number}.zip", bomb), other)
    assert not (other.folder / "progress" / "a.jsonl").exists()


def test_what_is_no_export_is_said_in_words(other: Learner, tmp_path: Path, worked: Store) -> None:
    export_work(worked.learner, tmp_path / "whole.zip")
    whole = (tmp_path / "whole.zip").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    bad = {
        "empty": b"",
        "words": b"hello",
        "cut": whole[: len(whole) // 2],
        "changed": bytes(flipped),
    }
    for name, content in bad.items():
        (tmp_path / f"{name}.zip").write_bytes(content)
    pack(tmp_path / "none.zip", {}, manifest=None)
    pack(tmp_path / "list.zip", {}, manifest=[])
    pack(tmp_path / "later.zip", {}, manifest={"format": 2})
    for name in (*bad, "none", "list", "later"):
        with pytest.raises(UsageError) as caught:
            import_work(tmp_path / f"{name}.zip", other)
        assert caught.value.what == f"{name}.zip is not a complete file of exported work."
        assert caught.value.do == "Export again on the other PC, and copy the whole file."
    with pytest.raises(UsageError, match="There is no file"):
        import_work(tmp_path / "missing.zip", other)


def test_an_export_to_where_nothing_can_be_written_says_so(worked: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MachineError) as caught:
        export_work(worked.learner, tmp_path / "file" / "a.zip")
    assert caught.value.do == "Choose another folder."


def test_an_export_onto_a_full_disk_leaves_the_old_one(worked: Store, full_disk: Any) -> None:
    folder, fill, _ = full_disk
    (folder / "a.zip").write_bytes(b"old")
    fill()
    with pytest.raises(MachineError, match="no room left"):
        export_work(worked.learner, folder / "a.zip")
    assert (folder / "a.zip").read_bytes() == b"old"


def test_a_line_that_is_just_being_written_is_not_exported_half(worked: Store, tmp_path: Path) -> None:
    (journal,) = worked.learner.folder.glob("progress/*")
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"kind":"re')
    export_work(worked.learner, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as made:
        assert made.read(f"progress/{journal.name}") == whole


def test_copying_the_folder_by_hand_works_as_well(
    worked: Store, other: Learner, make_course: Callable[..., Any], tmp_path: Path
) -> None:
    shutil.copytree(worked.learner.folder, other.folder, dirs_exist_ok=True)
    found = Store(folders(tmp_path / "other"), Learners(other.folder.parent, "home").get(other.id))
    assert found.progress.step("demo", "first", "s1").passed
    assert found.close(30).saved
