"""How fast lessons are read and judged, as ratios against a floor of the same run.

`tutor lint --no-run` on 1,000 lessons as `tutor new lesson` writes them, and on 1,000 of the course's own, as a process of
its own (goal for the first: at most 3 s). The floor is what the YAML parser alone needs for the same files in one process.
`python packaging/bench_lint.py` runs it alone; `make bench` runs it with the others.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tutor.authoring.templates import lesson_text

ROOT = Path(__file__).resolve().parent.parent
LESSONS = 1000
CHAPTER = 50


def made_course(folder: Path, text_of: Callable[[int, Path], str]) -> None:
    """A course of LESSONS lessons; `text_of(number, path)` writes each."""
    chapters = []
    for first in range(0, LESSONS, CHAPTER):
        name = f"{first // CHAPTER + 1:02}-chapter"
        (folder / name).mkdir(parents=True)
        names = [f"{number:04}-lesson-{number}" for number in range(first, first + CHAPTER)]
        for number, lesson in zip(range(first, first + CHAPTER), names, strict=True):
            path = folder / name / f"{lesson}.yaml"
            path.write_text(text_of(number, path), encoding="utf-8")
        chapters.append(
            f"  - {{id: chapter-{first}, title: Chapter {first}, folder: {name}, lessons: [{', '.join(names)}]}}"
        )
    head = "format: 1\nid: many\ntitle: Many lessons\nchapters:\n"
    (folder / "course.yaml").write_text(head + "\n".join(chapters) + "\n", encoding="utf-8")


def of_the_course(number: int, path: Path) -> str:
    """A lesson of the course under another id, without what refers to the rest of the course."""
    sources = [
        file
        for file in sorted((ROOT / "lessons").glob("*/*.yaml"))
        if not file.name.endswith(".answers.yaml") and "rule:" not in file.read_text(encoding="utf-8")
    ]
    text = sources[number % len(sources)].read_text(encoding="utf-8")
    lines = [f"id: lesson-{number}" if line.startswith("id:") else line for line in text.splitlines()]
    return "\n".join(lines).replace("[[", "").replace("]]", "") + "\n"


def floor(files: Iterable[Path]) -> float:
    """Seconds that the YAML parser needs for the events of the same files, and nothing else."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    begun = time.perf_counter()
    for file in files:
        for _ in yaml.parse(file.read_text(encoding="utf-8"), Loader=loader):
            pass
    return time.perf_counter() - begun


def lint(folder: Path, data: Path) -> float:
    """Seconds of `tutor lint --no-run`, from its start to its end."""
    words = [sys.executable, "-m", "tutor", "--data-dir", str(data), "lint", "--no-run", str(folder)]
    begun = time.perf_counter()
    subprocess.run(words, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - begun


def show(name: str, folder: Path, data: Path) -> None:
    files = sorted(folder.glob("*/*.yaml"))
    least = min(floor(files) for _ in range(2))
    taken = min(lint(folder, data) for _ in range(2))
    size = sum(file.stat().st_size for file in files) / len(files) / 1000
    print(
        f"{name:42s} {taken:6.2f} s   {taken / least:5.2f} x floor ({least:.2f} s), "
        f"{size:.1f} kB a lesson, {os.cpu_count()} cores",
        flush=True,
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as kept:
        made = Path(kept) / "made"
        made_course(made, lambda number, path: lesson_text(path))
        show("lint of 1,000 new lessons (goal 3 s)", made, Path(kept) / "data")
        real = Path(kept) / "real"
        made_course(real, of_the_course)
        show("lint of 1,000 lessons like the course's", real, Path(kept) / "data")


if __name__ == "__main__":
    main()
