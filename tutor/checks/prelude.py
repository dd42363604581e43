"""What stands before prepared test code in the learner's process: it runs the tests and tells how each one ends."""

from __future__ import annotations

#: Remarks that the prepared code sends in place of an assertion's text: never a learner's, for they are no Python.
BEGIN, END, RAISED, SKIPPED, PART = "!begin", "!end", "!raised", "!skipped", "!part"
#: After so many comparisons the prepared code counts on its own: the runner tells only the first few hundred.
MOST_TOLD = 400

# Runs in the learner's process. It catches BaseException, because a program may end itself inside a test.
PRELUDE = f"""
def __tutor_prelude__(compare, most={MOST_TOLD}):
    folder = __import__("os").getcwd()
    told, missed = [0], []
    def assert_(name, left, right, line, text, test):
        told[0] += 1
        held = compare(name, left, right, line, text, test)
        if told[0] > most and not held:
            missed.append(text)
            raise AssertionError(text)
        return held
    def part(name, left, right, line, test):
        told[0] += 1
        return compare(name, left, right, line, {PART!r}, test)
    def raised(error, test):
        trace, line, own, file = error.__traceback__, 0, 0, ""
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name == "<test>":
                line = trace.tb_lineno
            elif name.startswith(folder) or not any(mark in name for mark in "<>/\\\\"):
                own, file = trace.tb_lineno, name.replace("\\\\", "/").rpartition("/")[2]
            trace = trace.tb_next
        try:
            words = str(error)
        except BaseException:
            words = ""
        error.__traceback__ = None
        compare("truth", False, [type(error).__name__, words, own, file], line, {RAISED!r}, test)
        if told[0] > most:
            missed.append(test)
    def run(test, function, *before_and_after):
        compare("truth", True, None, 0, {BEGIN!r}, test)
        try:
            for step in (function, *before_and_after):
                step()
        except BaseException as error:
            if type(error).__name__ == "SkipTest":
                compare("truth", True, None, 0, {SKIPPED!r}, test)
            else:
                raised(error, test)
        else:
            compare("truth", True, None, 0, {END!r}, test)
    def run_case(kind):
        names = [name for name in dir(kind) if name.startswith("test")]
        first = names[:1]
        for name in names:
            def whole(name=name):
                if name in first:
                    kind.setUpClass()
                case = kind(name)
                case.setUp()
                try:
                    getattr(case, name)()
                finally:
                    case.tearDown()
                    case.doCleanups()
            run(kind.__name__ + "." + name, whole)
        if names:
            kind.tearDownClass()
    def finish():
        if missed:
            raise AssertionError(missed[0])
    return assert_, part, run, run_case, finish
__assert__, __part__, __run__, __run_case__, __finish__ = __tutor_prelude__(__compare__)
del __tutor_prelude__
"""
