"""Rubbish is collected on the window's own thread."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tutor.ui.garbage import INTERVAL, Collector


class Ring:
    """Rubbish that only the collector finds, and that notes the thread it is destroyed on."""

    destroyed_on: list[threading.Thread] = []

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Ring.destroyed_on.append(threading.current_thread())


def test_only_the_windows_thread_destroys_rings_of_objects(qapp: QApplication) -> None:
    owner = QObject()
    Ring.destroyed_on = []
    collector = Collector(owner)
    assert not gc.isenabled()

    def litter() -> None:
        for _number in range(5000):
            Ring()

    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert Ring.destroyed_on == []
    QTest.qWait(3 * INTERVAL)
    while collector.collect():
        pass
    assert len(Ring.destroyed_on) == 5000
    assert set(Ring.destroyed_on) == {threading.main_thread()}
    owner.deleteLater()
    qapp.processEvents()
