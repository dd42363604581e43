"""A window with the editor in it, for a screen reader to look at. Run by path; ends when its input does."""

from __future__ import annotations

import sys
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from tutor.ui.editor import CodeEditor

app = QApplication([])
app.setApplicationName("editor-under-test")
window = QMainWindow()
window.setWindowTitle("editor-under-test")
editor = CodeEditor()
window.setCentralWidget(editor)
editor.open_document("step", 'pulse = 88\nprint("naïve", pulse)\n')
window.resize(500, 300)
window.show()
editor.setFocus()

ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
watch = QTimer(interval=50)
watch.timeout.connect(lambda: app.quit() if ended.is_set() else None)
watch.start()
app.exec()
