"""What programs leave in their working folder is listed and kept within bounds, and nothing awkward is ever opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.runner.limits import Limits
from tutor.runner.result import Outcome, Program, RunResult
from tutor.runner.runner import Runner
from tutor.runner.written_files import MOST_KEPT, MOST_LISTED, MOST_NAMED, list_folder, read_ordinary

Run = Callable[..., RunResult]

posix_only = pytest.mark.skipif(os.name == "nt", reason="made with what Windows does not have")


def test_a_file_that_a_program_wrote_comes_back_whole(run: Run) -> None:
    result = run("open('report.txt', 'w').write('93 of 120')", keep_written=True)
    assert [(file.name, file.size, file.content) for file in result.kept] == [("report.txt", 9, b"93 of 120")]


def test_nothing_is_kept_where_nobody_asks(run: Run) -> None:
    result = run("open('report.txt', 'w').write('93 of 120')")
    assert result.written == ("report.txt",)
    assert result.kept == ()


def test_a_given_file_that_was_changed_is_among_them_and_one_that_was_only_read_is_not(
    runner: Runner, tmp_path: Path
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("1\n", encoding="utf-8")
    program = Program(
        "open('a.csv', 'a').write('2\\n')\nopen('b.csv').read()",
        files={"a.csv": tmp_path / "a.csv", "b.csv": tmp_path / "b.csv"},
        keep_written=True,
    )
    assert [(file.name, file.content) for file in runner.run(program).kept] == [("a.csv", b"1\n2\n")]


def test_thousands_of_files_are_counted_and_some_are_kept(run: Run) -> None:
    result = run(
        "for i in range(3_000):\n    open(f'note{i}.txt', 'w').close()", seconds=60, keep_written=True
    )
    assert result.outcome is Outcome.FINISHED
    assert MOST_LISTED // 2 < len(result.written) <= MOST_LISTED
    assert len(result.kept) == MOST_NAMED


def test_a_large_file_is_named_with_its_size_and_not_kept(run: Run) -> None:
    result = run("with open('big', 'wb') as f:\n    f.truncate(32 << 20)", keep_written=True)
    assert [(file.name, file.size, file.content) for file in result.kept] == [("big", 32 << 20, None)]


def test_a_sparse_file_of_ten_gigabytes_is_not_made_at_all(run: Run) -> None:
    result = run("with open('big', 'wb') as f:\n    f.truncate(10 << 30)", keep_written=True)
    assert result.outcome is not Outcome.FINISHED
    assert all(file.content in (None, b"") for file in result.kept)


def test_all_that_is_kept_has_a_bound_too(run: Run) -> None:
    result = run(
        "for i in range(20):\n    open(f'{i:02}', 'w').write('x' * 1_000_000)", seconds=60, keep_written=True
    )
    kept = [file for file in result.kept if file.content is not None]
    assert len(result.kept) == 20
    assert sum(len(file.content or b"") for file in kept) <= MOST_KEPT
    assert [file.name for file in kept] == [f"{n:02}" for n in range(8)]


@posix_only
@pytest.mark.parametrize(
    "made",
    ["os.symlink('/etc/passwd', 'x')", "os.mkfifo('x')", "os.symlink('/etc', 'x')", "os.symlink('x', 'x')"],
)
def test_links_and_pipes_are_named_and_never_opened(run: Run, made: str) -> None:
    result = run(f"import os\n{made}", keep_written=True)
    for file in result.kept:  # the runner may refuse to let it be made at all
        assert (file.name, file.content, file.ordinary) == ("x", None, False)


@posix_only
def test_what_lies_in_the_folder_is_told_apart_however_it_came_there(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("secret", encoding="utf-8")
    top = tmp_path / "top"
    (top / "deep").mkdir(parents=True)
    (top / "deep" / "mine").write_text("mine", encoding="utf-8")
    (top / "link").symlink_to(outside / "secret")
    (top / "folder").symlink_to(outside)
    os.mkfifo(top / "pipe")
    found = list_folder(top)
    assert {name: one.ordinary for name, one in found.items()} == {
        "deep/mine": True,
        "link": False,
        "folder": False,
        "pipe": False,
    }
    assert read_ordinary(top / "deep" / "mine", top) == b"mine"
    for awkward in ("link", "folder/secret", "pipe", "folder", "nowhere"):
        assert read_ordinary(top / awkward, top) is None


@posix_only
def test_names_are_safe_to_show_and_none_is_lost(run: Run) -> None:
    program = (
        "import os\n"
        "for name in ('line\\nbreak', 'line\\rbreak', 'esc\\x1b[31m', 'left\\u202etxt.exe', b'\\xff', 'gr\\u00fcn'):\n"
        "    with open(name, 'w') as f:\n"
        "        f.write('x')\n"
    )
    result = run(program, keep_written=True)
    names = [file.name for file in result.kept]
    assert len(names) == len(set(names)) == 6
    assert all(name.isprintable() or "\ufffd" in name for name in names)
    assert not [name for name in names if any(letter in name for letter in "\n\r\x1b\u202e")]
    assert "gr\u00fcn" in names
    assert all(file.content == b"x" for file in result.kept)


def test_what_a_stopped_program_wrote_before_is_kept(run: Run) -> None:
    result = run(
        "with open('half.txt', 'w') as f:\n    f.write('half')\nwhile True:\n    pass",
        limits=Limits(seconds=0.5),
        keep_written=True,
    )
    assert result.outcome is Outcome.TIME_LIMIT
    assert [file.content for file in result.kept] == [b"half"]
