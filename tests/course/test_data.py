"""The course's data files are what the script makes, and hold the truths and faults that the dictionary tells of."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def data(root: Path) -> Path:
    return root / "lessons" / "data"


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_files_are_byte_for_byte_what_the_script_makes(root: Path, data: Path, tmp_path: Path) -> None:
    script = root / "packaging" / "make_data.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {path.name: path.read_bytes() for path in data.iterdir()} == made


def test_the_dictionary_tells_of_every_file_and_every_column(root: Path, data: Path) -> None:
    page = (root / "lessons" / "data-dictionary.md").read_text(encoding="utf-8")
    parts = {part.split("\n", 1)[0].strip(): part for part in page.split("\n## ")}
    for path in data.iterdir():
        part = parts[path.name]
        if path.suffix == ".csv":
            for column in rows_of(path)[0]:
                assert f"`{column}`" in part, f"{path.name}: {column}"


def test_every_row_has_a_value_or_a_blank_in_every_column(data: Path) -> None:
    for path in data.glob("*.csv"):
        for row in rows_of(path):
            assert None not in row and None not in row.values(), path.name


def test_the_files_have_the_number_of_rows_that_the_lessons_speak_of(data: Path) -> None:
    assert {path.name: len(rows_of(path)) for path in data.glob("*.csv")} == {
        "antibiotics.csv": 36,
        "clinic_list_small.csv": 60,
        "handover.csv": 24,
        "hes_apc_tiny.csv": 12,
        "obs_chart.csv": 240,
        "rota.csv": 112,
        "vte_audit.csv": 120,
    }


def test_nhs_numbers_are_of_the_test_range_with_a_right_check_digit(data: Path) -> None:
    numbers = [row["NHS_NUMBER"] for row in rows_of(data / "handover.csv")]
    assert len(set(numbers)) == 24
    for number in numbers:
        assert len(number) == 10 and number.startswith("999")
        weighted = sum(int(digit) * weight for digit, weight in zip(number, range(10, 0, -1), strict=True))
        assert weighted % 11 == 0


def test_the_saved_list_has_names_blank_lines_and_spaces_at_the_ends(data: Path) -> None:
    lines = (data / "ward_list.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 22
    assert sum(bool(line.strip()) for line in lines) == 18
    assert sum(line == "" for line in lines) == 3
    assert sum(line != "" and line.strip() == "" for line in lines) == 1
    assert any(line.strip() != line and line.strip() for line in lines)
    assert any("â" in line for line in lines), "a letter that shows whether the encoding is right"


def test_each_of_six_patients_has_forty_sets_and_six_values_are_blank(data: Path) -> None:
    rows = rows_of(data / "obs_chart.csv")
    assert Counter(row["PATIENT"] for row in rows) == {f"Bed {bed}": 40 for bed in range(1, 7)}
    assert sum(value == "" for row in rows for value in row.values()) == 6
    assert {column for row in rows for column in row if row[column] == ""} <= {"RR", "TEMP", "SPO2"}


def test_the_charts_tell_the_courses_that_the_dictionary_names(data: Path) -> None:
    rows = rows_of(data / "obs_chart.csv")
    by_bed = {f"Bed {bed}": [row for row in rows if row["PATIENT"] == f"Bed {bed}"] for bed in range(1, 7)}

    def change(bed: str, column: str) -> float:
        values = [float(row[column]) for row in by_bed[bed] if row[column]]
        return sum(values[-5:]) / 5 - sum(values[:5]) / 5

    assert abs(change("Bed 1", "PULSE")) < 10 and abs(change("Bed 2", "PULSE")) < 10
    assert change("Bed 3", "PULSE") > 30 and change("Bed 3", "TEMP") > 1.5 and change("Bed 3", "SBP") < -20
    assert {row["SCALE"] for row in by_bed["Bed 4"]} == {"2"}
    assert {row["OXYGEN"] for row in by_bed["Bed 4"]} == {"Y"}
    assert {row["SCALE"] for bed in (1, 2, 3, 5, 6) for row in by_bed[f"Bed {bed}"]} == {"1"}
    assert change("Bed 5", "PULSE") < -30 and change("Bed 5", "TEMP") < -1.5
    assert change("Bed 6", "PULSE") > 30 and change("Bed 6", "TEMP") < 0
    assert {row["PATIENT"] for row in rows if row["ACVPU"] != "A"} == {"Bed 3"}


def test_the_handover_has_two_unscored_beds_and_a_comma_inside_a_cell(data: Path) -> None:
    rows = rows_of(data / "handover.csv")
    assert [row["BED"] for row in rows] == [str(bed) for bed in range(1, 25)]
    assert sum(row["NEWS2"] == "" for row in rows) == 2
    assert max(int(row["NEWS2"]) for row in rows if row["NEWS2"]) == 9
    assert [row["JOBS"] for row in rows if "," in row["JOBS"]] == ["chase CT, head and neck"]
    assert any(row["JOBS"] == "" for row in rows) and any(";" in row["JOBS"] for row in rows)
    assert len({row["PATIENT"] for row in rows}) == 24


def test_only_invented_medicines_are_prescribed(data: Path) -> None:
    drugs = {row["DRUG"] for row in rows_of(data / "antibiotics.csv")}
    assert drugs <= {"Examplicillin", "Testomycin", "Samplefloxacin", "Mockazole"}
    assert {row["INDICATION"] for row in rows_of(data / "antibiotics.csv")} >= {"", "unknown"}


def test_one_doctor_works_most_and_nobody_has_two_shifts_in_a_day(data: Path) -> None:
    rows = rows_of(data / "rota.csv")
    shifts = Counter(row["DOCTOR"] for row in rows)
    (first, most), (_, second) = shifts.most_common(2)
    assert first == "Doctor A" and most >= second + 5
    assert len(shifts) == 8
    assert len({(row["DATE"], row["DOCTOR"]) for row in rows}) == 112


def test_the_audit_has_two_cycles_with_blanks_and_times_at_the_boundary(data: Path) -> None:
    rows = rows_of(data / "vte_audit.csv")
    met, asked = Counter[str](), Counter(row["CYCLE"] for row in rows)
    for row in rows:
        assert (row["HOURS"] == "") == (row["VTE_ASSESSED"] == "")
        met[row["CYCLE"]] += row["HOURS"] != "" and float(row["HOURS"]) <= 12
    assert asked == {"1": 60, "2": 60}
    assert sum(row["HOURS"] == "" for row in rows) == 8
    assert sum(row["HOURS"] == "12.00" for row in rows) >= 4
    assert met["2"] > met["1"]
    assert len({row["PATIENT"] for row in rows}) == 120


def test_the_episodes_have_a_stand_in_date_an_unknown_sex_and_a_duplicate(data: Path) -> None:
    rows = rows_of(data / "hes_apc_tiny.csv")
    assert sum(row["OPDATE_01"] == "1800-01-01" for row in rows) == 2
    assert sum(row["SEX"] == "9" for row in rows) == 1
    assert len({tuple(row.values()) for row in rows}) == 11
    assert {row["PROCODE3"] for row in rows} <= {"ZX1", "ZX2", "ZX3"}


def test_some_people_do_not_attend_and_only_those_seen_have_times(data: Path) -> None:
    rows = rows_of(data / "clinic_list_small.csv")
    assert any(row["ATTENDED"] == "3" for row in rows)
    for row in rows:
        assert (row["SEEN"] != "") == (row["ATTENDED"] in "56")
        assert not row["SEEN"] or row["ARRIVED"] <= row["SEEN"] <= row["LEFT"]
