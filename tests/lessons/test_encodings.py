"""Files as Notepad and Word save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.lessons.loader import load_lesson
from tutor.lessons.source import Finding, decode, unprintable

TEXT = "format: 1\ntitle: A lesson\nsummary: The patient’s café\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_or_without_its_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_with_what_to_do(encoding: str) -> None:
    finding = decode(TEXT.encode(encoding))
    assert isinstance(finding, Finding)
    assert finding.problem == "the file is saved as UTF-16; lessons are UTF-8"
    assert finding.hint == "in Notepad choose Save as, and under Encoding choose UTF-8"


def test_windows_1252_is_named_at_its_first_sign() -> None:
    finding = decode(TEXT.encode("cp1252"))
    assert isinstance(finding, Finding)
    assert (finding.line, finding.column) == (3, 21)
    assert finding.problem == "the file is saved as Windows-1252 (ANSI) (here: `’`); lessons are UTF-8"


def test_the_column_counts_characters_after_a_mark() -> None:
    finding = decode(b"\xef\xbb\xbf" + "é".encode() + b"\xe9")
    assert isinstance(finding, Finding)
    assert (finding.line, finding.column) == (1, 2)


def test_a_picture_is_no_text() -> None:
    finding = decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe")
    assert isinstance(finding, Finding)
    assert finding.problem == "this is not a text file"


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("\x07", "cannot be seen (U+0007)"),
        ("\u2028", "another program (U+2028)"),
        ("\x0b", "another program (U+000B)"),
    ],
)
def test_signs_that_cannot_be_seen_are_named(sign: str, said: str) -> None:
    finding = unprintable(f"a: b\nc: d{sign}e\n")
    assert finding is not None
    assert (finding.line, finding.column) == (2, 5)
    assert said in finding.problem


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_count_alike_whatever_ends_them(ending: str, tmp_path: Path) -> None:
    file = tmp_path / "01-x.yaml"
    file.write_bytes(f"format: 1{ending}{ending}titel: T{ending}".encode())
    problems = load_lesson(file).problems
    assert [(one.place.line, one.place.column) for one in problems if one.rule == "unknown-key"] == [(3, 1)]


def test_a_missing_file_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    loaded = load_lesson(tmp_path / "none.yaml")
    assert loaded.value is None
    assert loaded.problems[0].problem == "there is no such file"
    assert (
        load_lesson(tmp_path).problems[0].problem.startswith(("this is a folder", "the file cannot be read"))
    )
