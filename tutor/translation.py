"""Words of the product in the reader's language, said by layers that know no Qt.

`tr("The file {name} cannot be read.", name=file)` is to a layer below the window what `self.tr` is to a widget: the whole
sentence is looked up first, and its values are filled in afterwards. The window gives the translator (`translate_by`);
where there is none, as on the command line, the words are English. `packaging/translation.py` finds each of these calls.
"""

from __future__ import annotations

from collections.abc import Callable

#: Qt's name for where words come from: all that is said below the window is looked up in this one context.
CONTEXT = "Tutor"

#: Gives the words for a source text and a number (-1 where there is none); the source itself where it has none.
Translator = Callable[[str, int], str]

_translator: Translator | None = None


def translate_by(translator: Translator | None) -> None:
    """From now on words come from here; None: English. It is called from any thread."""
    global _translator
    _translator = translator


def tr(text: str, /, **values: object) -> str:
    """A whole sentence (or a whole name) in the reader's language.

    Args:
        text: the English words, written out in the call, with a `{name}` for each value.
        values: what is filled in, after the words were looked up.
    """
    words = _translator(text, -1) if _translator else text
    return _filled(words, text, values) if values else words


def counted(number: int, one: str, many: str, /, **values: object) -> str:
    """Words about so many, in the form that the reader's language has for this number.

    Args:
        number: how many; `%n` in the words stands for it.
        one: the English words for one.
        many: the English words for any other number; translators are given these, with a form for each of
            their language's plurals.
        values: what is filled in, after the words were looked up.
    """
    english = one if number == 1 else many
    words = _translator(many, number) if _translator else many
    if words == many or words == many.replace("%n", str(number)):
        words = english
    return _filled(words.replace("%n", str(number)), english.replace("%n", str(number)), values)


def _filled(words: str, english: str, values: dict[str, object]) -> str:
    if not values:
        return words
    try:
        return words.format(**values)
    except (LookupError, ValueError, AttributeError):  # a slip in a translation: better English than nothing
        return english.format(**values)
