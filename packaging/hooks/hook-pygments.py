"""Pygments: lessons show Python, data and a few other languages; its other five hundred would weigh as much as the tutor.

`tutor/lessons/highlight.py` shows what it has no lexer for as plain text.
"""

hiddenimports = [
    "pygments.lexers." + name
    for name in (
        "python",
        "data",
        "configs",
        "html",
        "css",
        "javascript",
        "shell",
        "sql",
        "diff",
        "special",
        "text",
    )
]
excludedimports = ["pygments.formatters", "pygments.styles", "PIL"]
