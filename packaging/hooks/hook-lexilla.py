"""lexilla: on Windows its wheel keeps msvcp140 in a folder beside the package (delvewheel), which nothing imports."""

from PyInstaller.utils.hooks import collect_delvewheel_libs_directory

hiddenimports = ["lexilla.pyside6_scintilla"]
excludedimports = ["lexilla.bindings"]
datas, binaries = collect_delvewheel_libs_directory("lexilla")
