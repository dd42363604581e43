"""A file as text and back: what was not touched stays byte for byte, whatever wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.authoring.source_text import SourceText, source_text
from tutor.lessons.source import LARGEST_FILE, Finding


def read(data: bytes) -> SourceText:
    source = source_text(data)
    assert isinstance(source, SourceText)
    return source


@given(
    st.lists(
        st.tuples(st.text("aé\t #:\u2028\x0c", max_size=6), st.sampled_from(["\n", "\r\n", "\r"])), max_size=8
    ),
    st.text("abc", max_size=3),
    st.booleans(),
)
def test_any_file_comes_back_as_it_was(lines: list[tuple[str, str]], last: str, mark: bool) -> None:
    whole = "".join(text + end for text, end in lines) + last
    data = (b"\xef\xbb\xbf" if mark else b"") + whole.encode()
    source = read(data)
    assert "\r" not in source.text
    assert source.encoded(source.text) == data


def test_lines_that_are_added_end_as_most_do_and_the_others_keep_their_own_ends() -> None:
    source = read(b"a\r\nb\nc\r\nd\r\n")
    assert source.encoded("a\nnew\nb\nc\nd\n") == b"a\r\nnew\r\nb\nc\r\nd\r\n"
    assert source.encoded("b\nc") == b"b\nc"


def test_an_empty_file_is_a_text() -> None:
    assert read(b"").encoded("a\n") == b"a\n"
    assert read(b"\xef\xbb\xbf").encoded("a") == b"\xef\xbb\xbfa"


@pytest.mark.parametrize(
    ("data", "was"),
    [
        ("Zoë\r\n".encode("utf-16"), "UTF-16"),
        ("A long enough text: Zoë\n".encode("utf-16-le"), "UTF-16"),
        ("Zoë: 5 µg\r\n".encode("cp1252"), "Windows-1252 (ANSI)"),
    ],
)
def test_other_encodings_are_read_named_and_written_as_utf_8(data: bytes, was: str) -> None:
    source = read(data)
    assert source.was == was
    assert "Zoë" in source.text
    assert "Zoë" in source.encoded(source.text).decode("utf-8")
    assert not source.marked


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\xff\xfe\x00" * 40, b"\x89PNG\r\n\x1a\n\x00\x00\xff", b"a" * (LARGEST_FILE + 1)]
)
def test_what_is_no_text_or_too_much_is_refused_in_words(data: bytes) -> None:
    found = source_text(data)
    assert isinstance(found, Finding)
    assert found.problem
