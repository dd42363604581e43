"""msgspec: its part in C imports these, where PyInstaller cannot see it."""

hiddenimports = [
    "msgspec._utils",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "re",
    "typing",
    "uuid",
    "weakref",
]
