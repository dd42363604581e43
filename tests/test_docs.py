"""The documents for people: what they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tutor.registry import POLICY_KEY
from tutor.settings import NAMES

DOCUMENTS = ("README.md", "SECURITY.md", "CONTRIBUTING.md", "ARCHITECTURE.md", *(
    f"docs/{name}.md" for name in ("clinical-safety", "it-guide", "trainer-guide", "writing-lessons")
))  # fmt: skip
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_test_that_a_document_names_exists(root: Path, name: str) -> None:
    for file, test in _TEST.findall((root / name).read_text(encoding="utf-8")):
        code = (root / file).read_text(encoding="utf-8")
        assert not test or re.search(rf"^def {test}\(", code, flags=re.MULTILINE), (
            f"{name} names {file}::{test}"
        )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_a_document_links_to_exists(root: Path, name: str) -> None:
    document = root / name
    for target in _LINK.findall(document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{name} links to {target}"


def test_every_hazard_names_a_test_that_proves_a_control(root: Path) -> None:
    text = (root / "docs" / "clinical-safety.md").read_text(encoding="utf-8")
    hazards = re.findall(r"^\| (\d+) \|.*$", text, flags=re.MULTILINE)
    rows = [line for line in text.splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) >= 10
    assert hazards == [str(number) for number in range(1, len(rows) + 1)]
    for row in rows:
        assert _TEST.search(row.split("|")[5]), row


@pytest.mark.parametrize(
    "name", ["docs/clinical-safety.md", "docs/it-guide.md", "docs/trainer-guide.md", "README.md"]
)
def test_what_leaves_our_hands_says_what_it_is(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert "Learning exercise. Not for clinical use. All people and numbers are invented." in text
    assert "unofficial" in text


def test_the_it_guide_says_what_the_product_says_of_itself(root: Path) -> None:
    text = (root / "docs" / "it-guide.md").read_text(encoding="utf-8")
    product = (root / "packaging" / "windows" / "product.py").read_text(encoding="utf-8")
    maker = re.search(r'^MAKER = "(.*)"$', product, flags=re.MULTILINE)
    assert maker
    assert f"| Publisher | {maker[1]}," in text
    assert f"HKLM\\{POLICY_KEY}" in text
    for name in NAMES:
        assert f"`{name}`" in text, f"the policy {name} is not named"
