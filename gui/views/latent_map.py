"""An autoencoder's codes: their plane, and beside it what is looked at."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.latent_card import LatentCard, Shown
from gui.views.latent_codes import LatentCodes
from gui.views.latent_plane import LatentPlane
from gui.views.number_text import significant

_SQUARE = 2.0
"""The plane is at most so much wider than high."""
_MOST_UNITS = 12
_SHARE = 0.15
"""While a training runs, the plane takes no more of the window's time."""


class LatentMap(QWidget):
    """The plane follows the cursor's weights and, while a training runs, the newest.

    Signals: reading_changed; picked(example of the batch).
    """

    reading_changed = Signal()
    picked = Signal(int)

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._codes = LatentCodes(bridge)
        self._pair, self._example = (0, min(1, self._codes.units - 1)), 0
        self._seen: object = None
        self._rests_until = 0.0
        self._plane = LatentPlane(self._codes, appearance, self)
        self._card = LatentCard(appearance, self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._plane)
        self._box.addWidget(self._card)
        self._plane.pointed.connect(self._update_card)
        self._plane.picked.connect(self.picked)
        self.update_appearance()

    @property
    def codes(self) -> LatentCodes:
        """What is shown."""
        return self._codes

    @property
    def plane(self) -> LatentPlane:
        """The plane."""
        return self._plane

    @property
    def card(self) -> LatentCard:
        """What is looked at."""
        return self._card

    @property
    def reading(self) -> str:
        """Whose weights are shown, and what is not computed yet."""
        say, codes = self._appearance.say, self._codes
        text = say("Iteration {iteration}", iteration=f"{codes.iteration:,}")
        if codes.live is not None:
            return say("{iteration}, training", iteration=text)
        if codes.revealed(codes.place_entry) is None:
            return say("{iteration} · codes of the batch: not yet computed", iteration=text)
        return text

    def show_pair(self, across: int, up: int) -> None:
        """Let two units lie along the sides, from 0."""
        most = self._codes.units - 1
        self._pair = min(across, most), min(up, most)
        self._plane.show_pair(self._pair, self._names())
        self._update_card()

    def show_example(self, example: int) -> None:
        """Look at another example of the batch, from 0."""
        self._example = example
        self._plane.show_example(example)
        self._update_card()

    def _names(self) -> tuple[str, str]:
        across, up = self._pair
        letter = self._letter("z")
        return f"{letter}_{{{across}}}", "" if self._codes.units == 1 else f"{letter}_{{{up}}}"

    def _letter(self, name: str) -> str:
        return self._appearance.labels(self._bridge.tape).letter(name).latex

    # --- following the model -------------------------------------------------------------------------------------

    def update_tape(self) -> None:
        """Another tape."""
        self._codes = LatentCodes(self._bridge)
        self._seen = None
        self._plane.show_codes(self._codes)
        self.show_pair(*self._pair)

    def update_weights(self) -> None:
        """The cursor has moved, or a training got on: only what has changed is done anew."""
        codes = self._codes
        if codes.is_ahead and time.monotonic() < self._rests_until:
            return
        begun = time.monotonic()
        changed = codes.refresh()
        if changed:
            self._plane.update_weights()
        entries = codes.entries
        seen = tuple(codes.revealed(one) is not None for one in (
            entries.mean, entries.log_variance, entries.spread, entries.noise, entries.code, codes.answer,
        ))  # fmt: skip
        if changed or seen != self._seen:
            self._seen = seen
            self._plane.update()
            self._update_card()
        if changed:
            taken = time.monotonic() - begun + self._plane.painting_seconds
            self._rests_until = begun + taken / _SHARE

    def update_appearance(self) -> None:
        """Another look."""
        say = self._appearance.say
        self._plane.setAccessibleName(say("The plane of codes"))
        self._card.setAccessibleName(say("What a code is decoded to"))
        self._plane.show_pair(self._pair, self._names())
        self._plane.take_appearance()
        self._arrange()
        self._update_card()

    def _update_card(self) -> None:
        codes, say = self._codes, self._appearance.say
        one = min(self._example, len(codes.kinds) - 1)
        code, place = codes.revealed(codes.entries.code), self._plane.place
        if place is not None:
            z = codes.point(*place, self._pair)
            caption = self._in_words(place)
        elif code is not None and codes.live is None:
            z, caption = code[one], say("z of the example")
        else:
            z, caption = np.zeros(codes.units), self._in_words((0.0, 0.0))
        answer = codes.revealed(codes.answer)
        columns = [(name, entry) for name, entry in zip(
            ("mu", "sigma", "eps", "z"),
            (codes.entries.mean, codes.entries.spread, codes.entries.noise, codes.entries.code),
            strict=True,
        ) if entry is not None]  # fmt: skip
        values = [codes.revealed(entry) for _, entry in columns]
        units = list(dict.fromkeys((*self._pair, *range(codes.units))))[:_MOST_UNITS]
        kind = codes.kind_names[int(codes.kinds[one])]
        self._card.show_it(Shown(
            caption, codes.decoded(z[np.newaxis])[0],
            say("Example {number} of the batch: “{kind}”", number=one + 1, kind=kind), codes.given(one),
            None if answer is None else answer[one].reshape(codes.image),
            tuple(self._letter(name) for name, _ in columns),
            tuple((unit, tuple(None if value is None else float(value[one, unit]) for value in values))
                  for unit in sorted(units)),
        ))  # fmt: skip
        self.reading_changed.emit()

    def _in_words(self, place: tuple[float, float]) -> str:
        numbers = [significant(place[0], 3)] if self._codes.units == 1 else [significant(one, 3) for one in place]
        named = [f"z[{unit}] = {number}" for unit, number in zip(self._pair, numbers, strict=False)]
        return ", ".join(named)

    # --- Qt ------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Side by side where it is wide, else under each other."""
        width, height = self.width(), self.height()
        wide = width > 1.2 * height
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        share = min(0.62, _SQUARE * height / max(1, width)) if wide else 0.6
        self._box.setStretch(0, round(100 * share))
        self._box.setStretch(1, 100 - round(100 * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
