"""What can be turned in the lab: sliders for every number, boxes for the paths."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.analysis.activation_slope import SLOPES
from engine.analysis.vanishing_lab import MOST_STEPS, LabSetup
from gui.appearance import Appearance
from gui.views.flow_plot import activation_word
from gui.views.flow_row import FlowRow
from gui.views.lab_paths import PATHS, path_word
from gui.views.lab_slider import LabSlider, Reach

_REACHES = {
    "size": Reach(0.0, 6.0, 0.01, 2),
    "steps": Reach(1, MOST_STEPS),
    "units": Reach(1, 64),
    "seed": Reach(0, 99),
    "inputs": Reach(0.0, 5.0, 0.05, 2),
    "forget": Reach(0.0, 1.0, 0.005, 3),
    "threshold": Reach(0.0, 1000.0, 0.1, 2, decades=(-2, 3)),
    "later": Reach(0, MOST_STEPS),
    "earlier": Reach(0, MOST_STEPS),
}
_WHOLE = {"steps", "units", "seed", "later", "earlier"}


class Choice(QComboBox):
    """A choice that leaves the wheel to the panel around it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class LabControls(QWidget):
    """Shows a setup and lets it be changed.

    Attributes:
        weight: which W_h, and how it is scaled; whoever makes the controls places it.
        sliders: by the name of their number.
        boxes: by path.

    Signals: changed(setup), by the user.
    """

    changed = Signal(object)

    def __init__(self, setup: LabSetup, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._setup = setup
        self._own: dict[str, str] = {}
        self.weight = Choice(self)
        self._through = Choice(self)
        self._through.addItems(list(SLOPES))
        self.sliders = {name: LabSlider(reach, appearance) for name, reach in _REACHES.items()}
        self.boxes = {name: QCheckBox(self) for name in PATHS}
        self._build()
        self._update_appearance()
        self._connect()
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._pair = QWidget(self)
        self._of = QLabel(self._pair)
        pair = QHBoxLayout(self._pair)
        pair.addWidget(self._of)
        pair.addWidget(self._through, 1)
        sliders = [self.sliders[name] for name in _REACHES]
        self._rows = FlowRow(*sliders[:-2], self._pair, *sliders[-2:])
        self._paths = FlowRow(*self.boxes.values())
        column = QVBoxLayout(self)
        column.addWidget(self._paths)
        column.addWidget(self._rows)
        column.addStretch(1)

    def _connect(self) -> None:
        for name, slider in self.sliders.items():
            self._connect_slider(name, slider)
        for box in self.boxes.values():
            box.clicked.connect(self._take_paths)
        self.weight.activated.connect(self._take_weight)
        self._through.activated.connect(lambda place: self._offer(through=list(SLOPES)[place]))

    def _connect_slider(self, name: str, slider: LabSlider) -> None:
        slider.moved.connect(lambda value: self._offer(**{name: int(value) if name in _WHOLE else value}))

    def show_setup(self, setup: LabSetup, own: dict[str, str], units: int) -> None:
        """Show a setup.

        Args:
            own: name → name on the screen of the lesson's recurrent weights, which can be chosen as the source.
            units: H, which is given where the source is the lesson's.
        """
        self._setup = setup
        if own != self._own:
            self._own = dict(own)
            self._update_weights()
        self.weight.setCurrentIndex(self._weights.index((setup.source, setup.by_radius)))
        self._update_size_words()
        earlier, later = setup.span
        self.sliders["units"].set_most(max(_REACHES["units"].most, units))
        self.sliders["later"].set_most(setup.steps)
        self.sliders["earlier"].set_most(later)
        for name, slider in self.sliders.items():
            slider.show_value({"later": later, "earlier": earlier, "units": units}.get(name, getattr(setup, name)))
        self.sliders["units"].setEnabled(not setup.source)
        self._through.setCurrentIndex(list(SLOPES).index(setup.through))
        for name, box in self.boxes.items():
            box.setChecked(name in setup.paths)

    def _offer(self, **values: object) -> None:
        if values.get("later") == self._setup.steps:
            values["later"] = -1  # follows T from now on
        self.changed.emit(replace(self._setup, **values))  # type: ignore[arg-type]

    def _take_paths(self) -> None:
        self._offer(paths=frozenset(name for name, box in self.boxes.items() if box.isChecked()))

    @property
    def _weights(self) -> list[tuple[str, bool]]:
        """(source, whether it is scaled to a spectral radius) of every choice."""
        return [("", True), ("", False), *((name, by_radius) for name in self._own for by_radius in (False, True))]

    def _take_weight(self, place: int) -> None:
        source, by_radius = self._weights[place]
        # A lesson's weight as it is, until somebody scales it.
        size = {"size": 1.0} if source and source != self._setup.source else {}
        self._offer(source=source, by_radius=by_radius, **size)

    def _update_weights(self) -> None:
        say = self._appearance.say
        texts = [say("W_h drawn, of a spectral radius"), say("W_h from N(0, 1), times a factor")]
        for name in self._own.values():
            texts += [say("the lesson's {name}, times a factor", name=name),
                      say("the lesson's {name}, of a spectral radius", name=name)]  # fmt: skip
        self.weight.clear()
        self.weight.addItems(texts)

    def _update_appearance(self) -> None:
        whole = self._appearance.whole_px
        self._update_words()
        for place, name in enumerate(SLOPES):
            self._through.setItemText(place, activation_word(name, self._appearance))
        for widget in (self.weight, self._through):
            widget.setProperty("kind", "compact")
            widget.setFont(self._appearance.font(12))
        for name, box in self.boxes.items():
            box.setText(path_word(name, self._appearance))
            box.setFont(self._appearance.font(12))
        self.weight.setFixedWidth(whole(252))
        self._pair.setFixedWidth(whole(240))
        pair = self._pair.layout()
        if pair is not None:
            pair.setContentsMargins(0, 0, whole(6), 0)
        self._of.setText("∂h⁽ᵗ⁾/∂h⁽ᵏ⁾")
        self._of.setFont(self._appearance.font(12))
        self._rows.set_space(whole(2))
        self._paths.set_space(whole(4))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(whole(8), whole(3), whole(4), whole(2))
            layout.setSpacing(whole(2))
        place = self.weight.currentIndex()
        self._update_weights()
        self.weight.setCurrentIndex(max(0, place))

    def _update_words(self) -> None:
        say, sliders = self._appearance.say, self.sliders
        self._update_size_words()
        sliders["steps"].set_words(say("Length T"), say("Number of time steps that the gradient goes back."))
        sliders["units"].set_words(say("Units H"), say("Number of hidden units: W_h is H × H."))
        sliders["seed"].set_words(say("Seed"), say("Of the random W_h and inputs."))
        sliders["inputs"].set_words(say("Inputs"), say(
            "Standard deviation of what comes from below, XW_x + B: it decides where on its curve an activation works."
        ))  # fmt: skip
        sliders["forget"].set_words(say("Forget gate"), say(
            "What the gradient is multiplied by at every step along an LSTM's cell state."
        ))  # fmt: skip
        sliders["threshold"].set_words(say("Clip at"), say(
            "Threshold of gradient clipping: rate = threshold / ‖g‖, and g is multiplied by it where it is below 1."
        ), say("off"))  # fmt: skip
        sliders["later"].set_words("t", say("The later time step of ∂h^t/∂h^k."))
        sliders["earlier"].set_words("k", say("The earlier time step of ∂h^t/∂h^k."))
        self.weight.setAccessibleName(say("Which W_h is studied"))
        self._through.setAccessibleName(say("Activation of ∂h^t/∂h^k"))

    def _update_size_words(self) -> None:
        say = self._appearance.say
        if self._setup.by_radius:
            meaning = say("W_h is scaled so that its largest |eigenvalue| is this.")
            self.sliders["size"].set_words(say("Spectral radius"), meaning)
        else:
            self.sliders["size"].set_words(say("Factor"), say("W_h is multiplied by this."))
