"""Where the learner's process begins: started by path, by the tutor alone, as `start.py ROLE SEAL CHANNEL...`.

ROLE is `guard` (POSIX: a small trusted process that forks one worker a run and sweeps up after it) or `worker` (Windows:
one process a run; a Job Object of the tutor's is its guard). SEAL must come again over the channel: a speed bump that
keeps the executable from being used for anything else, not a lock.
"""

from __future__ import annotations

import builtins
import os
import sys
from types import ModuleType

#: What the interpreter had loaded by itself. Everything else may be shadowed by a learner's own file.
LOADED_BY_PYTHON = frozenset(sys.modules) | {
    *("os", "stat", "posixpath", "ntpath", "genericpath", "_collections_abc", "abc", "io", "codecs", "site"),
    *("_sitebuiltins", "encodings"),
}  # the named ones too where `site` is loaded, as it is for everyone else

PACKAGE = "tutor_child"
#: In this order: each imports only those before it.
MODULES = (
    "wire",
    "encode",
    "names",
    "describe",
    "streams",
    "policy",
    "limits",
    "landlock",
    "seccomp",
    "program",
    "questions",
    "worker",
    "guard",
    "windows",
)


def load(folder: str) -> dict[str, ModuleType]:
    """Load the modules of this folder under a private name, each with its own copy of the builtins.

    The copy is why a program that deletes or replaces `len` and `print` cannot reach into the reporting code.
    """
    from _frozen_importlib_external import SourceFileLoader, SourcelessFileLoader

    compiled = __file__.endswith(".pyc")  # in a packaged app they travel as bytecode
    loader, suffix = (SourcelessFileLoader, ".pyc") if compiled else (SourceFileLoader, ".py")

    package = ModuleType(PACKAGE)
    package.__path__ = []
    sys.modules[PACKAGE] = package
    loaded = {}
    for name in MODULES:
        full_name = f"{PACKAGE}.{name}"
        module = ModuleType(full_name)
        module.__package__ = PACKAGE
        module.__file__ = f"{folder}/{name}{suffix}"
        module.__dict__["__builtins__"] = dict(vars(builtins))
        sys.modules[full_name] = module
        code = loader(full_name, module.__file__).get_code(full_name)
        assert code is not None
        exec(code, module.__dict__)
        setattr(package, name, module)
        loaded[name] = module
    for name in loaded:  # none of it is there to be imported by a learner's program
        del sys.modules[f"{PACKAGE}.{name}"]
    del sys.modules[PACKAGE]
    return loaded


def main(
    arguments: list[str],
    by_python: frozenset[str] = LOADED_BY_PYTHON,
    library: list[str] | None = None,
) -> int:
    """Take up the role that the tutor gave; 2 for anyone else.

    Args:
        arguments: the command line without the program's name.
        by_python: modules that the interpreter had loaded by itself.
        library: the files and folders of the interpreter, which programs may read, as real paths; a packaged app's
            launcher (`packaging/learner_python.py`) names them, since the package holds the course too.
    """
    if len(arguments) < 3 or arguments[0] not in ("guard", "worker"):
        sys.stderr.write("This program belongs to Code4Health Tutor, which starts it when it is needed.\n")
        return 2
    if library is None:
        here = [*sys.path, sys.base_prefix, sys.prefix, sys.executable]
        library = [os.path.realpath(path) for path in dict.fromkeys(here) if path]
    folder = os.path.dirname(os.path.abspath(__file__))
    loaded = load(folder)
    ours = os.path.dirname(load.__code__.co_filename)  # what frames of this code say of where they are
    role, seal, channels = arguments[0], arguments[1], [int(number) for number in arguments[2:]]
    status: int
    if role == "guard":
        status = loaded["guard"].main(seal, channels, by_python, ours, library)
    else:
        status = loaded["windows"].main(seal, channels, by_python, ours, library)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
