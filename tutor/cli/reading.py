"""Reading what the command line names; what cannot be read is a UsageError that says what to do."""

from __future__ import annotations

import sys
from pathlib import Path

from tutor.errors import UsageError


def read_bytes(path: str) -> bytes:
    """The file's content; `-` is standard input.

    Raises:
        UsageError: when it cannot be read.
    """
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file.", "Check the name and the folder.") from None
    except IsADirectoryError:
        raise UsageError(f"{path}: this is a folder.", "Name a file in it.") from None
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read: {error.strerror}.", "Check your right to read it."
        ) from None


def read_text(path: str) -> str:
    """A text file as UTF-8, with or without a BOM.

    Raises:
        UsageError: when it cannot be read, or is not UTF-8.
    """
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageError(f"{path}: line {line} is not UTF-8 text.", "Save the file as UTF-8.") from None


def read_program(path: str) -> str:
    """A program's text.

    What is not UTF-8 is kept as it is (as lone surrogates), because a learner's program may be anything, and Python's
    own message about it is part of what the tutor explains.

    Raises:
        UsageError: when it cannot be read.
    """
    return read_bytes(path).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
