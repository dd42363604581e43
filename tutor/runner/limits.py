"""What one run may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one run.

    Args:
        seconds: wall clock, counted from the program's own first line; also for each question that is asked after it.
            Paused while waiting for a person's input, never for scripted input.
        memory_mb: memory that the program may reserve, in MiB.
        output_kb: standard output in KiB; None lifts the limit (the window's free run keeps a bounded view then).
        output_lines: lines of standard output; None lifts it.
        error_kb: standard error in KiB.
        file_mb: size of one file, in MiB.
        open_files: files open at once.
        threads: threads at once.
    """

    seconds: float = 5.0
    memory_mb: int = 256
    output_kb: int | None = 256
    output_lines: int | None = 20_000
    error_kb: int = 256
    file_mb: int = 64
    open_files: int = 256
    threads: int = 64


#: A free run in the window, where a person may want to watch for longer.
FREE_RUN = Limits(seconds=10.0, memory_mb=512, output_kb=1024)
