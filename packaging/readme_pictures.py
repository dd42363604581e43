"""Take the README's two pictures anew, light and dark, into docs/pictures: a check that fails at a boundary.

python packaging/readme_pictures.py
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LESSON, STEP = "score-a-respiration-rate", "respiration"
#: Right but for two boundaries: 11 and 25.
PROGRAM = """rate = 10

if rate <= 8:
    points = 3
elif rate < 11:
    points = 1
elif rate <= 20:
    points = 0
elif rate <= 25:
    points = 2
else:
    points = 3
print(points)
"""


def main() -> int:
    """Take both."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest

    from tutor.lessons.opening import open_course
    from tutor.paths import course_folder, folders
    from tutor.ui.app import make_application
    from tutor.ui.pictures.book import AT_REST, PictureBook
    from tutor.ui.pictures.studio import Studio

    application = make_application()

    def failed_check(book: PictureBook) -> None:
        hands, work = book.hands, book.window.work
        book.open(LESSON, STEP)
        hands.type_program(work.editor, PROGRAM)
        hands.check()
        saved = book.window.footer
        hands.wait(lambda: saved.saving == "Your work is saved", "the work is saved")
        QTest.qWait(AT_REST)
        theme = "dark" if book.window.look.theme.dark else "light"
        file = ROOT / "docs" / "pictures" / f"window-{theme}.png"
        if not book.window.grab().save(str(file)):
            raise OSError(f"{file} could not be written")

    for theme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as made:
            course = open_course(folders(Path(made) / "read"), course_folder())
            studio = Studio({"theme": theme}, (1366, 800), Path(made))
            studio.sit(folders(Path(made) / "data"), course, failed_check)
    application.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
