"""One event, one line: what is written, and what is read from lines of any kind."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.progress import events
from tutor.progress.events import About, Checked, Entry, UnknownEvent
from tutor.progress.lines import DamagedLine, decode, encode, milliseconds

UNHURRIED = settings(deadline=None, max_examples=60)  # the machine may be busy with other things

TIME = datetime(2026, 3, 2, 9, 30, 1, 234_000, tzinfo=UTC)
ABOUT = About(
    course="demo",
    lesson="first",
    step="s1",
    concepts=("print",),
    content_hash="ab12",
    course_version="1.0",
    tutor="0.1.0",
)


def entry(event: events.Event, seq: int = 1, time: datetime = TIME, tick: int | None = None) -> Entry:
    return Entry(event, time, "ward-7-abc", seq, milliseconds(time) if tick is None else tick)


def test_a_line_is_plain_json_with_everything_that_a_later_reader_needs() -> None:
    line = encode(entry(Checked(about=ABOUT, passed=False, mistake="off-by-one", failed=("at 8",), tries=2)))
    assert line == (
        b'{"v":1,"kind":"checked","time":"2026-03-02T09:30:01.234Z","session":"ward-7-abc","seq":1,"course":"demo",'
        b'"lesson":"first","step":"s1","concepts":["print"],"content_hash":"ab12","course_version":"1.0",'
        b'"tutor":"0.1.0","lesson_format":1,"passed":false,"mistake":"off-by-one","failed":["at 8"],"tries":2}\n'
    )


def test_the_tick_is_written_only_where_it_differs_from_the_clock() -> None:
    assert b"tick" not in encode(entry(Checked(about=ABOUT)))
    later = entry(Checked(about=ABOUT), tick=milliseconds(TIME) + 7)
    assert b'"tick"' in encode(later)
    assert decode(encode(later)) == later


texts = st.text(max_size=20)
abouts = st.builds(
    About,
    course=texts,
    lesson=texts,
    step=texts,
    concepts=st.lists(texts, max_size=3).map(tuple),
    content_hash=texts,
    course_version=texts,
    tutor=texts,
    lesson_format=st.integers(0, 9),
)
numbers = st.integers(0, 2**53 - 1)
any_event = st.one_of(
    st.builds(events.SessionStarted, about=abouts, python=texts, system=texts),
    st.builds(events.StepOpened, about=abouts),
    st.builds(events.Ran, about=abouts, outcome=texts, seconds=st.floats(0, 1e6)),
    st.builds(
        events.Checked,
        about=abouts,
        passed=st.booleans(),
        mistake=texts,
        failed=st.lists(texts, max_size=3).map(tuple),
        tries=numbers,
    ),
    st.builds(events.Passed, about=abouts, by=texts),
    st.builds(events.Predicted, about=abouts, right=st.booleans()),
    st.builds(
        events.Chosen,
        about=abouts,
        right=st.booleans(),
        numbers=st.lists(st.integers(), max_size=3).map(tuple),
    ),
    st.builds(events.Read, about=abouts),
    st.builds(events.HintShown, about=abouts, number=numbers),
    st.builds(events.SolutionShown, about=abouts),
    st.builds(events.StarterRestored, about=abouts),
    st.builds(events.Reviewed, about=abouts, right=st.booleans(), concept=texts),
    st.builds(events.PlaceBrought, about=abouts, lessons=st.lists(texts, max_size=3).map(tuple)),
)


@UNHURRIED
@given(any_event, st.integers(1, 10**9), st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)), numbers)
def test_every_event_comes_back_as_it_was_written(
    event: events.Event, seq: int, time: datetime, tick: int
) -> None:
    time = time.replace(microsecond=time.microsecond // 1000 * 1000, tzinfo=UTC)
    line = encode(entry(event, seq, time, tick))
    assert line.endswith(b"\n") and line.count(b"\n") == 1 and line.isascii()
    assert decode(line) == entry(event, seq, time, tick)


def test_half_a_surrogate_pair_goes_through() -> None:
    event = Checked(about=ABOUT, mistake="\ud83d")
    assert decode(encode(entry(event))).event == event


def test_every_kind_of_event_is_in_the_round_trip() -> None:
    kinds = {
        kind
        for kind in vars(events).values()
        if isinstance(kind, type) and issubclass(kind, events.Event) and kind.KIND
    }
    assert len(kinds) == 13 and len({kind.KIND for kind in kinds}) == 13
    for kind in kinds:
        assert decode(encode(entry(kind(about=ABOUT)))).event == kind(about=ABOUT)


def test_a_kind_of_a_later_version_is_kept_whole() -> None:
    line = json.loads(encode(entry(Checked(about=ABOUT))))
    line |= {"kind": "dreamt", "of": {"sheep": [1, 2.5, None]}}
    read = decode(json.dumps(line).encode())
    assert isinstance(read.event, UnknownEvent)
    assert (read.event.kind, read.event.about) == ("dreamt", ABOUT)
    assert read.event.fields["of"] == {"sheep": [1, 2.5, None]}
    assert json.loads(encode(read)) == line


def test_a_field_of_a_later_version_is_kept_beside_what_is_known() -> None:
    line = json.loads(encode(entry(Checked(about=ABOUT, tries=3)))) | {"mood": "calm"}
    read = decode(json.dumps(line).encode())
    assert read.event == Checked(about=ABOUT, tries=3)
    assert read.extra == {"mood": "calm"}
    assert json.loads(encode(read)) == line


def test_a_field_of_an_earlier_version_that_is_missing_has_its_default() -> None:
    read = decode(b'{"kind":"checked","time":"2026-03-02T09:30:01.234Z","session":"a","seq":1,"passed":true}')
    assert isinstance(read.event, Checked)
    assert read.event.passed and read.event.tries == 0 and read.event.about.lesson == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "not a JSON line"),
        (b"hello", "not a JSON line"),
        (b"[]", "not a JSON object"),
        (b"{}", "time cannot be read"),
        (b"\xff\xfe{}", "not a JSON line"),
        (b"[" * 60_000, "not a JSON line"),
        (b'"' + b"x" * 70_000 + b'"', "too long"),
        (b'{"kind":"read","time":"2026-03-02T09:30:01","session":"a","seq":1}', "no time zone"),
        (b'{"kind":"read","time":"0001-01-01T00:00:00+14:00","session":"a","seq":1}', "out of range"),
        (b'{"kind":"read","time":"soon","session":"a","seq":1}', "time cannot be read"),
        (b'{"kind":"read","time":"2026-03-02T09:30:01Z","session":"","seq":1}', "session is missing"),
        (
            b'{"kind":"read","time":"2026-03-02T09:30:01Z","session":"a","seq":true}',
            "seq is not a whole number",
        ),
        (
            b'{"kind":"read","time":"2026-03-02T09:30:01Z","session":"a","seq":1e400}',
            "seq is not a whole number",
        ),
        (
            b'{"kind":"read","time":"2026-03-02T09:30:01Z","session":"a","seq":1,"concepts":"x"}',
            "concepts is not a list",
        ),
        (
            b'{"kind":"checked","time":"2026-03-02T09:30:01Z","session":"a","seq":1,"passed":1}',
            "passed is not true",
        ),
        (
            b'{"kind":"ran","time":"2026-03-02T09:30:01Z","session":"a","seq":1,"seconds":NaN}',
            "seconds is not a number",
        ),
    ],
)
def test_a_damaged_line_says_what_is_wrong_with_it(line: bytes, why: str) -> None:
    with pytest.raises(DamagedLine, match=why):
        decode(line)


@UNHURRIED
@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_reading_fail_in_another_way(line: bytes) -> None:
    with contextlib.suppress(DamagedLine):
        decode(line)


@UNHURRIED
@given(st.data())
def test_a_line_with_one_byte_changed_is_read_or_called_damaged(data: st.DataObject) -> None:
    line = bytearray(encode(entry(Checked(about=ABOUT, failed=("a", "b")))))
    line[data.draw(st.integers(0, len(line) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(DamagedLine):
        decode(bytes(line))
