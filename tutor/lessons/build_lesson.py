"""Lessons and their steps, from entries that were read without an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tutor.lessons.build_check import build_checks, build_mistakes
from tutor.lessons.hashing import lesson_hash, step_hash
from tutor.lessons.model import (
    Allowed,
    AnyStep,
    ArrangeStep,
    Choice,
    ChooseStep,
    ExerciseStep,
    FillStep,
    FormField,
    Gap,
    Lesson,
    PredictedKind,
    Prediction,
    PredictStep,
    Prototype,
    ReadStep,
    Review,
    Source,
    StepKind,
    StepLimits,
)
from tutor.lessons.records import Entry
from tutor.lessons.report import Report


def build_lesson(entry: Entry, path: Path, lesson_id: str, report: Report) -> Lesson:
    """A whole lesson, with its content hashes."""
    lesson = Lesson(
        id=lesson_id,
        title=entry.get("title"),
        minutes=entry.get("minutes", 0),
        summary=entry.get("summary", ""),
        objectives=entry.get("objectives", ()),
        needs=entry.get("needs", ()),
        concepts=entry.get("concepts", ()),
        sources=tuple(build_source(source) for source in entry.get("sources", ())),
        clinical_review=build_review(entry.get("clinical-review")),
        allow=tuple(Allowed(one.get("rule"), one.get("because")) for one in entry.get("allow", ())),
        steps=tuple(build_step(step, path, report) for step in entry.get("steps")),
        path=path,
    )
    return replace(lesson, content_hash=lesson_hash(lesson))


def build_source(entry: Entry) -> Source:
    """Where a fact comes from."""
    return Source(entry.get("title"), entry.get("year"), entry.get("url", ""), entry.get("confirmed", False))


def build_review(entry: Entry | None) -> Review | None:
    """A clinician's review, or None for `none`."""
    if entry is None:
        return None
    return Review(entry.get("by"), entry.get("on"), entry.get("until", ""), entry.get("of", ""))


def build_step(entry: Entry, path: Path, report: Report) -> AnyStep:
    """One step of any kind."""
    kind = StepKind(entry.get("kind"))
    common: dict[str, Any] = {
        "kind": kind,
        "id": entry.get("id"),
        "title": entry.get("title", ""),
        "text": entry.get("text", ""),
        "concepts": entry.get("concepts", ()),
        "review": entry.get("review", False),
        "place": report.place(entry.node),
    }
    step = _BUILDERS.get(kind, _exercise)(entry, common, path, report)
    return replace(step, content_hash=step_hash(step))


def _read(entry: Entry, common: dict[str, Any], path: Path, report: Report) -> AnyStep:
    return ReadStep(code=entry.get("code"), **common)


def _predict(entry: Entry, common: dict[str, Any], path: Path, report: Report) -> AnyStep:
    return PredictStep(
        code=entry.get("code"),
        stdin=entry.get("stdin", ()),
        why=entry.get("why", ""),
        choices=tuple(_prediction(choice) for choice in entry.get("choices", ())),
        **common,
    )


def _prediction(choice: str | Entry) -> Prediction:
    if isinstance(choice, str):
        return Prediction(choice)
    kind = PredictedKind(choice.get("is", "text"))
    default = {PredictedKind.NOTHING: "Nothing", PredictedKind.ERROR: "An error"}.get(kind, "")
    return Prediction(choice.get("text", default), choice.get("because", ""), kind)


def _choose(entry: Entry, common: dict[str, Any], path: Path, report: Report) -> AnyStep:
    choices = tuple(
        Choice(choice.get("text"), choice.get("correct", False), choice.get("because", ""))
        for choice in entry.get("choices")
    )
    return ChooseStep(choices=choices, **common)


def _help(entry: Entry, report: Report) -> dict[str, Any]:
    return {
        "checks": build_checks(entry, report),
        "mistakes": build_mistakes(entry, report),
        "hints": entry.get("hints", ()),
    }


def _fill(entry: Entry, common: dict[str, Any], path: Path, report: Report) -> AnyStep:
    gaps = tuple(Gap(name, accepted) for name, accepted in entry.get("gaps").items())
    return FillStep(code=entry.get("code"), gaps=gaps, **_help(entry, report), **common)


def _arrange(entry: Entry, common: dict[str, Any], path: Path, report: Report) -> AnyStep:
    return ArrangeStep(
        solution=entry.get("solution"),
        distractors=entry.get("distractors", ()),
        **_help(entry, report),
        **common,
    )


def _exercise(entry: Entry, common: dict[str, Any], path: Path, report: Report) -> AnyStep:
    arrange = entry.get("arrange")
    return ExerciseStep(
        solution=entry.get("solution"),
        starter=entry.get("starter", ""),
        filename=entry.get("filename", "main.py"),
        files=tuple((path.parent / name).resolve() for name in entry.get("files", ())),
        limits=_limits(entry.get("limits")),
        arrange=None if arrange is None else arrange.get("distractors", ()),
        prototype=_prototype(entry.get("prototype")),
        continues=split_continues(entry.get("continues")),
        **_help(entry, report),
        **common,
    )


def _limits(entry: Entry | None) -> StepLimits:
    if entry is None:
        return StepLimits()
    return StepLimits(
        float(entry.get("seconds", 5.0)), entry.get("memory_mb", 256), int(entry.get("output_kb", 256))
    )


def _prototype(entry: Entry | None) -> Prototype | None:
    if entry is None:
        return None
    fields = tuple(
        FormField(name, field.get("label", ""), field.get("min"), field.get("max"), field.get("choices", ()))
        for name, field in entry.get("fields", {}).items()
    )
    result = entry.get("result")
    return Prototype(entry.get("function"), entry.get("title"), fields, result.get("label") if result else "")


def split_continues(text: str | None) -> tuple[str, str] | None:
    """`STEP` or `LESSON#STEP` as (lesson id or "", step id)."""
    if text is None:
        return None
    lesson, hash_mark, step = text.rpartition("#")
    return (lesson, step) if hash_mark else ("", text)


_BUILDERS = {
    StepKind.READ: _read,
    StepKind.PREDICT: _predict,
    StepKind.CHOOSE: _choose,
    StepKind.FILL: _fill,
    StepKind.ARRANGE: _arrange,
}
