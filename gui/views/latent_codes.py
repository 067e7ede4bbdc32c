"""What the plane of codes shows: the network with the weights of the moment, and the codes of the batch."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.codes import Autoencodes
from engine.images.image_task import AnswersWithImages
from engine.model import Parameters
from engine.randomness import generator
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Batch
from engine.tensor import Role
from engine.training.iteration import batch_of
from gui.bridge import Bridge
from gui.views.shown_weights import is_updated, shown_weights

Numbers = NDArray[np.float64]

MEAN, LOG_VARIANCE, SPREAD, NOISE, CODE = "mu", "log_var", "sigma", "eps", "z"
LEAST_EXTENT = 3.0
"""A plane reaches from −3 to 3 at least: three standard deviations of what a VAE's codes are pulled to."""


def autoencodes(bridge: Bridge) -> bool:
    """Whether the lesson's network makes codes of images, and images of codes."""
    return isinstance(bridge.lesson.model, Autoencodes) and isinstance(bridge.lesson.task, AnswersWithImages)


@dataclass(frozen=True)
class CodeEntries:
    """Tape indices of one drawing of a code; None where the network has no such thing."""

    mean: int | None
    log_variance: int | None
    spread: int | None
    noise: int | None
    code: int | None

    @staticmethod
    def on(tape: Tape, within: str = "") -> CodeEntries:
        """Those of the forward pass, in a scope whose path contains ``within``."""
        found: dict[str, int] = {}
        for step in tape.steps[: tape.backward_start]:
            if step.symbol in (MEAN, LOG_VARIANCE, SPREAD, NOISE, CODE) and within in step.scope.path:
                found.setdefault(step.symbol, step.index)
        return CodeEntries(*(found.get(name) for name in (MEAN, LOG_VARIANCE, SPREAD, NOISE, CODE)))


@dataclass(frozen=True, eq=False)
class ShownNetwork:
    """Whose codes and images are shown: the weights of one moment.

    Attributes:
        model, settings: of them.
        parameters: those weights; never changed.
    """

    model: Autoencodes
    settings: Settings
    parameters: Parameters

    def is_same_as(self, other: ShownNetwork | None) -> bool:
        """Whether both make the same codes and images, bit for bit: an iteration begins as the one before has ended."""
        if other is None or self.model is not other.model or self.settings != other.settings:
            return False
        pairs = zip(self.parameters.values(), other.parameters.values(), strict=True)
        return all(one is another or np.array_equal(one, another) for one, another in pairs)


class LatentCodes:
    """The codes of an autoencoder on the open tape, and its decoder.

    Attributes:
        entries: where the codes are on the tape.
        answer: where the decoder's output is.
        image: height and width of an image.
        units: number of latent units.
        live: the iteration that a training under way has reached, whose weights are shown; None otherwise.
        network: the weights that are shown.
    """

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        lesson, settings = bridge.lesson, bridge.settings
        assert isinstance(lesson.model, Autoencodes)
        assert isinstance(lesson.task, AnswersWithImages)
        self._model, self._task, self._settings = lesson.model, lesson.task, settings
        self._sizes = lesson.task.sizes(settings)
        self.entries = CodeEntries.on(bridge.tape)
        self.answer = next((step.index for step in bridge.tape.steps if step.role is Role.OUTPUT), None)
        self.image = lesson.task.image_shape(settings)
        self.units = settings.integer("latent")
        self.kind_names = lesson.task.kind_names()
        batch = batch_of(lesson, settings, bridge.iteration)
        self.kinds = self._kinds(batch)
        held_out = lesson.task.examination(settings, generator(settings.integer("seed"), "examination"))
        self.held_out_kinds = self._kinds(held_out)
        self._held_out = next(iter(held_out.inputs.values()))[0]
        self.live: int | None = None
        self.network = ShownNetwork(lesson.model, settings, {})
        self._shown: Hashable = None
        self.refresh()

    def _kinds(self, batch: Batch) -> Numbers:
        return np.asarray(self._task.kinds(batch))

    @property
    def key(self) -> Hashable:
        """Changes whenever the weights do that are shown."""
        return self._shown

    @property
    def iteration(self) -> int:
        """Whose weights are shown."""
        return self._bridge.iteration if self.live is None else self.live

    @property
    def is_ahead(self) -> bool:
        """Whether a training under way has left the open iteration behind."""
        bridge = self._bridge
        return bridge.busy is not None and bridge.session.run.latest[0] > bridge.iteration + 1

    def refresh(self) -> bool:
        """Take the weights of the moment: the cursor's, or the newest while a training runs; whether they changed."""
        bridge, is_ahead = self._bridge, self.is_ahead
        reached, latest = bridge.session.run.latest
        live = reached if is_ahead else None
        shown = (live, None if live is not None else is_updated(bridge))
        if shown == self._shown:
            return False
        self.live, self._shown = live, shown
        self.network = replace(
            self.network, parameters=shown_weights(bridge) if live is None else latest.parameters
        )
        return True

    # --- codes ---------------------------------------------------------------------------------------------------

    def revealed(self, entry: int | None) -> Numbers | None:
        """The numbers of an entry as far as the cursor has come; None before it."""
        value = None if entry is None else self._bridge.cursor.value(entry)
        return None if value is None else np.asarray(value, dtype=float)

    @property
    def place_entry(self) -> int | None:
        """The entry that says where a code lies: its mean where it is drawn, else itself."""
        return self.entries.code if self.entries.mean is None else self.entries.mean

    def held_out_codes(self) -> Numbers:
        """Codes (N, Z) of the images that are not learned from, without noise, with the weights that are shown."""
        return self._model.encoded(self.network.parameters, self._held_out, self._settings, self._sizes).astype(float)

    # --- images --------------------------------------------------------------------------------------------------

    def decoded(self, z: Numbers) -> Numbers:
        """Images (N, height, width) out of codes (N, Z)."""
        dtype = self._settings.text("dtype")
        made = self._model.decoded(self.network.parameters, z.astype(dtype), self._settings, self._sizes)
        return made.astype(float).reshape(len(z), *self.image)

    def given(self, sequence: int) -> Numbers:
        """An image of the batch as it was given."""
        tape = self._bridge.tape
        x = next(step for step in tape.steps if step.role is Role.INPUT)
        return np.asarray(x.value, dtype=float)[sequence].reshape(self.image)

    def point(self, across: float, up: float, axes: tuple[int, int]) -> Numbers:
        """A code (Z,) with two of its units given and all others 0."""
        z = np.zeros(self.units)
        z[axes[0]] = across
        if self.units > 1:
            z[axes[1]] = up
        return z
