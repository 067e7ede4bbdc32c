"""The experiment of the vanishing and exploding lab: what is asked, and what comes of it, with everything kept that
the next question can use again."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.analysis.activation_slope import SLOPES
from engine.analysis.clipped_norm import clip_rate, clipped_going_back
from engine.analysis.growth_bound import GrowthBound
from engine.analysis.recurrent_weight import RecurrentWeight, normal_matrix
from engine.analysis.state_jacobian import StateJacobian, state_jacobian
from engine.analysis.vanishing import Numbers, WayBack, cell_path, way_back

BATCH = 2
"""N, as in the book's rnn_gradient_graph."""
MOST_STEPS = 200
CAROUSEL, CELL = "cec", "lstm"
"""The paths without an activation: the constant error carousel, and an LSTM's cell state."""


@dataclass(frozen=True)
class LabSetup:
    """What is asked.

    Attributes:
        source: name of the lesson's weight that is studied; empty for one drawn from N(0, 1).
        by_radius: whether ``size`` is the spectral radius of W_h; else W_h is multiplied by it.
        size: see there; 0 or above.
        steps: T. units: H, of a drawn weight. seed: of weight and inputs.
        inputs: standard deviation of X^t.
        forget: the forget gate on the cell-state path, 0 … 1.
        threshold: gradients are clipped to it; 0 for no clipping.
        paths: activations (names of SLOPES), CAROUSEL and CELL: what is shown.
        later, earlier: t and k of ∂h^t/∂h^k; t counts from T where it is negative, -1 for T itself.
        through: the activation whose Jacobian that is.
    """

    source: str = ""
    by_radius: bool = True
    size: float = 1.0
    steps: int = 50
    units: int = 16
    seed: int = 0
    inputs: float = 1.0
    forget: float = 0.9
    threshold: float = 0.0
    paths: frozenset[str] = frozenset({*SLOPES, CAROUSEL, CELL})
    later: int = -1
    earlier: int = 0
    through: str = "tanh"

    @property
    def span(self) -> tuple[int, int]:
        """(k, t) within 0 … T, k at most t."""
        later = min(self.later, self.steps) if self.later >= 0 else self.steps
        return min(self.earlier, later), later


def chapter_6(scale: float) -> LabSetup:
    """The book's rnn_gradient_graph: H = 3, T = 20, seed 3, W_h ~ N(0, 1) times a scale, no activation."""
    return LabSetup(by_radius=False, size=scale, steps=20, units=3, seed=3, paths=frozenset({"identity", CAROUSEL}),
                    through="identity")  # fmt: skip


@dataclass(frozen=True, eq=False)
class LabResult:
    """What comes of it.

    Attributes:
        setup: what was asked.
        weight: W_h as it was used.
        norms: path → ‖dH^t‖ (T + 1,), t = 0 … T, of every path that is shown.
        clipped: the same, if dH^t were clipped at every step.
        weight_norms: activation → ‖∂L/∂W_h‖.
        jacobian: ∂h^t/∂h^k of the first sequence.
    """

    setup: LabSetup
    weight: RecurrentWeight
    norms: dict[str, Numbers]
    clipped: dict[str, Numbers]
    weight_norms: dict[str, float]
    jacobian: StateJacobian

    def bound(self, activation: str) -> GrowthBound:
        """What σ_max says of an activation."""
        return GrowthBound(activation, self.weight.greatest)

    def rate(self, activation: str) -> float:
        """What clipping multiplies ∂L/∂W_h by."""
        return clip_rate(self.weight_norms[activation], self.setup.threshold)


@dataclass
class VanishingLab:
    """Answers one setup after the other; a weight is decomposed once, however it is scaled."""

    _base_key: tuple[object, ...] = ()
    _base: RecurrentWeight | None = None
    _inputs_key: tuple[int, int] = (-1, -1)
    _inputs: Numbers = field(default_factory=lambda: np.empty(0))
    _way_key: tuple[object, ...] = ()
    _way: WayBack | None = None
    _jacobian_key: tuple[object, ...] = ()
    _jacobian: StateJacobian | None = None

    def answer(self, setup: LabSetup, matrix: Numbers | None = None) -> LabResult:
        """Run the experiment.

        Args:
            matrix: the lesson's weight (H, H), for a setup with a source.

        Raises:
            RecurrentWeightError: the weight cannot be studied, or not be scaled as asked.
        """
        weight = self._weight(setup, matrix)
        way = self._way_back(setup, weight)
        norms = {name: way.norms[a] for a, name in enumerate(way.activations) if name in setup.paths}
        for name, forget in ((CAROUSEL, 1.0), (CELL, setup.forget)):
            if name in setup.paths:
                norms[name] = cell_path(setup.steps, BATCH, weight.units, forget)
        return LabResult(
            setup=setup,
            weight=weight,
            norms=norms,
            clipped={name: clipped_going_back(one, setup.threshold) for name, one in norms.items()},
            weight_norms={name: float(way.weight_norms[a]) for a, name in enumerate(way.activations)},
            jacobian=self._state_jacobian(setup, weight, way),
        )

    def base(self, setup: LabSetup, matrix: Numbers | None = None) -> RecurrentWeight:
        """The weight before it is scaled.

        Raises:
            RecurrentWeightError: it cannot be studied.
        """
        key = (setup.seed, setup.units) if matrix is None else (matrix.shape, matrix.tobytes())
        if self._base is None or key != self._base_key:
            self._base = RecurrentWeight.of(normal_matrix(setup.seed, setup.units) if matrix is None else matrix)
            self._base_key = key
        return self._base

    def _weight(self, setup: LabSetup, matrix: Numbers | None) -> RecurrentWeight:
        base = self.base(setup, matrix)
        return base.with_radius(setup.size) if setup.by_radius else base.scaled(setup.size)

    def _drawn_inputs(self, seed: int, units: int) -> Numbers:
        """(MOST_STEPS, N, H) from N(0, 1): a longer sequence begins like a shorter one."""
        if (seed, units) != self._inputs_key:
            self._inputs_key = (seed, units)
            self._inputs = np.random.RandomState(seed + 1).standard_normal((MOST_STEPS, BATCH, units))
        return self._inputs

    def _way_back(self, setup: LabSetup, weight: RecurrentWeight) -> WayBack:
        names = tuple(name for name in SLOPES if name in setup.paths or name == setup.through)
        key = (self._base_key, setup.by_radius, setup.size, setup.steps, setup.seed, setup.inputs, names)
        if self._way is None or key != self._way_key:
            inputs = setup.inputs * self._drawn_inputs(setup.seed, weight.units)[: setup.steps]
            self._way, self._way_key = way_back(weight.matrix, inputs, names), key
        return self._way

    def _state_jacobian(self, setup: LabSetup, weight: RecurrentWeight, way: WayBack) -> StateJacobian:
        earlier, later = setup.span
        key = (self._way_key, setup.through, earlier, later)
        if self._jacobian is None or key != self._jacobian_key:
            slopes = way.slopes[way.activations.index(setup.through)]
            self._jacobian, self._jacobian_key = state_jacobian(weight.matrix, slopes[earlier:later, 0]), key
        return self._jacobian
