"""Guards patients: looks at what is pasted, opened or saved elsewhere, and asks before it goes on."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject

from tutor.guarding.finding import Finding, sentence
from tutor.session.events import StepView
from tutor.ui.editor import CodeEditor
from tutor.ui.main_window import MainWindow
from tutor.ui.results.file_content import text_of

#: Fields of a step that hold text of the lesson's own.
_TEXTS = ("text", "code", "starter", "solution", "title")


class _Open(Struct, frozen=True):
    """A question that is being asked: what each answer does, and the texts that it is about."""

    remove: Callable[[], object]
    keep: Callable[[], object]
    pieces: frozenset[str]


def _text_of(content: bytes) -> str:
    """The text of a file; also of one that is no text, as far as there is any."""
    text = text_of(content)
    return content.decode("utf-8", errors="replace") if text is None else text


def _without(text: str, found: tuple[Finding, ...]) -> str:
    """The text without what was found."""
    from tutor.guarding.patients import without_patients  # noqa: PLC0415  (as below)

    return without_patients(text, found)


class PatientGuard(QObject):
    """Asks, one question at a time; a later question takes the place of one that was not answered.

    What somebody said is invented is not asked about again while this window is open.

    Args:
        window: where it asks.
        enabled: whether the person, or this PC's policy, wants it.
    """

    def __init__(self, window: MainWindow, enabled: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._enabled = window, enabled
        self._asked: _Open | None = None
        self._kept: set[str] = set()
        self._known = ""
        window.question.answered.connect(self._answered)
        for editor in (window.work.editor, window.work.gaps):
            self.watch(editor)
        window.work.panel.files.shown.connect(self._opened)

    def watch(self, editor: CodeEditor) -> None:
        """Ask about what is pasted into this editor, too."""
        editor.pasted.connect(lambda text: self._pasted(editor, text))

    def step_opened(self, view: StepView) -> None:
        """Another step is open: what its lesson gives is known, and a question about the one before is over."""
        texts = [str(getattr(view.step, name, "")) for name in _TEXTS] + [view.starter]
        given = [
            _text_of(one.file.content)
            for one in self._window.work.panel.files.files
            if one.file.content is not None and not one.written
        ]
        self._known = "\n".join([*texts, *given])
        if not view.goes_on:
            self._asked = None
            self._window.question.put_away()

    def find(self, text: str) -> tuple[Finding, ...]:
        """What in a text is to be asked about."""
        if not self._enabled():
            return ()
        from tutor.guarding.patients import find_patients  # noqa: PLC0415  (slow to load, and first wanted long after the start)

        found = find_patients(text, self._known)
        return tuple(one for one in found if not set(one.texts(text)) <= self._kept)

    def before_saving(self, name: str, content: bytes, save: Callable[[str, bytes], object]) -> None:
        """Let a file go: at once, or once the question about it has been answered.

        Args:
            name: its name.
            content: what would be saved.
            save: saves it; is given the name and what is to be saved.
        """
        text = _text_of(content)
        found = self.find(text)
        if not found:
            save(name, content)
            return
        self._ask(
            text,
            found,
            where=self.tr("{name} is not saved yet.").format(name=name),
            remove_words=self.tr(
                "Save the file with zeros in the place of digits and x in the place of letters"
            ),
            remove=lambda: save(name, _without(text, found).encode()),
            keep=lambda: save(name, content),
        )
        self._window.question.focus_first()

    def before_work_leaves(
        self, found: str, remove: Callable[[], object], keep: Callable[[], object]
    ) -> None:
        """Ask about work that is to be exported; `found` says what is in it."""
        self._asked = _Open(remove, keep, frozenset())
        self._window.question.ask(
            found,
            where=self.tr("Your work is not exported yet."),
            remove=self.tr("Export all but these programs"),
        )
        self._window.question.focus_first()

    def before_course_leaves(
        self, found: str, file: str, show: Callable[[], object], keep: Callable[[], object]
    ) -> None:
        """Ask about a course that is to be packed; `found` says what is in which of its files."""
        self._asked = _Open(show, keep, frozenset())
        self._window.question.ask(
            found,
            where=self.tr("It is in {file}. The course is not packed yet.").format(file=file),
            remove=self.tr("Open the file at this place, to remove it there"),
        )
        self._window.question.focus_first()

    def _pasted(self, editor: CodeEditor, text: str) -> None:
        found = self.find(text)
        if found:
            self._ask(
                text,
                found,
                where=self.tr("It was pasted into the program."),
                remove_words=self.tr("Put zeros and x in its place. Ctrl+Z undoes it."),
                remove=lambda: self._clean(editor),
                keep=lambda: None,
            )

    def _clean(self, editor: CodeEditor) -> None:
        text = editor.text()
        editor.replace_all(_without(text, self.find(text)))
        editor.setFocus()

    def _opened(self, name: str, content: bytes) -> None:
        """A file that the program wrote is looked at."""
        text = _text_of(content)
        found = self.find(text)
        files = self._window.work.panel.files
        if found:
            self._ask(
                text,
                found,
                where=self.tr("It is in the file {name}, which is open.").format(name=name),
                remove_words=self.tr("Show and save this file without it"),
                remove=lambda: files.replace_content(name, _without(text, found).encode()),
                keep=lambda: None,
            )

    def _ask(
        self,
        text: str,
        found: tuple[Finding, ...],
        *,
        where: str,
        remove_words: str,
        remove: Callable[[], object],
        keep: Callable[[], object],
    ) -> None:
        pieces = frozenset(piece for one in found for piece in one.texts(text))
        self._asked = _Open(remove, keep, pieces)
        self._window.question.ask(sentence(found), where=where, remove=remove_words)

    def _answered(self, remove: bool) -> None:
        asked, self._asked = self._asked, None
        if asked is None:
            return
        if self._window.work.is_needed:
            self._window.work.focus_first()
        if remove:
            asked.remove()
        else:
            self._kept |= asked.pieces
            asked.keep()
