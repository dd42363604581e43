"""Our own trouble, as it is told."""

from __future__ import annotations

import logging

from tutor.errors import Fault, TutorError
from tutor.session.events import Trouble
from tutor.translation import tr

_log = logging.getLogger(__name__)


def trouble_of(error: Exception) -> Trouble:
    """What to say of an exception that a verb let out; one that nobody foresaw goes into the log as well."""
    if isinstance(error, TutorError):
        return Trouble(error.fault, error.what, error.do)
    _log.error("unexpected", exc_info=error)
    return Trouble(
        Fault.PC,
        tr("The tutor itself has a fault; your work is kept."),
        tr("Its log says more: see Help, About."),
    )
