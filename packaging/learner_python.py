"""`learner-python`: Python for learners' programs, inside the packaged tutor. No Qt, none of our packages.

It does one thing: it starts `tutor_child/start` (tutor/runner/child), which takes up the role that the tutor gave it and
refuses every other argument. So nothing can start the tutor again through it, and it runs no file that somebody names.
PyInstaller's run-time hooks are left out (`tutor.spec`): they cost more than all the rest of the start.
"""

import os
import sys

#: PyInstaller's own start loads these. A learner's file of such a name is to be found first, as with plain Python.
_LOADED_BY_BOOTSTRAP = frozenset(
    (
        "struct",
        "_struct",
        "zlib",
        "ctypes",
        "_ctypes",
        "ctypes._endian",
        "warnings",
        "linecache",
        "tokenize",
        "tracemalloc",
    )
)
#: Parts of Python that it does not list: what it was built with, and the time zones.
_ALSO_PYTHONS = ("_sysconfigdata", "tzdata")


class LibraryAndOwnFiles:
    """Finds the standard library in the package, and everything else only where the learner's own files are.

    The package's folder also holds our code, Qt and the course. To a learner's program they are not there: it gets Python's
    own ModuleNotFoundError, and not a half-working module (importing PySide6 here would end the process).
    """

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        """As importlib's finders do."""
        from _frozen_importlib_external import PathFinder

        ours = name not in sys.stdlib_module_names and not name.startswith(_ALSO_PYTHONS)
        if path is None and ours:
            path = [entry for entry in sys.path if not entry.startswith(self._package)]
        return PathFinder.find_spec(name, path, target)

    def invalidate_caches(self) -> None:
        """As importlib's finders do."""
        from _frozen_importlib_external import PathFinder

        PathFinder.invalidate_caches()


def library(package: str) -> list[str]:
    """What of the package (a real path) a learner's program may read: Python itself, and neither the course nor anything of ours."""
    found = [os.path.realpath(sys.executable)]
    with os.scandir(package) as entries:
        for entry in entries:
            name = entry.name
            wanted = name == "lib-dynload" or name.startswith("python3.")
            if wanted or name.endswith((".zip", ".dll", ".pyd")) or ".so" in name:
                found.append(entry.path)
    return found


def main() -> int:
    """Hide what is ours, then hand over to the child's own start."""
    from _frozen_importlib_external import PathFinder, SourcelessFileLoader

    package: str = sys._MEIPASS  # type: ignore[attr-defined]
    sys.dont_write_bytecode = True
    if hasattr(sys, "frozen"):
        del sys.frozen  # to a learner's program this is plain Python
    time_zones = package + os.sep + "tzdata.zip"
    sys.path.append(time_zones)
    sys.meta_path[sys.meta_path.index(PathFinder)] = LibraryAndOwnFiles(package)  # type: ignore[call-overload]
    # Python looks through this folder once for a module that is nowhere, and remembers it. Later, when programs may look
    # into their own folder only, `import subprocess` (which asks for Windows' parts, too) would seem to want more.
    PathFinder.find_spec("a module that is nowhere", [package])
    file = f"{package}{os.sep}tutor_child{os.sep}start.pyc"
    code = SourcelessFileLoader("start", file).get_code("start")
    start = {"__name__": "start", "__file__": file, "__builtins__": __builtins__}
    exec(code, start)  # type: ignore[arg-type]
    by_python = start["LOADED_BY_PYTHON"] - _LOADED_BY_BOOTSTRAP  # type: ignore[operator]
    status: int = start["main"](sys.argv[1:], by_python, library(os.path.realpath(package)))  # type: ignore[operator]
    return status


sys.exit(main())
