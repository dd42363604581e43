"""Which key does what in the editor, and what its context menu offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from tutor.ui.editor.code_editor import CodeEditor

Command = Callable[[], None]
_Keys = QKeySequence.StandardKey


class Commands:
    """The keys and the menu of one editor."""

    def __init__(self, editor: CodeEditor) -> None:
        self._editor = editor
        self._standard: list[tuple[QKeySequence.StandardKey, Command]] = [
            (_Keys.Undo, editor.undo),
            (_Keys.Redo, editor.redo),
            (_Keys.Copy, editor.copy),
            (_Keys.Cut, editor.cut),
        ]
        self._by_key: dict[QKeySequence, Command] = {
            QKeySequence(name): command
            for name, command in (
                ("Ctrl+Y", editor.redo),
                ("Ctrl+Shift+Z", editor.redo),
                ("Ctrl+F", editor.show_find),
                ("Ctrl+H", lambda: editor.show_find(replace=True)),
                ("F3", editor.find_next),
                ("Shift+F3", lambda: editor.find_next(forward=False)),
                ("Ctrl+G", editor.show_go_to_line),
                ("Ctrl+/", editor.toggle_comment),
                ("Ctrl++", editor.zoom_in),
                ("Ctrl+=", editor.zoom_in),
                ("Ctrl+-", editor.zoom_out),
                ("Ctrl+0", editor.zoom_reset),
            )
        }

    def handle_key(self, event: QKeyEvent) -> bool:
        """Do what this key stands for; True when it stands for something."""
        command = next((command for key, command in self._standard if event.matches(key)), None)
        command = command or self._by_key.get(QKeySequence(event.keyCombination()))
        if command is not None:
            command()
            return True
        return event.key() == Qt.Key.Key_Escape and self._editor.close_bars()

    def menu(self, *, selection: bool, text_to_paste: bool, free: bool) -> QMenu:
        """The context menu as things stand; `free`: the whole program can be changed, not only gaps."""
        editor = self._editor
        changeable = not editor.is_read_only()
        menu = QMenu(editor)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def add(
            title: str, key: QKeySequence.StandardKey | str, command: Command, enabled: bool = True
        ) -> None:
            action = QAction(title, menu)
            action.setShortcut(QKeySequence(key))
            action.setShortcutVisibleInContextMenu(True)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked: command())
            menu.addAction(action)

        translate = QCoreApplication.translate
        add(translate("CodeEditor", "Undo"), _Keys.Undo, editor.undo, changeable and editor.can_undo())
        add(translate("CodeEditor", "Redo"), _Keys.Redo, editor.redo, changeable and editor.can_redo())
        menu.addSeparator()
        add(translate("CodeEditor", "Cut"), _Keys.Cut, editor.cut, changeable and selection)
        add(translate("CodeEditor", "Copy"), _Keys.Copy, editor.copy, selection)
        add(translate("CodeEditor", "Paste"), _Keys.Paste, editor.paste, changeable and text_to_paste)
        add(translate("CodeEditor", "Select all"), _Keys.SelectAll, editor.select_all)
        menu.addSeparator()
        add(translate("CodeEditor", "Comment or uncomment"), "Ctrl+/", editor.toggle_comment, free)
        add(translate("CodeEditor", "Find"), _Keys.Find, editor.show_find)
        add(translate("CodeEditor", "Replace"), "Ctrl+H", lambda: editor.show_find(replace=True), free)
        add(translate("CodeEditor", "Go to line"), "Ctrl+G", editor.show_go_to_line)
        return menu
