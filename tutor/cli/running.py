"""The runner, for verbs that run programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tutor.runner.runner import Runner
from tutor.settings import kept_in


@contextmanager
def one_runner(data_dir: str | None, *, spares: int = 0) -> Iterator[Runner]:
    """A runner that ends with the block, and all that it started with it."""
    runner = Runner(kept_in(data_dir).work, spares=spares)
    try:
        yield runner
    finally:
        runner.close()
