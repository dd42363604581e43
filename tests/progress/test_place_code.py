"""The place code: short, readable over the phone, and never quietly wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.lessons.model import Course
from tutor.progress.place_code import SYMBOLS, CodedPlace, PlaceCodeError, decode_place, encode_place

UNHURRIED = settings(deadline=None, max_examples=60)  # the machine may be busy with other things


@pytest.fixture(scope="session")
def course_of(make_course: Callable[..., Course]) -> Callable[[int], Course]:
    made: dict[int, Course] = {}

    def course(lessons: int) -> Course:
        if lessons not in made:
            made[lessons] = make_course(tuple(f"lesson-{n}" for n in range(lessons)), steps=6)
        return made[lessons]

    return course


def test_the_symbols_leave_out_what_is_taken_for_something_else() -> None:
    assert not set(SYMBOLS) & set("01OILUZ")
    assert len(set(SYMBOLS)) == 29 and SYMBOLS.isascii() and SYMBOLS.upper() == SYMBOLS


def test_a_course_of_41_lessons_has_a_code_of_18_in_six_groups(course_of: Callable[[int], Course]) -> None:
    code = encode_place(course_of(41), {"lesson-0", "lesson-1", "lesson-7"}, "lesson-8", "s3")
    groups = code.split("-")
    assert len(groups) == 6 and all(len(group) == 3 for group in groups)
    assert decode_place(course_of(41), code) == CodedPlace(
        ("lesson-0", "lesson-1", "lesson-7"), "lesson-8", "s3"
    )


def test_a_code_is_the_same_for_ever(course_of: Callable[[int], Course]) -> None:
    """A code may be written on paper today and typed in next year."""
    assert encode_place(course_of(5), {"lesson-0"}, "lesson-1", "s2") == "KBX-NHQ-J44-JHY-WB8-KEK"


def test_a_course_that_was_hardly_begun_is_not_a_row_of_equal_letters(
    course_of: Callable[[int], Course],
) -> None:
    code = encode_place(course_of(41), ()).replace("-", "")
    assert len(set(code)) >= 8
    assert not any(letter * 3 in code for letter in SYMBOLS)


@UNHURRIED
@given(st.data())
def test_every_place_comes_back(course_of: Callable[[int], Course], data: st.DataObject) -> None:
    count = data.draw(st.sampled_from([0, 1, 5, 41, 46, 47, 60, 90]))
    course = course_of(count)
    ids = [one.id for one in course.lessons]
    done = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    lesson = data.draw(st.sampled_from(["", *ids]))
    step = f"s{data.draw(st.integers(1, 6))}" if lesson else ""
    place = decode_place(course, encode_place(course, done, lesson, step))
    assert place == CodedPlace(tuple(one for one in ids if one in done), lesson, step)


def test_it_can_be_typed_in_any_way_that_people_type(course_of: Callable[[int], Course]) -> None:
    course = course_of(41)
    code = encode_place(course, {"lesson-3"}, "lesson-4", "s1")
    wanted = decode_place(course, code)
    for typed in (
        code.lower(),
        code.replace("-", " "),
        code.replace("-", ""),
        f"  {code}\n",
        code.replace("-", " – "),
    ):
        assert decode_place(course, typed) == wanted


@pytest.mark.parametrize("count", [5, 41, 90])
def test_any_one_wrong_character_is_found(course_of: Callable[[int], Course], count: int) -> None:
    course = course_of(count)
    code = encode_place(course, {"lesson-0", "lesson-2"}, "lesson-3", "s2").replace("-", "")
    for place, right in enumerate(code):
        for wrong in set(SYMBOLS) - {right}:
            with pytest.raises(PlaceCodeError) as caught:
                decode_place(course, code[:place] + wrong + code[place + 1 :])
            assert (
                caught.value.what == f"One letter or digit is not right, probably in group {place // 3 + 1}."
            )


@UNHURRIED
@given(st.data())
def test_neighbours_that_changed_places_are_found(
    course_of: Callable[[int], Course], data: st.DataObject
) -> None:
    course = course_of(41)
    done = data.draw(st.sets(st.sampled_from([one.id for one in course.lessons])))
    code = encode_place(course, done, "lesson-3", "s2").replace("-", "")
    for place in range(len(code) - 1):
        if code[place] != code[place + 1]:
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            with pytest.raises(PlaceCodeError, match="changed places"):
                decode_place(course, swapped)


@UNHURRIED
@given(st.data())
def test_any_two_wrong_characters_are_found(course_of: Callable[[int], Course], data: st.DataObject) -> None:
    course = course_of(41)
    code = list(encode_place(course, {"lesson-1"}, "lesson-3", "s2").replace("-", ""))
    for place in data.draw(st.lists(st.integers(0, 17), min_size=2, max_size=2, unique=True)):
        code[place] = data.draw(st.sampled_from(sorted(set(SYMBOLS) - {code[place]})))
    with pytest.raises(PlaceCodeError):
        decode_place(course, "".join(code))


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("", "A place code has 18 letters and digits or a few more, in groups of 3. This has 0."),
        ("K7Q-M4X", "A place code has 18 letters and digits or a few more, in groups of 3. This has 6."),
        (
            "K7Q-M4X-K7Q-M4X-K7Q-M4",
            "A place code has 18 letters and digits or a few more, in groups of 3. This has 17.",
        ),
        ("K7Q-M4X-K7Q-M4X-K7Q-M4O", "A place code never holds O."),
        ("K7Q-M4X-K7Q-M4X-K7Q-M41", "A place code never holds 1."),
        ("K7Q-M4X-K7Q-M4X-K7Q-M4é", "A place code never holds É."),
    ],
)
def test_what_cannot_be_a_code_is_said_in_words(
    course_of: Callable[[int], Course], typed: str, what: str
) -> None:
    with pytest.raises(PlaceCodeError) as caught:
        decode_place(course_of(5), typed)
    assert caught.value.what == what
    assert caught.value.do


def test_a_code_of_another_course_is_refused(
    course_of: Callable[[int], Course], make_course: Callable[..., Course]
) -> None:
    code = encode_place(course_of(41), {"lesson-1"}, "lesson-2", "s1")
    other = make_course(tuple(f"lesson-{n}" for n in range(41)), course="other")
    with pytest.raises(PlaceCodeError, match="another course, or another version of it, than Demo"):
        decode_place(other, code)


def test_lessons_that_were_added_at_the_end_later_do_not_matter(course_of: Callable[[int], Course]) -> None:
    code = encode_place(course_of(5), {"lesson-1"}, "lesson-2", "s1")
    assert decode_place(course_of(41), code) == CodedPlace(("lesson-1",), "lesson-2", "s1")
    with pytest.raises(PlaceCodeError, match="another version"):
        decode_place(course_of(4), code)


def test_a_step_that_is_no_longer_there_leaves_the_lesson(
    course_of: Callable[[int], Course], make_course: Callable[..., Course]
) -> None:
    code = encode_place(course_of(5), (), "lesson-2", "s6")
    shorter = make_course(tuple(f"lesson-{n}" for n in range(5)), steps=2)
    assert decode_place(shorter, code) == CodedPlace((), "lesson-2", "")


def test_a_course_too_long_for_a_code_says_so(course_of: Callable[[int], Course]) -> None:
    with pytest.raises(PlaceCodeError, match="too many lessons"):
        encode_place(course_of(200), ())


@pytest.mark.parametrize(
    ("typed", "do"),
    [
        ("K7Q-M4X", "Some of its groups are still missing."),
        ("K7Q-M4", "Look for a group that is not complete."),
        ("K7Q-" * 400, "It has too many groups. Look for one that stands there twice."),
    ],
)
def test_a_code_of_another_length_is_told_what_to_look_for(
    course_of: Callable[[int], Course], typed: str, do: str
) -> None:
    with pytest.raises(PlaceCodeError) as caught:
        decode_place(course_of(5), typed)
    assert caught.value.do == do
