"""Makes the course's data files: `python packaging/make_data.py [FOLDER]`, by default into lessons/data.

Every person, ward, trust, medicine and number is invented. NHS numbers are of the range that starts with 999, which is kept for
tests, and have a right check digit. The same files come out on every Python and every system: of `random`, only `random()` is
used, whose sequence for a seed Python promises to keep, and no function whose last digit depends on the system's mathematics.

What each file holds, and the faults that are built in, is told to learners in lessons/data-dictionary.md.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
Row = dict[str, object]

#: The day of the article that this course takes its idea from (BMJ 2013;347:f5142).
SEED = 20130820

GIVEN = [
    "Amara",
    "Aled",
    "Bethan",
    "Brendan",
    "Chloe",
    "Callum",
    "Deepa",
    "Dinesh",
    "Eilidh",
    "Ewan",
    "Fatima",
    "Farid",
    "Grace",
    "George",
    "Hannah",
    "Hamza",
    "Imogen",
    "Ifan",
    "Joyce",
    "Jamal",
    "Khadija",
    "Kwame",
    "Lowri",
    "Liam",
    "Mei",
    "Mateusz",
    "Niamh",
    "Nikhil",
    "Olivia",
    "Owen",
    "Priya",
    "Patrick",
    "Ruth",
    "Rhys",
    "Siân",
    "Samuel",
    "Tanisha",
    "Tariq",
    "Zofia",
    "Winston",
]
FAMILY = [
    "Adeyemi",
    "Banerjee",
    "Campbell",
    "Davies",
    "Evans",
    "Fraser",
    "Griffiths",
    "Hussain",
    "Iqbal",
    "Jones",
    "Kowalski",
    "Lewis",
    "Mahmood",
    "Nwosu",
    "Okafor",
    "Patel",
    "Quinn",
    "Rahman",
    "Singh",
    "Thompson",
    "Usman",
    "Vaughan",
    "Walsh",
    "Yusuf",
]
#: Invented; the codes are of no organisation that we know of.
TRUSTS = {"ZX1": "Ashwater", "ZX2": "Brackenford", "ZX3": "Calderstone Vale"}
DOCTORS = [f"Doctor {letter}" for letter in "ABCDEFGH"]
#: Invented medicines, for every exercise that needs a name of one.
MEDICINES = ["Examplicillin", "Testomycin", "Samplefloxacin", "Mockazole"]


class Draw:
    """Chance with a seed, the same on every Python and every system."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(f"{SEED} {seed}").random

    def below(self, most: int) -> int:
        """A whole number from 0 to `most` - 1."""
        return int(self._random() * most)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def one(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[self.below(len(items))]

    def some(self, items: Iterable[Item], count: int) -> list[Item]:
        """`count` different items, in an order of chance."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(count)]

    def bell(self, spread: float) -> float:
        """A number round 0 whose standard deviation is `spread`: the sum of 12 even draws, which needs no logarithm."""
        return (sum(self._random() for _ in range(12)) - 6) * spread


def check_digit(nine: str) -> str | None:
    """The tenth digit of an NHS number, from the first nine; None where no number begins so (NHS Data Dictionary)."""
    remainder = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    digit = (11 - remainder) % 11
    return None if digit == 10 else str(digit)


def nhs_numbers(count: int) -> list[str]:
    """`count` different NHS numbers of the test range, each with a right check digit."""
    draw, numbers = Draw("nhs numbers"), []
    while len(numbers) < count:
        nine = f"999{draw.below(1_000_000):06d}"
        digit = check_digit(nine)
        if digit is not None and nine + digit not in numbers:
            numbers.append(nine + digit)
    return numbers


def table(rows: Sequence[Row]) -> str:
    """Rows as the text of a CSV file, with the column names in its first line."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _clock(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def ward_list() -> str:
    """A list as somebody saves it: a name a line, blank lines, and spaces at the ends."""
    draw = Draw("ward list")
    lines = [f"{draw.one(GIVEN)} {family}" for family in draw.some(FAMILY, 18)]
    lines[4] = "Siân " + lines[4].split()[1]
    lines[11] = f"  {lines[11]} "
    for at in (3, 9, 10):
        lines.insert(at, "")
    lines.insert(15, "   ")
    return "\n".join(lines) + "\n"


def obs_chart() -> list[Row]:
    """240 sets of observations: 6 patients with 40 sets each. Six values are blank."""
    draw, rows = Draw("observations"), []
    # The course of each patient: rising from 0 to 1, falling from 1 to 0, or level at 0.
    courses = [("stable", 0), ("stable", 0), ("sepsis", 1), ("copd", 0), ("recovering", -1), ("bleed", 1)]
    for bed, (kind, way) in enumerate(courses, start=1):
        moment = datetime(2024, 1, 8, 6)
        for number in range(40):
            along = number / 39
            ill = along if way > 0 else 1 - along if way < 0 else 0
            rows.append(_observation(draw, bed, moment, kind, along, ill))
            moment += timedelta(minutes=draw.one([60, 60, 120, 240, 240, 360]))
    for row in draw.some(rows, 6):
        row[draw.one(["RR", "TEMP", "SPO2"])] = ""
    return rows


def _observation(draw: Draw, bed: int, moment: datetime, kind: str, along: float, ill: float) -> Row:
    """One set. `along` is how far the chart has gone, `ill` how far from well the patient is, both 0 to 1."""
    copd, feverish = kind == "copd", kind in ("sepsis", "recovering")
    oxygen = copd or (kind == "sepsis" and along > 0.4) or (kind == "recovering" and along < 0.5)
    saturation = (90 if copd else 97) + draw.bell(0.8) - ill * (1 if kind == "bleed" else 6)
    return {
        "PATIENT": f"Bed {bed}",
        "TIME": _clock(moment),
        "RR": round(16 + draw.bell(1.2) + ill * 12 + (4 if copd else 0)),
        "SPO2": min(100, round(saturation)),
        "SCALE": 2 if copd else 1,
        "OXYGEN": "Y" if oxygen else "N",
        "SBP": round(124 + draw.bell(5) - ill * 38),
        "PULSE": round(76 + draw.bell(4) + ill * 48),
        "ACVPU": "C" if kind == "sepsis" and along > 0.85 else "A",
        "TEMP": f"{36.7 + draw.bell(0.2) + ill * (2.1 if feverish else -0.6 if kind == 'bleed' else 0):.1f}",
    }


def handover() -> list[Row]:
    """24 beds: two without a NEWS2 total, jobs divided by semicolons, one with a comma inside."""
    draw, numbers = Draw("handover"), nhs_numbers(24)
    families = draw.some(FAMILY, 24)
    jobs = ["repeat bloods 20:00", "chase CT", "review fluids 21:00", "speak to family", "cannula 19:30"]
    rows: list[Row] = []
    for bed in range(1, 25):
        rows.append(
            {
                "BED": bed,
                "PATIENT": f"{draw.one(GIVEN)} {families[bed - 1]}",
                "NHS_NUMBER": numbers[bed - 1],
                "NEWS2": draw.one([0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 7]),
                "RESUS": draw.one(
                    ["for full treatment", "for full treatment", "ward-based care", "see form"]
                ),
                "JOBS": "; ".join(draw.some(jobs, draw.one([0, 0, 1, 1, 1, 2]))),
            }
        )
    rows[4]["PATIENT"] = f"Siân {families[4]}"
    rows[6]["NEWS2"], rows[17]["NEWS2"] = 9, 7
    rows[10]["NEWS2"] = rows[20]["NEWS2"] = ""
    rows[13]["JOBS"] = "chase CT, head and neck"
    return rows


def antibiotics() -> list[Row]:
    """36 prescriptions of invented medicines; the reason is blank or unknown in some."""
    draw, rows = Draw("antibiotics"), []
    for bed in range(1, 37):
        started = datetime(2024, 1, 15, 8) - timedelta(hours=draw.between(6, 170))
        rows.append(
            {
                "WARD": f"Ward {'ABC'[(bed - 1) // 12]}",
                "BED": bed,
                "PATIENT": f"P{draw.between(1, 1500):05d}",
                "DRUG": draw.one(MEDICINES),
                "ROUTE": draw.one(["IV", "IV", "oral"]),
                "STARTED": _clock(started),
                "REVIEW_DONE": draw.one("YYYYYYYYYNNNNNNNNNNN"),
                "INDICATION": draw.one(["chest", "urine", "skin", "unknown", ""]),
            }
        )
    return rows


def rota() -> list[Row]:
    """56 days with a long day and a night each. Doctor A works more of the long days than anybody else."""
    draw, rows = Draw("rota"), []
    for day in range(56):
        on_days, on_nights = draw.some(DOCTORS, 2)
        if draw.below(3) == 0 and on_nights != "Doctor A":
            on_days = "Doctor A"
        when = date(2024, 2, 5) + timedelta(days=day)
        rows.append({"DATE": when, "SHIFT": "long day", "DOCTOR": on_days})
        rows.append({"DATE": when, "SHIFT": "night", "DOCTOR": on_nights})
    return rows


def vte_audit() -> list[Row]:
    """120 admissions, 60 in each audit cycle; 8 were not assessed, and 4 were at exactly 12 hours."""
    draw, rows = Draw("vte audit"), []
    patients = draw.some(range(1, 1501), 120)
    for number, patient in enumerate(patients):
        cycle = 1 if number < 60 else 2
        admitted = datetime(2024, 1 if cycle == 1 else 5, 3) + timedelta(minutes=15 * draw.below(2600))
        # The shorter of several draws in the second cycle: assessed sooner, with a long tail in both.
        quarters = min(draw.between(2, 90) for _ in range(2 if cycle == 1 else 3))
        rows.append(_assessed(f"P{patient:05d}", cycle, draw.one("ABCD"), admitted, quarters))
    for at in (7, 31, 70, 101):
        _set_quarters(rows[at], 48)
    for at in (3, 18, 26, 39, 52, 64, 88, 110):
        rows[at]["VTE_ASSESSED"] = rows[at]["HOURS"] = ""
    return rows


def _assessed(patient: str, cycle: int, ward: str, admitted: datetime, quarters: int) -> Row:
    row: Row = {"PATIENT": patient, "CYCLE": cycle, "WARD": f"Ward {ward}", "ADMITTED": _clock(admitted)}
    _set_quarters(row, quarters)
    return row


def _set_quarters(row: Row, quarters: int) -> None:
    """Writes the time to assessment, in quarters of an hour, as a time of day and in hours."""
    admitted = datetime.strptime(str(row["ADMITTED"]), "%Y-%m-%d %H:%M")
    row["VTE_ASSESSED"] = _clock(admitted + timedelta(minutes=15 * quarters))
    row["HOURS"] = f"{quarters / 4:.2f}"


def clinic_list() -> list[Row]:
    """One day of 5 clinics with 12 appointments each. Some people did not attend; clinics run later as the day goes on."""
    draw, rows = Draw("clinics"), []
    clinics = {"Cardiology A": 320, "Chest": 340, "Diabetes": 307, "Fracture": 110, "Skin": 330}
    for clinic, specialty in clinics.items():
        late = 0
        for slot in range(12):
            due = datetime(2024, 2, 5, 9) + timedelta(minutes=15 * slot)
            attended = draw.one("555555555555555555567332")
            row: Row = {
                "CLINIC": clinic,
                "TRETSPEF": specialty,
                "PATIENT": f"P{draw.between(1, 1500):05d}",
                "APPTDATE": due.date(),
                "APPTTIME": due.strftime("%H:%M"),
                "FIRSTATT": draw.one(["1", "2", "2"]),
                "ATTENDED": attended,
                "ARRIVED": "",
                "SEEN": "",
                "LEFT": "",
            }
            if attended in "56":
                late = max(0, late + draw.between(-3, 6))
                arrived = due + timedelta(
                    minutes=draw.between(1, 15) if attended == "6" else -draw.between(1, 20)
                )
                seen = max(arrived, due + timedelta(minutes=late))
                left = seen + timedelta(minutes=draw.between(8, 25))
                row |= {
                    name: time.strftime("%H:%M")
                    for name, time in zip(("ARRIVED", "SEEN", "LEFT"), (arrived, seen, left), strict=True)
                }
            rows.append(row)
    return rows


def hes_apc_tiny() -> list[Row]:
    """12 hospital episodes in the shape of Hospital Episode Statistics, with one fault of each kind."""
    draw, rows = Draw("episodes"), []
    # Code, operation, way of admission, usual age.
    diagnoses = [
        ("J181", "", "21", 74),
        ("S720", "W461", "21", 82),
        ("N390", "", "22", 76),
        ("H269", "C712", "11", 75),
        ("K358", "H011", "21", 30),
    ]
    key = 500000000000
    for _ in range(11):
        diagnosis, operation, method, age = draw.one(diagnoses)
        admitted = date(2023, 4, 1) + timedelta(days=draw.below(300))
        stay = 0 if diagnosis == "H269" else draw.between(1, 12)
        key += draw.between(1, 9)
        rows.append(
            {
                "EPIKEY": key,
                "PSEUDO_HESID": f"P{draw.between(1, 1500):05d}",
                "PROCODE3": draw.one(sorted(TRUSTS)),
                "ADMIDATE": admitted,
                "DISDATE": admitted + timedelta(days=stay),
                "EPIORDER": 1,
                "CLASSPAT": 2 if diagnosis == "H269" else 1,
                "ADMIMETH": method,
                "STARTAGE": age + draw.between(-12, 12),
                "SEX": draw.one("12"),
                "DIAG_01": diagnosis,
                "OPERTN_01": operation or "-",
                "OPDATE_01": admitted + timedelta(days=min(1, stay)) if operation else "",
            }
        )
    operated = [row for row in rows if row["OPDATE_01"]]
    operated[0]["OPDATE_01"] = operated[-1]["OPDATE_01"] = "1800-01-01"
    rows[7]["SEX"] = "9"
    rows.append(dict(rows[2]))
    return sorted(rows, key=lambda row: (str(row["ADMIDATE"]), str(row["EPIKEY"])))


def files() -> dict[str, str]:
    """Every data file of the course: its name, and its whole text."""
    tables = {
        "antibiotics.csv": antibiotics(),
        "clinic_list_small.csv": clinic_list(),
        "handover.csv": handover(),
        "hes_apc_tiny.csv": hes_apc_tiny(),
        "obs_chart.csv": obs_chart(),
        "rota.csv": rota(),
        "vte_audit.csv": vte_audit(),
    }
    return {"ward_list.txt": ward_list()} | {name: table(rows) for name, rows in tables.items()}


def main(arguments: Sequence[str]) -> None:
    """Writes the files into the folder that was named, or into lessons/data."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent / "lessons" / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{folder / name}: {len(text.splitlines())} lines")


if __name__ == "__main__":
    main(sys.argv[1:])
