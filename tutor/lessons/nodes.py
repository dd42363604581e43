"""What a YAML file says, as a tree that remembers where everything stands. Lines and columns count from 1."""

from __future__ import annotations

from msgspec import Struct, field


#: The style of a value that was reported and could not be mended: readers pass over it in silence.
UNREADABLE_STYLE = "unreadable"


class Scalar(Struct):
    """One value as it was typed.

    `style` is "" for a plain value, else the mark that opens it: a quote, `|` or `>`. `text` is what stands between
    the marks. `end_line`, `end_column`: the place after its last character. `indent`: how many blanks stand before each line of a
    `|` block.
    """

    text: str
    line: int
    column: int
    style: str = ""
    end_line: int = 0
    end_column: int = 0
    indent: int = 0

    @property
    def plain(self) -> bool:
        """Whether it was written without quotes or a block mark."""
        return self.style == ""

    @property
    def empty(self) -> bool:
        """Whether nothing was written at all (`key:` with nothing behind it)."""
        return self.style == "" and self.text == ""


class Sequence(Struct):
    """A list, by dashes or in `[ ]` (flow)."""

    line: int
    column: int
    flow: bool = False
    items: list[Node] = field(default_factory=list)


class Mapping(Struct):
    """Keys and values in written order; a key that was written twice stands here once (the first)."""

    line: int
    column: int
    flow: bool = False
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)

    def get(self, key: str) -> Node | None:
        """The value under that key, or None."""
        for name, value in self.pairs:
            if name.text == key:
                return value
        return None


Node = Scalar | Sequence | Mapping


def kind_of(node: Node) -> str:
    """What was found, in a writer's words: `a list`, `keys with values`, `nothing`, or the value itself."""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "keys with values"
    if node.empty:
        return "nothing"
    return f"`{shortened(node.text)}`"


def shortened(text: str, length: int = 40) -> str:
    """The text on one line, cut to a length that a message can bear."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 3].rstrip() + "..."
