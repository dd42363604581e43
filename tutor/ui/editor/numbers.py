"""Which style, marker, indicator and margin number of Scintilla means what in this editor."""

from __future__ import annotations

from typing import Final

# Markers, one a kind of line.
MARKER_ERROR: Final = 1
MARKER_STOPPED: Final = 2
MARKER_STOPPED_LINE: Final = 3
MARKER_CAUTION: Final = 4

# Indicators: 0 to 7 belong to lexers, 32 and up to Scintilla.
INDICATOR_ERROR: Final = 8
INDICATOR_MARK: Final = 9
INDICATOR_FOUND: Final = 10
INDICATOR_CLOSER: Final = 11  # invisible: a bracket or quote that the editor closed by itself
INDICATOR_GAP: Final = 12
INDICATOR_CAUTION: Final = 13
INDICATOR_LIVE_ERROR: Final = 14

# Margins, left to right.
MARGIN_SIGNS: Final = 0
MARGIN_NUMBERS: Final = 1
MARGIN_SPACE: Final = 2

# Styles: the lexer uses 0 to 20 for Python, Scintilla 32 to 39.
STYLE_ANNOTATION: Final = 60  # what is wrong
STYLE_ANNOTATION_CAUTION: Final = 61  # what works, and should be looked at

# The Python lexer's styles (SciLexer.h, SCE_P_*).
PY_COMMENTS: Final = (1, 12)
PY_NUMBER: Final = 2
PY_STRINGS: Final = (3, 4, 6, 7, 13, 16, 17, 18, 19)
PY_KEYWORD: Final = 5
PY_DEFINITIONS: Final = (8, 9)
PY_OPERATOR: Final = 10
PY_KEYWORD2: Final = 14
PY_DECORATOR: Final = 15

# Our own styles of lesson files.
YAML_COMMENT: Final = 1
YAML_KEY: Final = 2
YAML_KEYWORD: Final = 3
YAML_NUMBER: Final = 4
YAML_TEXT: Final = 7
YAML_KEYWORD2: Final = 8
YAML_MADE: Final = 9
