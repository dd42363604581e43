"""Makes the pages of the kinds of step that few lessons begin with; each is imported when it is first wanted."""
# ruff: noqa: PLC0415 - importing late is what this file is for

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.ui.work.area import WorkArea
    from tutor.ui.work.arrange_work import ArrangeWork
    from tutor.ui.work.choose_work import ChooseWork
    from tutor.ui.work.predict_work import PredictWork


def arrange(area: WorkArea) -> ArrangeWork:
    """Lines to put in order."""
    from tutor.ui.work.arrange_work import ArrangeWork

    return ArrangeWork(area.look)


def predict(area: WorkArea) -> PredictWork:
    """What does this print?"""
    from tutor.ui.editor import CodeView
    from tutor.ui.work.predict_work import PredictWork

    return PredictWork(area.look, CodeView())


def choose(area: WorkArea) -> ChooseWork:
    """Answers to choose from."""
    from tutor.ui.work.choose_work import ChooseWork

    return ChooseWork(area.look)
