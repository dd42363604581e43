"""The learner's standard streams: UTF-8 whatever the PC, output at once, input announced before it is waited for."""

from __future__ import annotations

import builtins
import io
import sys
from os import read, write
from typing import Any

from .wire import Report

#: After so many reads past the end of its input, a program is asking in a loop.
READS_PAST_THE_END = 200


class OutputPipe(io.RawIOBase):
    """Writes through at once (what was printed before a crash is never lost), and counts the bytes."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.total = 0

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: Any) -> int:
        if type(data) is bytes:  # from the text layer: almost always written at once
            size = len(data)
            done = write(self._descriptor, data)
            self.total += done
            if done == size:
                return size
            data = data[done:]
        else:
            size = memoryview(data).nbytes
        view = memoryview(data).cast("B")
        while view:
            done = write(self._descriptor, view)
            self.total += done
            view = view[done:]
        return size


class ErrorPipe(OutputPipe):
    """Says before what it writes how much has gone to standard output, so that both can be shown in order."""

    def __init__(self, descriptor: int, output: OutputPipe) -> None:
        super().__init__(descriptor)
        self._output = output
        self._said = -1

    def write(self, data: Any) -> int:
        if self._output.total == self._said:
            return super().write(data)
        self._said = self._output.total
        whole = bytes(data)
        super().write(b"\x1b_c4h:%d\x1b\\" % self._said + whole)
        return len(whole)


class InputPipe(io.RawIOBase):
    """Says that it waits before it does, so that the window can show where to type."""

    def __init__(self, report: Report, output: OutputPipe) -> None:
        self._report = report
        self._output = output
        self.prompt = ""
        self.ends_read = 0

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def readinto(self, buffer: Any) -> int:
        try:
            sys.stdout.flush()
        except BaseException:
            pass  # a stream of the program's own; reading goes on
        if not self.ends_read:
            self._report.send("wants-input", prompt=self.prompt[-500:], printed=self._output.total)
        data = read(0, len(buffer))
        self.prompt = ""
        buffer[: len(data)] = data
        if data:
            self._report.send("input-taken")
        else:
            self.ends_read += 1
            if self.ends_read in (1, READS_PAST_THE_END):
                self._report.send("input-ended", reads=self.ends_read)
        return len(data)


class Streams:
    """Puts `sys.stdin`, `sys.stdout`, `sys.stderr` and `input` in place."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.output = OutputPipe(1)
        self.errors = ErrorPipe(2, self.output)
        self.input = InputPipe(report, self.output)
        self.stdin = io.TextIOWrapper(io.BufferedReader(self.input, 8192), encoding="utf-8", errors="replace")
        self.stdout = io.TextIOWrapper(
            self.output,  # type: ignore[type-var]
            encoding="utf-8",
            newline="\n",
            errors="backslashreplace",
            write_through=True,
        )
        self.stderr = io.TextIOWrapper(
            self.errors,  # type: ignore[type-var]
            encoding="utf-8",
            newline="\n",
            errors="backslashreplace",
            write_through=True,
        )
        sys.stdin = sys.__stdin__ = self.stdin  # type: ignore[misc]
        sys.stdout = sys.__stdout__ = self.stdout  # type: ignore[misc, assignment]
        sys.stderr = sys.__stderr__ = self.stderr  # type: ignore[misc, assignment]
        builtins.input = self._make_input(builtins.input)

    def _make_input(self, python_input: Any) -> Any:
        """`input`, as in a terminal: the prompt goes to standard output, and the tutor is told which part it was."""
        report, pipe, out, typed = self._report, self.output, self.stdout, self.stdin
        source = self.input

        def input(prompt: object = "", /) -> str:
            if sys.stdin is not typed or sys.stdout is not out:
                return python_input(prompt)  # type: ignore[no-any-return]
            text = str(prompt)
            start = pipe.total
            out.write(text)
            if text:
                report.send("prompt", start=start, end=pipe.total)
                source.prompt = text
            line = typed.readline()
            if not line:
                raise EOFError("EOF when reading a line")
            return line[:-1] if line[-1] == "\n" else line

        input.__module__ = "builtins"
        input.__qualname__ = "input"
        return input
