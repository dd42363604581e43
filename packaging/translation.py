"""Every word of the window for translators: finds them in the sources, keeps a .ts file, and compiles it for Qt.

    python packaging/translation.py cy

Writes `translations/tutor_cy.ts`, with what was translated in it before, and `resources/translations/tutor_cy.qm` from
what is translated so far. The .ts file is Qt's own format: Qt Linguist opens it (`pyside6-linguist`), and so do Weblate
and Poedit. Our own finder reads the sources, and not `lupdate`, since half of the words are said by layers that know no
Qt (`tutor/translation.py`), and since a word that cannot be found has to fail a test.
"""

from __future__ import annotations

import argparse
import ast
import string
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
COMPILED = ROOT / "resources" / "translations"
CONTEXT = "Tutor"  # of what is said below the window, as in tutor/translation.py


@dataclass(frozen=True)
class Word:
    """One text for translators: `numerus` says that it depends on a number (%n)."""

    context: str
    source: str
    numerus: bool
    file: str
    line: int


class NotFound(Exception):
    """A text that is not written out in the call, so that no translator can be given it."""


# --------------------------------------------------------------------------------------------------------- in sources


def words(root: Path = ROOT) -> list[Word]:
    """Every word that the sources translate, each once.

    Raises:
        NotFound: a call translates a text that is not written out in it.
    """
    found: dict[tuple[str, str], Word] = {}
    for file in sorted((root / "tutor").rglob("*.py")):
        name = file.relative_to(root).as_posix()
        if name in ("tutor/translation.py", "tutor/ui/language.py"):  # they look up what others say
            continue
        for word in _Finder(name).find(ast.parse(file.read_text(encoding="utf-8"))):
            known = found.setdefault((word.context, word.source), word)
            if known.numerus != word.numerus:
                raise NotFound(f"{name}:{word.line}: {word.source!r} is said with a number and without one")
    return sorted(found.values(), key=lambda word: (word.context, word.file, word.line))


class _Finder:
    def __init__(self, file: str) -> None:
        self.file = file

    def find(self, node: ast.AST, within: str = "") -> Iterator[Word]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield from self._call(child, within)
            yield from self.find(child, child.name if isinstance(child, ast.ClassDef) else within)

    def _call(self, call: ast.Call, within: str) -> Iterator[Word]:
        function, arguments = call.func, call.args
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name == "tr" and isinstance(function, ast.Attribute):
            if not within or ast.unparse(function.value) != "self":
                raise NotFound(f"{self.file}:{call.lineno}: self.tr is wanted, inside a class")
            yield from self._texts(within, call, arguments[0], numerus=len(arguments) > 2)
        elif name == "tr":
            yield from self._texts(CONTEXT, call, arguments[0])
        elif name == "counted" and isinstance(function, ast.Name):
            yield from self._texts(CONTEXT, call, arguments[2], numerus=True)
        elif name == "translate" and len(arguments) > 1:
            (context,) = self._literals(call, arguments[0])
            yield from self._texts(context, call, arguments[1], numerus=len(arguments) > 3)

    def _texts(self, context: str, call: ast.Call, node: ast.expr, numerus: bool = False) -> Iterator[Word]:
        for source in self._literals(call, node):
            yield Word(context, source, numerus, self.file, call.lineno)

    def _literals(self, call: ast.Call, node: ast.expr) -> list[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        if isinstance(node, ast.IfExp):
            return self._literals(call, node.body) + self._literals(call, node.orelse)
        raise NotFound(f"{self.file}:{call.lineno}: {ast.unparse(node)} is not written out")


# -------------------------------------------------------------------------------------------------- Qt's .ts and .qm


def updated(
    found: list[Word], language: str, before: ElementTree.Element | None = None
) -> ElementTree.Element:
    """A .ts file with these words; what is translated in the one before stays, also of words that are gone."""
    kept = {(c, s): m for c, s, m in _messages(before)} if before is not None else {}
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en_GB")
    contexts: dict[str, ElementTree.Element] = {}

    def place(context: str) -> ElementTree.Element:
        if context not in contexts:
            contexts[context] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[context], "name").text = context
        return contexts[context]

    for word in found:
        message = ElementTree.SubElement(place(word.context), "message")
        if word.numerus:
            message.set("numerus", "yes")
        ElementTree.SubElement(message, "location", filename=f"../{word.file}", line=str(word.line))
        ElementTree.SubElement(message, "source").text = word.source
        old = kept.pop((word.context, word.source), None)
        done = old.find("translation") if old is not None else None
        if done is None or (old is not None and (old.get("numerus") == "yes") != word.numerus):
            done = ElementTree.Element("translation", type="unfinished")
        if done.get("type") in ("vanished", "obsolete"):
            del done.attrib["type"]
        message.append(done)
    for (context, _), message in kept.items():
        done = message.find("translation")
        if done is not None and "".join(done.itertext()).strip():
            done.set("type", "vanished")
            place(context).append(message)
    ElementTree.indent(root, " ")
    return root


def _messages(root: ElementTree.Element) -> Iterator[tuple[str, str, ElementTree.Element]]:
    for context in root.iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message.findtext("source", ""), message


def slips(root: ElementTree.Element) -> list[str]:
    """Translations that would not work: other {values} or another number sign than the English has."""
    found = []
    for context, source, message in _messages(root):
        done = message.find("translation")
        if done is None or done.get("type") in ("vanished", "obsolete"):
            continue
        forms = [form.text or "" for form in done.iter("numerusform")]
        for text in forms or [done.text or ""]:
            left_out = {"%n"} if forms else set()  # a plural may have its number in its words
            if text and _values(text) | left_out != _values(source) | left_out:
                found.append(f"{context}: {source!r} became {text!r}, with other values in it")
    return found


def _values(text: str) -> set[str]:
    try:
        named = {name or "" for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"not to be read"}
    return named | ({"%n"} if "%n" in text else set())


def write(language: str, folder: Path = TRANSLATIONS, compiled: Path = COMPILED) -> tuple[Path, list[str]]:
    """Update a language's .ts file and compile it; the compiled file, and the slips, where it is not compiled."""
    file = folder / f"tutor_{language}.ts"
    before = ElementTree.parse(file).getroot() if file.exists() else None
    root = updated(words(), language, before)
    folder.mkdir(parents=True, exist_ok=True)
    text = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + ElementTree.tostring(root, "unicode")
    file.write_text(text + "\n", encoding="utf-8", newline="\n")
    target = compiled / f"{file.stem}.qm"
    wrong = slips(root)
    if not wrong:
        compile_file(file, target)
    return target, wrong


def compile_file(file: Path, target: Path) -> None:
    """Make Qt's .qm from a .ts file with Qt's own tool, which comes with PySide6."""
    import PySide6

    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [str(tool), "-silent", "-nounfinished", str(file), "-qm", str(target)]
    subprocess.run(command, check=True, timeout=120)


def main() -> int:
    parser = argparse.ArgumentParser(description="Update and compile a translation of the window.")
    parser.add_argument("language", help="such as cy (Welsh), de, pt_BR")
    target, wrong = write(parser.parse_args().language)
    for slip in wrong:
        print(slip)
    print(
        f"{len(words())} texts in {TRANSLATIONS}; " + ("nothing compiled" if wrong else f"compiled: {target}")
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
