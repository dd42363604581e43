"""Values out of a learner's process: encoded there, checked and decoded here."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import datetime
import decimal
import enum
import fractions
import json
import random
import zoneinfo
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.runner.child.encode import Encoder
from tutor.runner.child.wire import to_json
from tutor.runner.protocol import ProtocolError
from tutor.runner.values import NOTHING, Cut, CutText, Cycle, Described, decode, is_plain


def through_the_wire(value: Any) -> Any:
    return decode(json.loads(to_json(Encoder().encode(value))))


def exactly(value: Any) -> str:
    """Type and value all the way down, as a text; sets in no order, NaN as itself, -0.0 apart from 0.0."""
    if isinstance(value, list | tuple):
        return f"{type(value).__name__}[{', '.join(map(exactly, value))}]"
    if isinstance(value, dict):
        return f"dict{exactly(list(value.items()))}"
    if isinstance(value, set | frozenset):
        return f"{type(value).__name__}{sorted(map(exactly, value))}"
    if isinstance(value, datetime.datetime | datetime.time):
        return f"{value!r} {value.fold} {value.tzinfo!r}"
    return f"{type(value).__name__} {value!r}"


def same(left: Any, right: Any) -> bool:
    return exactly(left) == exactly(right)


zones = st.one_of(
    st.none(),
    st.just(datetime.UTC),
    st.builds(datetime.timezone, st.timedeltas(datetime.timedelta(hours=-23), datetime.timedelta(hours=23))),
    st.just(zoneinfo.ZoneInfo("Europe/London")),
)
any_text = st.text(st.characters(exclude_categories=()), max_size=30)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**60),
    st.floats(),
    st.complex_numbers(allow_nan=True),
    any_text,
    st.binary(max_size=20),
    st.dates(),
    st.times(timezones=zones),
    st.datetimes(timezones=zones),
    st.timedeltas(),
    st.decimals().filter(lambda number: not number.is_snan()),
    st.fractions(),
    st.builds(range, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 5)),
)
hashables = st.recursive(
    scalars, lambda inner: st.one_of(st.tuples(inner, inner), st.frozensets(inner, max_size=3)), max_leaves=5
)
values = st.recursive(
    st.one_of(scalars, st.binary(max_size=5).map(bytearray)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.sets(hashables, max_size=4),
        st.dictionaries(hashables, inner, max_size=4),
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
@given(values)
def test_plain_data_comes_out_exactly_as_it_went_in(value: Any) -> None:
    assert same(through_the_wire(value), value)
    assert is_plain(through_the_wire(value))


def test_a_number_of_many_thousand_digits_comes_out_whole() -> None:
    assert through_the_wire(7**20_000) == 7**20_000
    assert through_the_wire(-(7**20_000)) == -(7**20_000)


def test_a_number_too_long_to_send_is_described() -> None:
    told = through_the_wire(1 << 5_000_000)
    assert told == Described("huge-number", "int", fields=(("bits", 5_000_001),))


def test_two_lone_surrogates_do_not_become_one_character() -> None:
    assert through_the_wire("\ud83d" + "\ude00") == "\ud83d" + "\ude00"


def test_a_million_items_are_cut_with_their_number() -> None:
    told = through_the_wire(list(range(1_000_000)))
    assert told[:3] == [0, 1, 2]
    assert isinstance(told[-1], Cut)
    assert len(told) - 1 + told[-1].missing == 1_000_000
    assert not is_plain(told)


def test_a_long_text_is_cut_with_its_length() -> None:
    told = through_the_wire("ab" * 1_000_000)
    assert isinstance(told, CutText) and told.length == 2_000_000 and str(told.start).startswith("abab")


def test_a_dictionary_too_large_is_cut() -> None:
    told = through_the_wire(dict.fromkeys(range(200_000), 0))
    assert any(isinstance(key, Cut) for key in told)


def test_a_list_inside_itself_is_a_cycle() -> None:
    loop: list[Any] = [1]
    loop.append(loop)
    assert through_the_wire(loop) == [1, Cycle()]


def test_the_same_list_twice_stays_the_same_list() -> None:
    row = [0, 0]
    told = through_the_wire([row, row])
    assert told == [[0, 0], [0, 0]] and told[0] is told[1]


def test_sharing_cannot_make_a_small_bomb() -> None:
    bomb: Any = [0]
    for _ in range(60):
        bomb = [bomb, bomb]
    told = through_the_wire(bomb)
    count, to_visit = 0, [told]
    while to_visit:
        count += 1
        item = to_visit.pop()
        assert count < 500_000
        if isinstance(item, list):
            to_visit += item


def test_very_deep_nesting_is_cut() -> None:
    deep: Any = []
    for _ in range(500):
        deep = [deep]
    assert not is_plain(through_the_wire(deep))


class Colour(enum.Enum):
    RED = 1


@dataclasses.dataclass
class Patient:
    name: str
    age: int = 40


class Point(NamedTuple):
    x: int
    y: int


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self) -> None:
        self.a = 1


def test_objects_are_described_by_type_and_fields() -> None:
    assert through_the_wire(Patient("Ada")) == Described(
        "dataclass", "Patient", fields=(("name", "Ada"), ("age", 40))
    )
    assert through_the_wire(Point(1, 2)) == Described(
        "namedtuple", "Point", base=(1, 2), fields=(("x", 1), ("y", 2))
    )
    assert through_the_wire(Colour.RED) == Described("enum", "Colour", fields=(("name", "RED"), ("value", 1)))
    assert through_the_wire(Slotted()) == Described("object", "Slotted", fields=(("a", 1),))
    assert through_the_wire(ValueError("no")) == Described(
        "exception", "ValueError", fields=(("args", ("no",)),)
    )


def test_subclasses_of_plain_types_show_their_plain_part() -> None:
    assert through_the_wire(collections.Counter("aab")).base == {"a": 2, "b": 1}
    assert through_the_wire(collections.deque([1, 2])).base == [1, 2]
    assert through_the_wire(collections.OrderedDict(a=1)).base == {"a": 1}
    assert through_the_wire(Patient("Ada")).base is NOTHING


def test_functions_classes_modules_and_generators_are_named() -> None:
    def total() -> int:
        return 1

    assert through_the_wire(total) == Described("function", "function", "total")
    assert through_the_wire(len) == Described("function", "builtin_function_or_method", "len")
    assert through_the_wire(Patient) == Described("class", "type", "Patient")
    assert through_the_wire(random) == Described("module", "module", "random")
    assert through_the_wire(x for x in ()).kind == "generator"


def test_no_method_of_the_learners_is_called() -> None:
    class Trap(type):
        def __getattribute__(cls, name: str) -> Any:
            raise AssertionError(name)

    class Liar(int, metaclass=Trap):
        def __getattribute__(self, name: str) -> Any:
            raise AssertionError(name)

        def __eq__(self, other: object) -> bool:
            raise AssertionError("==")

        def __hash__(self) -> int:
            return 0

        def __int__(self) -> int:
            raise AssertionError("int")

        def __index__(self) -> int:
            raise AssertionError("index")

        def __repr__(self) -> str:
            raise AssertionError("repr")

    encoder = Encoder()
    told = decode(json.loads(to_json(encoder.encode(Liar(3)))))
    assert told.base == 3 and told.type == "Liar"
    assert encoder.own_classes


def test_a_class_that_calls_itself_decimal_is_not_believed() -> None:
    class Decimal:
        def __str__(self) -> str:
            raise AssertionError

    Decimal.__module__ = "decimal"
    assert through_the_wire(Decimal()).kind == "object"
    assert through_the_wire(decimal.Decimal("1.50")) == decimal.Decimal("1.50")
    assert through_the_wire(fractions.Fraction(1, 3)) == fractions.Fraction(1, 3)


@pytest.mark.parametrize(
    "form",
    [
        {"a": 1},
        [],
        [1],
        ["?"],
        ["i", "zz"],
        ["i", 5],
        ["f", "not a float"],
        ["@", 0],
        ["@", -1],
        ["@", "0"],
        [":", 1],
        ["{", ["[", 1]],
        ["date", 2024, 13, 1],
        ["date", "2024"],
        ["decimal", "abc"],
        ["fraction", 1, 0],
        ["o", "object"],
        ["o", "object", "X", "", None, ["name"], 0],
        ["time", 1, 2, 3, 4, 0, ["zone", "../../etc/passwd"]],
        ["S", "long", "00"],
        1.5,
    ],
)
def test_what_is_no_value_is_refused(form: Any) -> None:
    with pytest.raises(ProtocolError):
        decode(form)


@given(
    st.recursive(st.one_of(st.none(), st.integers(), st.text(max_size=3)), lambda x: st.lists(x, max_size=5))
)
def test_decoding_raises_nothing_but_its_own_error(form: Any) -> None:
    with contextlib.suppress(ProtocolError):
        decode(form)
