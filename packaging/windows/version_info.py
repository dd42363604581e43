"""Version resources of the executables, from the one version: what Explorer, Task Manager and AppLocker rules read.

    python packaging/windows/version_info.py FOLDER      writes FOLDER/tutor.exe.version.txt and so on

Or from the PyInstaller spec, on Windows only: `EXE(..., version=str(write("tutor.exe", Path(workpath))), icon=str(ICON))`.
The form of the file is PyInstaller's (its manual, "Capturing Windows Version Data").
"""

from __future__ import annotations

import sys
from pathlib import Path

from product import COPYRIGHT, EXECUTABLES, MAKER, NAME, numbers, version

#: The icon of all executables and shortcuts; made by icon.py.
ICON = Path(__file__).resolve().parent / "tutor.ico"

#: English (United Kingdom), Unicode.
_LANGUAGE, _CODE_PAGE = 0x0809, 1200


def version_info(executable: str, of: str | None = None) -> str:
    """The version resource of one of our executables, as the text that PyInstaller reads.

    Args:
        executable: one of product.EXECUTABLES.
        of: the version; None for the project's own.
    """
    whole = of or version()
    four = (*numbers(whole), 0)
    strings = {
        "CompanyName": MAKER,
        "FileDescription": EXECUTABLES[executable],
        "FileVersion": whole,
        "InternalName": executable.removesuffix(".exe"),
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": executable,
        "ProductName": NAME,
        "ProductVersion": whole,
    }
    table = "\n".join(f"        StringStruct({name!r}, {value!r})," for name, value in strings.items())
    return f"""# UTF-8
VSVersionInfo(
  ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([
      StringTable({f"{_LANGUAGE:04x}{_CODE_PAGE:04x}"!r}, [
{table}
      ])
    ]),
    VarFileInfo([VarStruct('Translation', [{_LANGUAGE}, {_CODE_PAGE}])])
  ]
)
"""


def write(executable: str, folder: Path) -> Path:
    """Write the version resource of an executable into this folder, which is made.

    Returns:
        The file, for PyInstaller's `version=`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{executable}.version.txt"
    file.write_text(version_info(executable), encoding="utf-8")
    return file


if __name__ == "__main__":
    for each in EXECUTABLES:
        print(write(each, Path(sys.argv[1])))
