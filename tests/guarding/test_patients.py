"""What looks like a real patient is found; what is invented, and what programs are made of, is not.

All people here are invented, and all numbers are computed, so that none stands in a file.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from tutor.guarding.finding import Kind, sentence
from tutor.guarding.patients import find_patients, without_patients

TODAY = date(2026, 11, 22)


def nhs_number(start: str, seed: int = 1) -> str:
    """A number with the right check digit that begins like this."""
    chosen = random.Random(seed)
    while True:
        nine = (start + "".join(str(chosen.randrange(10)) for _ in range(9)))[:9]
        check = (
            11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        )
        if check != 10:
            return nine + str(check % 11)


def kinds(text: str, known: str = "") -> list[Kind]:
    return [finding.kind for finding in find_patients(text, known, TODAY)]


# ----------------------------------------------------------------------------------------------------------- NHS numbers


@pytest.mark.parametrize("start", ["4", "6", "7", "943", "9", "0101", "2506", "3999"])
@pytest.mark.parametrize(
    "shape", ["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", "{0}\u00a0{1}\u00a0{2}", "{0}\u2013{1}\u2013{2}"]
)
@pytest.mark.parametrize(
    "around", ['nhs = "{}"', "NHS{}", "{}", "Bed 4 {} side room", "{},P1,3", "({})", "NHS number: {}."]
)
def test_a_valid_number_is_found_however_it_is_written(start: str, shape: str, around: str) -> None:
    digits = nhs_number(start)
    written = shape.format(digits[:3], digits[3:6], digits[6:])
    text = "# a program\n" + around.format(written)
    found = find_patients(text, today=TODAY)
    assert [one.kind for one in found] == [Kind.NHS_NUMBER]
    assert found[0].line == 2
    assert found[0].texts(text) == (written,)


def test_a_number_that_could_be_seconds_is_found_where_it_is_written_as_an_nhs_number() -> None:
    digits = nhs_number("1234")
    spaced = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    assert kinds(f"started = {digits}") == []
    for text in (f'"{digits}"', spaced, f"NHS number {digits}"):
        assert kinds(text) == [Kind.NHS_NUMBER]


def test_numbers_of_the_999_range_belong_to_nobody() -> None:
    for seed in range(50):
        digits = nhs_number("999", seed)
        assert kinds(f'"{digits}" "{digits[:3]} {digits[3:6]} {digits[6:]}"') == []


def test_a_number_with_another_check_digit_is_none() -> None:
    for seed in range(30):
        digits = nhs_number("4", seed)
        for wrong in range(10):
            if wrong != int(digits[9]):
                assert kinds(f"number = {digits[:9]}{wrong}") == []


@pytest.mark.parametrize(
    "before, after", [("0", ""), ("", "7"), ("+", ""), ("1.", ""), ("a", ""), ("", "f"), ("12-", "")]
)
def test_a_part_of_something_longer_is_none(before: str, after: str) -> None:
    assert kinds(f"{before}{nhs_number('4')}{after}") == []


def test_counting_and_powers_and_seconds_and_books_are_none() -> None:
    assert kinds("0123456789 1234567890 9876543210 0000000000 1111111111") == []
    assert kinds(" ".join(str(2**power) for power in range(29, 34))) == []
    starts = [f"1{day:02}{month:02}"[:4] for day in range(40, 80) for month in (13, 40)]
    assert kinds(" ".join(nhs_number(f"1{start[1:]}9", 3) for start in starts)) == []
    assert kinds(f"ISBN {nhs_number('03')}") == []


# ------------------------------------------------------------------------------------------------- dates beside a name


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Sarah Jones, born 12/03/1951",
        "JONES, Sarah 12-03-1951",
        "Sarah Jones,1951-03-12,Ward 4",
        "Jones,Sarah,12/03/1951",
        "patient = {'name': 'Sarah', 'dob': '12/03/2019'}",
        "Name: SARAH JONES\nSex: F\nDOB: 12 March 1951",
        "Sarah O'Neill-Jones dob 1.4.88",
        "Siân Banerjee 12 Mar 1951",
        "name,dob\nSarah Jones,2015-03-12",
        '"family": "Jones",\n"given": ["Sarah"],\n"birthDate": "1951-03-12"',
        "Mr JONES d.o.b. 3rd Feb 1960",
    ],
)
def test_a_date_of_birth_beside_a_name_is_found(text: str) -> None:
    assert kinds(text) == [Kind.BIRTH_DATE]


@pytest.mark.parametrize(
    "text",
    [
        "born = '12/03/1951'",
        "Amara Okafor was admitted on 2026-03-02",
        "Ada Lovelace, born 10/12/1815",
        "Sarah Jones 31/02/1951",
        "Last Updated 2001-03-04",
        "High Street 12/03/1951",
        "# Changed 12/03/1999 by Sarah Jones",
        "Sarah Jones,2003-02-01 12:30",
        "On Monday March 12/03/1951",
        "dob = input('Date of birth: ')",
    ],
)
def test_a_date_that_is_nobodys_birth_is_not_found(text: str) -> None:
    assert kinds(text) == []


# ------------------------------------------------------------------------------- hospital numbers, postcodes beside a name


@pytest.mark.parametrize(
    "text",
    [
        "MRN: 4829137", "mrn = 'X482913'", "Hospital number K482913", "hosp no. 482913", "hospital_number = 4829137",
        '"unit number": "RX 482913"', "Sarah Jones K4829137", "PAS number: 77291843", "CRN 5529183",
    ],
)  # fmt: skip
def test_a_hospital_number_is_found(text: str) -> None:
    assert kinds(text) == [Kind.HOSPITAL_NUMBER]


@pytest.mark.parametrize(
    "text",
    ["mrn = ''", "K4829137", "MRN: 00000", "hospital number 123456", "Sarah Jones J18", "hospital_beds = 48291", "PAS 48291", "unit = 48291"],
)  # fmt: skip
def test_what_is_no_hospital_number_is_not_found(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Sarah Jones, LS1 4AP",
        "Sarah Jones\n12 High Street\nLeeds\nLS1 4AP",
        "Sarah Jones,SW1A 2AA",
        "name = 'Sarah Jones'; home = 'M11AA'",
    ],
)
def test_a_postcode_beside_a_name_is_found(text: str) -> None:
    assert kinds(text) == [Kind.POSTCODE]


@pytest.mark.parametrize(
    "text",
    ["LS1 4AP", "Sarah Jones, ZZ99 3VZ", "Sarah Jones QQ1 4AP", "Leeds General Infirmary, LS1 3EX", "Sarah Jones\n\nLS1 4AP", "Sarah Jones E10 9"],
)  # fmt: skip
def test_a_postcode_alone_or_one_that_no_place_has_is_not_found(text: str) -> None:
    assert kinds(text) == []


def test_a_person_with_an_invented_number_is_invented() -> None:
    assert kinds(f"Sarah Jones,12/03/1951,{nhs_number('999')},LS1 4AP") == []


def test_what_the_lesson_itself_gives_is_not_asked_about() -> None:
    given = "Sarah Jones, born 12/03/1951"
    assert kinds(f"print('{given}')") == [Kind.BIRTH_DATE]
    assert kinds(f"print('{given}')", known=given) == []
    assert kinds("print('Sarah Jones, born 13/03/1951')", known=given) == [Kind.BIRTH_DATE]


# ------------------------------------------------------------------------------------------------- taking out, and words


def test_what_is_taken_out_leaves_a_program_that_still_runs() -> None:
    number = nhs_number("4")
    text = f'people = [("Sarah Jones", "12/03/1951", {number})]\nprint(len(people))\n'
    found = find_patients(text, today=TODAY)
    assert {one.kind for one in found} == {Kind.NHS_NUMBER, Kind.BIRTH_DATE}
    left = without_patients(text, found)
    assert left == 'people = [("xxxxx xxxxx", "00/00/0000", 0000000000)]\nprint(len(people))\n'
    compile(left, "main.py", "exec")
    assert find_patients(left, today=TODAY) == ()


def test_the_sentence_names_what_and_where() -> None:
    number, other = nhs_number("4"), nhs_number("7")
    assert sentence(find_patients("x", today=TODAY)) == ""
    assert sentence(find_patients(number, today=TODAY)) == "Line 1 holds what looks like an NHS number."
    text = f"{number}\n{other}\nSarah Jones 12/03/1951\nMRN 482913\nSarah Jones LS1 4AP"
    assert sentence(find_patients(text, today=TODAY)) == (
        "5 lines, the first of them line 1, hold what looks like 2 NHS numbers, a date of birth beside a name, "
        "a hospital number and a postcode beside a name."
    )
    assert sentence(find_patients(f"{number}\n\n{other}", today=TODAY)) == (
        "Lines 1 and 3 hold what looks like 2 NHS numbers."
    )


# --------------------------------------------------------------------------------------------------------- false alarms


def course_files() -> list[Path]:
    folder = Path(__file__).resolve().parents[2] / "lessons"
    kinds = {".yaml", ".csv", ".txt", ".md", ".py", ".json", ".tsv"}
    return [file for file in sorted(folder.rglob("*")) if file.suffix in kinds and file.name != "rules.yaml"]


def test_nothing_in_the_course_is_taken_for_a_patient() -> None:
    files = course_files()
    assert len(files) > 40
    alarms = {file.name: find_patients(file.read_text(encoding="utf-8")) for file in files}
    assert {name: found for name, found in alarms.items() if found} == {}


def test_nothing_in_our_own_programs_is_taken_for_a_patient(root: Path) -> None:
    alarms = {}
    for file in sorted((root / "tutor").rglob("*.py")):
        alarms[file.name] = find_patients(file.read_text(encoding="utf-8"))
    assert len(alarms) > 100
    assert {name: found for name, found in alarms.items() if found} == {}


def test_ordinary_programs_of_pythons_own_library_hardly_raise_the_question() -> None:
    """Programs of hundreds of people over thirty years: what is left are dates beside names in their histories."""
    import json

    library = Path(json.__file__).parents[1]
    files = [file for file in sorted(library.glob("*.py")) if file.stat().st_size < 60_000]
    assert len(files) > 100
    alarms = {}
    for file in files:
        found = find_patients(file.read_text(encoding="utf-8", errors="replace"))
        if found:
            alarms[file.name] = {one.kind for one in found}
    assert len(alarms) <= len(files) * 0.02
    assert set().union(*alarms.values()) <= {Kind.BIRTH_DATE}


def test_a_long_text_without_any_line_end_is_looked_through() -> None:
    number = nhs_number("4")
    assert kinds("Aa " * 200_000 + number) == [Kind.NHS_NUMBER]
