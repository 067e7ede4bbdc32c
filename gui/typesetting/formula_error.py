"""The one error of this room: a formula that cannot be typeset."""

from __future__ import annotations

from engine.errors import BackstepError


class FormulaError(BackstepError):
    """A formula source is wrong; the sentence names the offending part and quotes the source."""
