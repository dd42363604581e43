"""What to say when a text is not what was expected: one or two sentences, and both sides to show."""

from __future__ import annotations

from tutor.checks.difference import SideBySide, first_different_line, side_by_side
from tutor.checks.number_feedback import size_reason
from tutor.checks.showing import shorten
from tutor.checks.text import TextMiss, canonical, numbers_in
from tutor.lessons.model import TextMatch
from tutor.translation import counted, tr

_WHOLE = 4000  # characters of a text that is shown beside what it is to contain
_QUOTED = 60  # characters of a line that are quoted in a sentence


def text_feedback(miss: TextMiss, what: str = "", empty: str = "") -> tuple[str, SideBySide | None]:
    """The sentence for the learner, and both sides where there is such a pair.

    Args:
        miss: how the text misses what was expected.
        what: subject and verb of the sentence, in the reader's language: "The program printed", "triage(3) printed"; the former by default.
        empty: what to say where there is no text at all; a default is made.
    """
    what = what or tr("The program printed")
    if not canonical(miss.got) and miss.expectation.how is not TextMatch.NUMBERS:
        return empty or tr("{the_program_printed} nothing.", the_program_printed=what), _sides(miss)
    match miss.expectation.how:
        case TextMatch.EQUALS:
            return _equals(miss, what), _sides(miss)
        case TextMatch.CONTAINS:
            return _contains(miss, what), SideBySide(miss.part, shorten(miss.got.rstrip(), _WHOLE))
        case TextMatch.MATCHES:
            return tr(
                "{the_program_printed} {got}, which does not have the form that is asked for.",
                the_program_printed=what,
                got=quoted(miss.got),
            ), None
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
        (frozenset({"case"}), tr("Only capital and small letters differ.")),
        (frozenset({"space"}), ""),
        (frozenset({"blank-lines"}), tr("Only blank lines differ.")),
        (frozenset({"punctuation"}), tr("Only punctuation differs.")),
    )
    for ignore, sentence in ignoring:
        if canonical(wanted, ignore) == canonical(got, ignore):
            return sentence or _spaces(wanted, got)
    if _bare(wanted) == _bare(got):
        return (
            _spaces(wanted, got)
            if "\n" not in wanted.strip("\n") + got.strip("\n")
            else tr("Only spaces and line ends differ.")
        )
    return ""


def _bare(text: str) -> str:
    return "".join(text.split())


def _spaces(wanted: str, got: str) -> str:
    invisible = {"\u00a0": tr("a no-break space"), "\t": tr("a tab"), "\u200b": tr("a zero-width space")}
    for character, name in invisible.items():
        if character in got and character not in wanted:
            return tr("Only spaces differ: there is {name}, which looks like a space.", name=name)
    more, fewer = got.count(" "), wanted.count(" ")
    if more == fewer:
        return tr("Only spaces differ.")
    if more > fewer:
        return counted(
            more - fewer,
            "Only spaces differ: %n space too many.",
            "Only spaces differ: %n spaces too many.",
        )
    return counted(
        fewer - more, "Only spaces differ: %n space too few.", "Only spaces differ: %n spaces too few."
    )


def _equals(miss: TextMiss, what: str) -> str:
    ignore = miss.expectation.ignore
    wanted, got = _compared_lines(miss.wanted, ignore), _compared_lines(miss.got, ignore)
    remark = only_difference(miss.wanted, miss.got)
    if len(wanted) == len(got) == 1:
        return tr(
            "{the_program_printed} {got}, expected {wanted}. {reason}",
            the_program_printed=what,
            got=quoted(got[0]),
            wanted=quoted(wanted[0]),
            reason=remark or _reason(wanted[0], got[0]),
        ).rstrip()
    if sorted(wanted) == sorted(got):
        return tr(
            "{the_program_printed} the right lines in another order. Line {line} is the first.",
            the_program_printed=what,
            line=first_different_line(wanted, got) + 1,
        )
    first = first_different_line(wanted, got)
    if first == len(got) or (
        len(got) < len(wanted) and wanted[first + 1 : first + 2] == got[first : first + 1]
    ):
        missing = len(wanted) - len(got)
        return counted(
            len(got),
            "{the_program_printed} %n line, expected {wanted}. {missing}",
            "{the_program_printed} %n lines, expected {wanted}. {missing}",
            the_program_printed=what,
            wanted=len(wanted),
            missing=_missing(missing, wanted[first]),
        )
    if first == len(wanted) or (
        len(got) > len(wanted) and got[first + 1 : first + 2] == wanted[first : first + 1]
    ):
        return counted(
            len(got),
            "{the_program_printed} %n line, expected {wanted}. Too many: {extra} in line {line}.",
            "{the_program_printed} %n lines, expected {wanted}. Too many: {extra} in line {line}.",
            the_program_printed=what,
            wanted=len(wanted),
            extra=quoted(got[first]),
            line=first + 1,
        )
    where = tr(
        "Line {line} is {got}, expected {wanted}.",
        line=first + 1,
        got=quoted(got[first]),
        wanted=quoted(wanted[first]),
    )
    own = only_difference(wanted[first], got[first]) or _reason(wanted[first], got[first])
    return f"{where} {own or remark}".rstrip()


def _compared_lines(text: str, ignore: frozenset[str]) -> list[str]:
    """The lines that are compared, in their own letters."""
    return canonical(text, ignore - {"case", "punctuation"}).split("\n")


def _missing(number: int, first: str) -> str:
    name = quoted(first) if first else tr("a blank line")
    if number == 1:
        return tr("Missing: {line}.", line=name)
    return tr("Missing: {line}, and {count} more.", line=name, count=number - 1)


def _reason(wanted: str, got: str) -> str:
    """A small reason for two lines that differ by more than spaces and letters' case."""
    if got in (f"'{wanted}'", f'"{wanted}"'):
        return tr("The quotation marks are printed too.")
    if min(len(wanted), len(got)) > _QUOTED:
        return tr(
            "They differ from character {number} on.",
            number=first_different_character(wanted, got),
        )
    if wanted and got == wanted + wanted:
        return tr("It is printed twice.")
    one, other = numbers_in(wanted), numbers_in(got)
    if len(one) == len(other) == 1 and one != other and one == tuple(map(float, map(round, other))):
        return tr("A whole number is expected.")
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
        return tr(
            "{the_program_printed} {part} with other capital letters.",
            the_program_printed=what,
            part=quoted(miss.part),
        )
    if _bare(canonical(miss.part, looser)) in _bare(canonical(miss.got, looser)):
        return tr(
            "{the_program_printed} {part} with other spaces or capital letters.",
            the_program_printed=what,
            part=quoted(miss.part),
        )
    return tr(
        "{the_program_printed} {got}, without {part} in it.",
        the_program_printed=what,
        got=quoted(miss.got),
        part=quoted(miss.part),
    )


def _lines(miss: TextMiss, what: str) -> str:
    got = canonical(miss.got, miss.expectation.ignore).split("\n")
    if canonical(miss.part, miss.expectation.ignore) in got:
        return tr(
            "{the_program_printed} the line {part} too early: another line belongs before it.",
            the_program_printed=what,
            part=quoted(miss.part),
        )
    for line in got:
        if remark := only_difference(miss.part, line):
            return tr(
                "The line {part} is nearly there: you have {line}. {remark}",
                part=quoted(miss.part),
                line=quoted(line),
                remark=remark,
            )
    return counted(
        len(got),
        "{the_program_printed} %n line, and {part} is not among them.",
        "{the_program_printed} %n lines, and {part} is not among them.",
        the_program_printed=what,
        part=quoted(miss.part),
    )


def _numbers(miss: TextMiss, what: str, empty: str) -> str:
    wanted, got = miss.wanted.split(), miss.got.split()
    if not got:
        return empty or tr(
            "{the_program_printed} no number, expected {wanted}.",
            the_program_printed=what,
            wanted=_few(wanted),
        )
    if len(wanted) == len(got) == 1:
        reason = size_reason(float(wanted[0]), float(got[0]))
        return tr(
            "{the_program_printed} the number {got}, expected {wanted}. {reason}",
            the_program_printed=what,
            got=got[0],
            wanted=wanted[0],
            reason=reason,
        ).rstrip()
    if len(got) == len(wanted):
        if sorted(got) == sorted(wanted):
            return tr(
                "{the_program_printed} the right numbers in another order. Number {position} is {got}, expected {wanted}.",
                the_program_printed=what,
                position=miss.position + 1,
                got=got[miss.position],
                wanted=wanted[miss.position],
            )
        return tr(
            "Number {position} is {got}, expected {wanted}.",
            position=miss.position + 1,
            got=got[miss.position],
            wanted=wanted[miss.position],
        )
    return counted(
        len(got),
        "{the_program_printed} %n number ({got}), expected {count} ({wanted}).",
        "{the_program_printed} %n numbers ({got}), expected {count} ({wanted}).",
        the_program_printed=what,
        got=_few(got),
        count=len(wanted),
        wanted=_few(wanted),
    )


def _few(numbers: list[str]) -> str:
    return " ".join(numbers[:6]) + (" ..." if len(numbers) > 6 else "")
