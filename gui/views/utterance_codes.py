"""What a dialogue draws for each utterance, as it stands on a tape. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from engine.scope import Scope, ScopeKind
from engine.tape import Tape
from gui.views.latent_codes import CODE, LOG_VARIANCE, MEAN, NOISE

PRIOR, POSTERIOR = "prior", "posterior"
"""Parts of a network that each tell a distribution."""


@dataclass(frozen=True)
class Utterance:
    """Tape indices of what is drawn for one utterance.

    Attributes:
        entries: (part, symbol) → tape index, such as (prior, mu).
    """

    entries: dict[tuple[str, str], int]

    def entry(self, part: str, symbol: str) -> int | None:
        """A tape index."""
        return self.entries.get((part, symbol))

    @property
    def code(self) -> int | None:
        """Where z was drawn: from the posterior in training."""
        return self.entry(POSTERIOR, CODE) or self.entry(PRIOR, CODE)

    @property
    def noise(self) -> int | None:
        """What it was drawn with."""
        return self.entry(POSTERIOR, NOISE) or self.entry(PRIOR, NOISE)


def utterances_on(tape: Tape) -> tuple[Utterance, ...]:
    """The utterances of the forward pass for which a code is drawn, in their order."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for step in tape.steps[: tape.backward_start]:
        if step.symbol not in (MEAN, LOG_VARIANCE, CODE, NOISE):
            continue
        place = _distribution(step.scope)
        if place is not None and place.parent is not None:
            found.setdefault(place.parent.path, {}).setdefault((place.name, step.symbol), step.index)
    return tuple(Utterance(entries) for entries in found.values() if any(name == MEAN for _, name in entries))


def _distribution(scope: Scope | None) -> Scope | None:
    while scope is not None and not (scope.kind is ScopeKind.PART and scope.name in (PRIOR, POSTERIOR)):
        scope = scope.parent
    return scope
