"""The wire: frames are taken apart whatever the pieces they come in, and everything else is refused."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.runner.child.wire import to_json
from tutor.runner.protocol import FrameReader

NONCE = bytes(range(16))


def frame(message: object, nonce: bytes = NONCE) -> bytes:
    body = json.dumps(message).encode()
    return nonce + struct.pack("<I", len(body)) + body


@given(st.lists(st.integers(1, 30), max_size=40))
def test_frames_come_out_whatever_the_pieces(cuts: list[int]) -> None:
    messages = [{"t": "started", "layers": []}, {"t": "over", "n": 1}, {"t": "x", "text": "é" * 20}]
    data = b"".join(map(frame, messages))
    reader, heard, at = FrameReader(NONCE), [], 0
    for cut in [*cuts, len(data)]:
        heard += reader.feed(data[at : at + cut])
        at += cut
    assert heard == messages and not reader.bad


@pytest.mark.parametrize(
    "data",
    [
        b"PASS\n",
        frame({"t": "over"}, bytes(16)),
        NONCE + struct.pack("<I", 1 << 30),
        NONCE + struct.pack("<I", 3) + b"{]}",
        frame(["t"]),
        frame({"t": 3}),
        frame({"no": "kind"}),
        NONCE + struct.pack("<I", 200_000) + b"[" * 200_000,
        NONCE + struct.pack("<I", 17) + b'{"t":"x","v":NaN}',
    ],
)
def test_what_is_no_frame_is_bad_for_good(data: bytes) -> None:
    reader = FrameReader(NONCE)
    assert reader.feed(frame({"t": "started"})) == [{"t": "started"}]
    assert reader.feed(data) == []
    assert reader.bad
    assert reader.feed(frame({"t": "over"})) == []


def test_half_a_frame_is_not_bad() -> None:
    reader = FrameReader(NONCE)
    assert reader.feed(frame({"t": "over"})[:-3]) == []
    assert not reader.bad


plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=10,
)


@given(plain)
def test_the_childs_json_is_json(value: object) -> None:
    assert json.loads(to_json(value)) == value
