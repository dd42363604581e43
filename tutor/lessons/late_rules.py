"""The rules of a course, read when the first of them is asked for: most lessons ask for none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tutor.lessons.model import Rule


class LateRules(Mapping[str, Rule]):
    """Rules by id, as `read` gives them; it is called at the first question, and never again.

    Args:
        read: reads the rules; what it raises is raised by that question, and the next one asks again.
    """

    def __init__(self, read: Callable[[], Mapping[str, Rule]]) -> None:
        self._read = read
        self._rules: Mapping[str, Rule] | None = None

    def _known(self) -> Mapping[str, Rule]:
        if self._rules is None:
            self._rules = self._read()
        return self._rules

    def __getitem__(self, rule_id: str) -> Rule:
        return self._known()[rule_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())

    def __repr__(self) -> str:
        return f"LateRules({dict(self._rules)!r})" if self._rules is not None else "LateRules(not read yet)"
