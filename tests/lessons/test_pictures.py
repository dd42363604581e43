"""Pictures of lesson text: read from media/ alone, and only what can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.lessons import pictures
from tutor.lessons.pictures import media_of, read_pictures


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "a b.png").write_bytes(b"picture")
    (tmp_path / "secret.png").write_bytes(b"secret")
    return folder


def test_a_picture_is_read_once_under_the_name_that_the_text_has_for_it(media: Path) -> None:
    assert read_pictures("![One](media/a%20b.png) and ![two](media/a%20b.png)", media) == {
        "media/a b.png": b"picture"
    }


@pytest.mark.parametrize(
    "target",
    ["secret.png", "media/../secret.png", "media/none.png", "media/", "/etc/hostname", "media/a%00b.png"],
)
def test_nothing_but_files_in_media_is_read(media: Path, target: str) -> None:
    assert read_pictures(f"![Seen]({target}) not media/x.png", media) == {}


def test_a_link_that_leads_out_of_media_is_not_followed(media: Path, tmp_path: Path) -> None:
    (media / "link.png").symlink_to(tmp_path / "secret.png")
    assert read_pictures("![Seen](media/link.png)", media) == {}


def test_what_is_no_picture_for_a_lesson_by_its_size_is_left_out(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "LARGEST", 3)
    assert read_pictures("![Seen](media/a%20b.png)", media) == {}


def test_pictures_stand_beside_the_lesson_or_else_in_its_course(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("", encoding="utf-8")
    lesson = tmp_path / "first" / "one.yaml"
    lesson.parent.mkdir()
    assert media_of(lesson, Path("elsewhere")) == tmp_path / "media"
    (lesson.parent / "media").mkdir()
    assert media_of(lesson, Path("elsewhere")) == lesson.parent / "media"
