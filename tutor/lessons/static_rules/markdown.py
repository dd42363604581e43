"""Lesson text: glossary links, pictures, raw HTML, links and the languages of code blocks.

Told from the text by lines, so that each problem has its own line and column; raw HTML is confirmed by the Markdown
parser itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from markdown_it import MarkdownIt

from tutor.lessons.nodes import Scalar, shortened
from tutor.lessons.records import Entry
from tutor.lessons.report import Report, did_you_mean
from tutor.lessons.surroundings import Surroundings, fold_term

#: Languages that a fenced block may name.
LANGUAGES = frozenset(
    {
        "python",
        "py",
        "pycon",
        "text",
        "txt",
        "output",
        "console",
        "csv",
        "json",
        "yaml",
        "html",
        "css",
        "sql",
        "toml",
        "ini",
        "bash",
        "markdown",
        "r",
        "xml",
        "hl7",
        "diff",
    }
)
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".svg", ".gif"})

_FENCE = re.compile(r"^ {0,3}(?:>\s?)*(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_TERM = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\(\s*<?(?P<target>[^)\s>]*)>?[^)\n]*\)")
_LINK = re.compile(r"(?<!!)(?<!\[)\[[^\[\]\n]+\]\(\s*<?(?P<target>[^)\s>]*)>?[^)\n]*\)")
_TAG = re.compile(r"<(?:[A-Za-z][\w-]*[\s/>]|/[A-Za-z]|!--|\?|![A-Z])")
_SUSPICIOUS = re.compile(r"[\[<~]|```")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

_HTML = MarkdownIt("commonmark", {"html": True}).enable("table")


def check_markdown(entry: Entry, key: str, around: Surroundings, report: Report) -> None:
    """The Markdown of one text."""
    node, text = entry.text_node(key), entry.get(key)
    if node is not None and text is not None:
        check_markdown_text(node, entry.where, around, report)


def check_markdown_text(node: Scalar, where: str, around: Surroundings, report: Report) -> None:
    """As check_markdown, for a text that stands by itself."""
    if not _SUSPICIOUS.search(node.text):
        return
    prose = _without_code(node, where, report)
    _terms(node, prose, where, around, report)
    _pictures(node, prose, where, around, report)
    _links(node, prose, where, around, report)
    _html(node, prose, where, report)


def _without_code(node: Scalar, where: str, report: Report) -> str:
    """The text with code replaced by blanks of the same length; the languages of fenced blocks are looked at."""
    lines = node.text.split("\n")
    mark = ""
    offset = 0
    result: list[str] = []
    for line in lines:
        match = _FENCE.match(line)
        if mark:
            if match and match["mark"].startswith(mark) and not match["info"].strip():
                mark = ""
            line_out = " " * len(line)
        elif match:
            mark = match["mark"]
            _language(node, offset, line, match["info"].strip(), where, report)
            line_out = " " * len(line)
        elif line.startswith(("    ", "\t")) and (not result or not result[-1].strip()):
            line_out = " " * len(line)
        else:
            line_out = line
        result.append(line_out)
        offset += len(line) + 1
    if mark:
        report.error(
            node,
            where,
            f"a code block that starts with {mark} is not closed",
            f"put {mark} on a line of its own",
            "fence",
        )
    return _CODE_SPAN.sub(lambda span: " " * len(span.group()), "\n".join(result))


def _language(node: Scalar, offset: int, line: str, info: str, where: str, report: Report) -> None:
    language = info.split()[0].lower() if info else ""
    if not language:
        place = report.place_within(node, offset + len(line) - len(line.lstrip()))
        hint = "write ```python for code, ```text for what is printed"
        report.warn_at(place, where, "this code block names no language", hint, "fence")
    elif language not in LANGUAGES:
        column = line.find(info)
        hint = did_you_mean(language, LANGUAGES) or "use `text` for what is no code"
        report.within(
            node,
            offset + column,
            where,
            f"`{shortened(language)}` is not a language that can be coloured",
            hint,
            "fence",
        )


def _terms(node: Scalar, prose: str, where: str, around: Surroundings, report: Report) -> None:
    if around.terms is None:
        return
    for match in _TERM.finditer(prose):
        term = match.group(1)
        if fold_term(term) not in around.terms:
            hint = did_you_mean(term, around.terms) or "add it to glossary.yaml"
            report.within(
                node, match.start(), where, f"the glossary has no term `{term}`", hint, "term-unknown"
            )


def _pictures(node: Scalar, prose: str, where: str, around: Surroundings, report: Report) -> None:
    for match in _PICTURE.finditer(prose):
        target = unquote(match["target"])
        found = _picture_problem(target, around)
        if found:
            report.within(node, match.start("target"), where, found[0], found[1], "picture")
        if not match["alt"].strip():
            problem = f"the picture `{target}` has no description"
            place = report.place_within(node, match.start())
            report.warn_at(
                place,
                where,
                problem,
                "say between [ ] what it shows, for people who cannot see it",
                "picture",
            )


def _picture_problem(target: str, around: Surroundings) -> tuple[str, str] | None:
    if _SCHEME.match(target) or target.startswith("//"):
        return (
            f"the picture `{shortened(target)}` is not in the course",
            "the tutor works offline: put it into media/",
        )
    path = PurePosixPath(target)
    if len(path.parts) < 2 or path.parts[0] != "media" or ".." in path.parts:
        return (
            f"the picture `{shortened(target)}` is not in media/",
            f"put it there and write `media/{path.name}`",
        )
    if path.suffix.lower() not in PICTURES:
        return (
            f"`{path.name}` is not a picture that can be shown",
            f"pictures end in {', '.join(sorted(PICTURES))}",
        )
    file = around.folder / path
    if not file.is_file():
        folder = around.folder / "media"
        names = [f"media/{one.name}" for one in folder.iterdir()] if folder.is_dir() else []
        return f"there is no picture `{target}`", did_you_mean(
            target, names
        ) or f"put it into {around.folder.name}/media"
    return None


def _links(node: Scalar, prose: str, where: str, around: Surroundings, report: Report) -> None:
    for match in _LINK.finditer(prose):
        target = match["target"]
        if target.startswith(("https://", "http://", "mailto:", "#")):
            continue
        if target.endswith(".md") and "/" not in target:
            if around.pages is not None and target not in around.pages:
                hint = did_you_mean(target, around.pages) or "name it under `pages` in course.yaml"
                report.within(
                    node, match.start("target"), where, f"the course has no page `{target}`", hint, "link"
                )
            continue
        hint = "link to https://..., or to a page of the course such as data-dictionary.md"
        report.within(
            node, match.start("target"), where, f"the link `{shortened(target)}` leads nowhere", hint, "link"
        )


def _html(node: Scalar, prose: str, where: str, report: Report) -> None:
    candidates = list(_TAG.finditer(prose))
    if not candidates or not any(_html_tokens(node.text)):
        return
    match = candidates[0]
    tag = shortened(prose[match.start() :].split(">")[0] + ">", 30)
    report.within(
        node,
        match.start(),
        where,
        f"raw HTML is not shown: `{tag}`",
        "use Markdown; put code between backticks",
        "raw-html",
    )


def _html_tokens(text: str) -> Iterator[bool]:
    for token in _HTML.parse(text):
        if token.type == "html_block":
            yield True
        for child in token.children or ():
            if child.type == "html_inline":
                yield True
