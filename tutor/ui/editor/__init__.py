"""The code editor: the only place that knows Scintilla, behind one class, `CodeEditor`."""
