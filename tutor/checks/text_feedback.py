"""What to say when a text is not what was expected: one or two sentences, and both sides to show."""

from __future__ import annotations

from tutor.checks.difference import SideBySide, first_different_line, side_by_side
from tutor.checks.number_feedback import size_reason
from tutor.checks.showing import shorten
from tutor.checks.text import TextMiss, canonical, numbers_in
from tutor.lessons.model import TextMatch

_WHOLE = 4000  # characters of a text that is shown beside what it is to contain
_QUOTED = 60  # characters of a line that are quoted in a sentence


def text_feedback(
    miss: TextMiss, what: str = "The program printed", empty: str = ""
) -> tuple[str, SideBySide | None]:
    """The sentence for the learner, and both sides where there is such a pair.

    Args:
        miss: how the text misses what was expected.
        what: subject and verb of the sentence, such as "The program printed" or "triage(3) printed".
        empty: what to say where there is no text at all; a default is made.
    """
    if not canonical(miss.got) and miss.expectation.how is not TextMatch.NUMBERS:
        return empty or f"{what} nothing.", _sides(miss)
    match miss.expectation.how:
        case TextMatch.EQUALS:
            return _equals(miss, what), _sides(miss)
        case TextMatch.CONTAINS:
            return _contains(miss, what), SideBySide(miss.part, shorten(miss.got.rstrip(), _WHOLE))
        case TextMatch.MATCHES:
            return f"{what} {quoted(miss.got)}, which does not have the form that is asked for.", None
        case TextMatch.LINES:
            return _lines(miss, what), _sides(miss)
        case TextMatch.NUMBERS:
            return _numbers(miss, what, empty), SideBySide(miss.wanted, miss.got)


def quoted(text: str) -> str:
    """Text in quotation marks, on one line and not too long."""
    flat = " / ".join(line.rstrip() for line in text.strip("\n").splitlines())
    return f'"{shorten(flat, _QUOTED)}"'


def _sides(miss: TextMiss) -> SideBySide:
    return side_by_side(miss.wanted, miss.got, ignore_case="case" in miss.expectation.ignore)


def only_difference(wanted: str, got: str) -> str:
    """What alone differs between two texts, as a sentence; "" where it is more than one small thing."""
    ignoring = (
        (frozenset({"case"}), "Only capital and small letters differ."),
        (frozenset({"space"}), ""),
        (frozenset({"blank-lines"}), "Only blank lines differ."),
        (frozenset({"punctuation"}), "Only punctuation differs."),
    )
    for ignore, sentence in ignoring:
        if canonical(wanted, ignore) == canonical(got, ignore):
            return sentence or _spaces(wanted, got)
    if _bare(wanted) == _bare(got):
        return (
            _spaces(wanted, got)
            if "\n" not in wanted.strip("\n") + got.strip("\n")
            else "Only spaces and line ends differ."
        )
    return ""


def _bare(text: str) -> str:
    return "".join(text.split())


def _spaces(wanted: str, got: str) -> str:
    invisible = {"\u00a0": "a no-break space", "\t": "a tab", "\u200b": "a zero-width space"}
    for character, name in invisible.items():
        if character in got and character not in wanted:
            return f"Only spaces differ: there is {name}, which looks like a space."
    more, fewer = got.count(" "), wanted.count(" ")
    if more == fewer:
        return "Only spaces differ."
    number = abs(more - fewer)
    spaces = "1 space" if number == 1 else f"{number} spaces"
    return f"Only spaces differ: {spaces} too {'many' if more > fewer else 'few'}."


def _equals(miss: TextMiss, what: str) -> str:
    ignore = miss.expectation.ignore
    wanted, got = _compared_lines(miss.wanted, ignore), _compared_lines(miss.got, ignore)
    remark = only_difference(miss.wanted, miss.got)
    if len(wanted) == len(got) == 1:
        return f"{what} {quoted(got[0])}, expected {quoted(wanted[0])}. {remark or _reason(wanted[0], got[0])}".rstrip()
    if sorted(wanted) == sorted(got):
        return f"{what} the right lines in another order. Line {first_different_line(wanted, got) + 1} is the first."
    first = first_different_line(wanted, got)
    if first == len(got) or (
        len(got) < len(wanted) and wanted[first + 1 : first + 2] == got[first : first + 1]
    ):
        missing = len(wanted) - len(got)
        return f"{what} {_lines_count(len(got))}, expected {len(wanted)}. {_missing(missing, wanted[first])}"
    if first == len(wanted) or (
        len(got) > len(wanted) and got[first + 1 : first + 2] == wanted[first : first + 1]
    ):
        return f"{what} {_lines_count(len(got))}, expected {len(wanted)}. Too many: {quoted(got[first])} in line {first + 1}."
    where = f"Line {first + 1} is {quoted(got[first])}, expected {quoted(wanted[first])}."
    own = only_difference(wanted[first], got[first]) or _reason(wanted[first], got[first])
    return f"{where} {own or remark}".rstrip()


def _compared_lines(text: str, ignore: frozenset[str]) -> list[str]:
    """The lines that are compared, in their own letters."""
    return canonical(text, ignore - {"case", "punctuation"}).split("\n")


def _lines_count(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"


def _missing(number: int, first: str) -> str:
    name = quoted(first) if first else "a blank line"
    return f"Missing: {name}" + ("." if number == 1 else f", and {number - 1} more.")


def _reason(wanted: str, got: str) -> str:
    """A small reason for two lines that differ by more than spaces and letters' case."""
    if got in (f"'{wanted}'", f'"{wanted}"'):
        return "The quotation marks are printed too."
    if min(len(wanted), len(got)) > _QUOTED:
        return f"They differ from character {first_different_character(wanted, got)} on."
    if wanted and got == wanted + wanted:
        return "It is printed twice."
    one, other = numbers_in(wanted), numbers_in(got)
    if len(one) == len(other) == 1 and one != other and one == tuple(map(float, map(round, other))):
        return "A whole number is expected."
    return ""


def first_different_character(wanted: str, got: str) -> int:
    """The place (from 1) of the first character in which two texts differ."""
    return next(
        (n for n, (one, other) in enumerate(zip(wanted, got, strict=False), 1) if one != other),
        min(len(wanted), len(got)) + 1,
    )


def _contains(miss: TextMiss, what: str) -> str:
    looser = frozenset({"case", "space"})
    if canonical(miss.part, frozenset({"case"})) in canonical(miss.got, frozenset({"case"})):
        return f"{what} {quoted(miss.part)} with other capital letters."
    if _bare(canonical(miss.part, looser)) in _bare(canonical(miss.got, looser)):
        return f"{what} {quoted(miss.part)} with other spaces or capital letters."
    return f"{what} {quoted(miss.got)}, without {quoted(miss.part)} in it."


def _lines(miss: TextMiss, what: str) -> str:
    got = canonical(miss.got, miss.expectation.ignore).split("\n")
    if canonical(miss.part, miss.expectation.ignore) in got:
        return f"{what} the line {quoted(miss.part)} too early: another line belongs before it."
    for line in got:
        if remark := only_difference(miss.part, line):
            return f"The line {quoted(miss.part)} is nearly there: you have {quoted(line)}. {remark}"
    return f"{what} {_lines_count(len(got))}, and {quoted(miss.part)} is not among them."


def _numbers(miss: TextMiss, what: str, empty: str) -> str:
    wanted, got = miss.wanted.split(), miss.got.split()
    if not got:
        return empty or f"{what} no number, expected {_few(wanted)}."
    if len(wanted) == len(got) == 1:
        reason = size_reason(float(wanted[0]), float(got[0]))
        return f"{what} the number {got[0]}, expected {wanted[0]}. {reason}".rstrip()
    if len(got) == len(wanted):
        if sorted(got) == sorted(wanted):
            return f"{what} the right numbers in another order. Number {miss.position + 1} is {got[miss.position]}, expected {wanted[miss.position]}."
        return f"Number {miss.position + 1} is {got[miss.position]}, expected {wanted[miss.position]}."
    count = "1 number" if len(got) == 1 else f"{len(got)} numbers"
    return f"{what} {count} ({_few(got)}), expected {len(wanted)} ({_few(wanted)})."


def _few(numbers: list[str]) -> str:
    return " ".join(numbers[:6]) + (" ..." if len(numbers) > 6 else "")
