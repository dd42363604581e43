"""What explanations say while somebody writes. They are imported on a thread of their own: typing does not wait for them."""

from __future__ import annotations

import threading

from tutor.session import judging
from tutor.ui.editor import Mark


class LiveExplanations:
    """Looks at a program for the editor's marks, once explanations have been imported."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._begun = False

    def marks(self, program: str, caret_line: int) -> list[Mark] | None:
        """What to mark: never on the line that is being typed. None while explanations are not there yet: ask again."""
        if not self._ready.is_set():
            self._get_ready()
            return None
        from tutor.explain.live import live_marks  # noqa: PLC0415  (it is there by now)

        return [
            Mark(
                advice.line,
                advice.column or 0,
                advice.end_column or 10_000,
                f"{advice.title}. {advice.text}".replace("`", ""),
            )
            for advice in live_marks(program, caret_line)
            if advice.line is not None
        ]

    def _get_ready(self) -> None:
        def warm_up() -> None:
            judging.warm_up()
            self._ready.set()

        if not self._begun:
            self._begun = True
            threading.Thread(target=warm_up, name="explanations", daemon=True).start()


def straighten(text: str) -> str:
    """What was pasted, with quotes, dashes and spaces as Python needs them."""
    from tutor.explain.paste import straighten as straightened  # noqa: PLC0415  (the window is shown before it is imported)

    return straightened(text)
