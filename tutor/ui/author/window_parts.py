"""What author mode is connected to when it is first switched on."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from tutor.paths import Folders
from tutor.session.session import Session
from tutor.ui.bridge import SessionBridge
from tutor.ui.main_window import MainWindow
from tutor.ui.patient_guard import PatientGuard
from tutor.ui.wiring import Wiring


class WindowParts(Struct, frozen=True):
    """The window's parts that lesson writers work with.

    Args:
        window, session, wiring, bridge: the window, and what it is driven by.
        guard: asks about patient data before a course is packed.
        where: the tutor's folders.
        own_copy: makes the writer's own copy of the open course, asking where.
    """

    window: MainWindow
    session: Session
    wiring: Wiring
    bridge: SessionBridge
    guard: PatientGuard
    where: Folders
    own_copy: Callable[[], object]
