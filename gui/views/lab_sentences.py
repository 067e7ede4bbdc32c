"""What σ_max and the spectral radius say about the gradient, in sentences."""

from __future__ import annotations

from engine.analysis.activation_slope import SLOPES
from engine.analysis.growth_bound import Growth
from engine.analysis.vanishing_lab import LabResult
from gui.appearance import Appearance
from gui.views.flow_plot import activation_word
from gui.views.number_text import number_text


def verdict(result: LabResult, appearance: Appearance) -> str:
    """A sentence for each limit 1/γ of the activations that are shown, and one about the spectral radius."""
    groups: dict[float, list[str]] = {}
    for name in SLOPES:
        if name in result.setup.paths:
            groups.setdefault(result.bound(name).limit, []).append(name)
    said = [_bound_sentence(result, names, appearance) for _, names in sorted(groups.items())]
    if "identity" in result.setup.paths:
        said.append(_radius_sentence(result, appearance))
    return " ".join(said) if appearance.language != "ja" else "".join(said)


def _bound_sentence(result: LabResult, names: list[str], appearance: Appearance) -> str:
    say = appearance.say
    bound = result.bound(names[0])
    values = {
        "names": ", ".join(activation_word(name, appearance) for name in names),
        "greatest": number_text(bound.greatest, 4),
        "limit": number_text(bound.limit, 3),
    }
    if bound.growth is Growth.MUST_VANISH:
        return say("{names}: σmax = {greatest} < 1/γ = {limit}, so the gradient must vanish.", **values)
    if bound.growth is Growth.MAY_EXPLODE:
        return say("{names}: σmax = {greatest} > 1/γ = {limit}, so it can explode, but need not.", **values)
    return say("{names}: σmax = {greatest} is no help against 1/γ = {limit}.", **values)


def _radius_sentence(result: LabResult, appearance: Appearance) -> str:
    say, radius = appearance.say, result.weight.spectral_radius
    text = number_text(radius, 4)
    if radius < 1 - 1e-9:
        return say("Without activation the spectral radius decides in the long run: {radius} < 1, it vanishes.",
                   radius=text)  # fmt: skip
    if radius > 1 + 1e-9:
        return say("Without activation the spectral radius decides in the long run: {radius} > 1, it explodes.",
                   radius=text)  # fmt: skip
    return say("Without activation the spectral radius decides in the long run: at 1 it does neither.")
