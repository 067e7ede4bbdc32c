"""The view of the vanishing and exploding lab: one experiment that follows its sliders."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.analysis.activation_slope import SLOPES
from engine.analysis.recurrent_weight import RecurrentWeightError, recurrent_weights
from engine.analysis.vanishing import Numbers
from engine.analysis.vanishing_lab import LabResult, LabSetup, VanishingLab, chapter_6
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.paragraph import Paragraph
from gui.typesetting.plain_text import plain_text
from gui.views.flush_column import FlushColumn
from gui.views.lab_arrangement import arrange
from gui.views.lab_controls import LabControls
from gui.views.lab_curves import LabCurves
from gui.views.lab_paths import path_word
from gui.views.lab_sentences import verdict
from gui.views.lab_spectrum import LabSpectrum
from gui.views.lab_table import LabTable
from gui.views.number_text import number_text
from gui.views.sentence import Sentence
from gui.views.view_header import ViewHeader


class LabView(QWidget):
    """Sliders, curves, singular values, numbers; the lesson's own weight follows the iteration that is open."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._lab = VanishingLab()
        self._setup = LabSetup()
        self._result = self._lab.answer(self._setup)
        self._weights = recurrent_weights(bridge.tape)
        self._names: dict[str, str] = {}
        self._stale = True
        self._arranged = ""
        self._build()
        self._update_appearance()
        self._controls.changed.connect(self._take_setup)
        self._curves.pointed.connect(self._update_reading)
        bridge.tape_changed.connect(self._update_tape)
        appearance.changed.connect(self._update_appearance)

    @property
    def setup(self) -> LabSetup:
        """What is asked."""
        return self._setup

    @property
    def result(self) -> LabResult:
        """What came of it; of the last setup that was not refused."""
        return self._result

    @property
    def refused(self) -> bool:
        """Whether there is no answer."""
        return not self._refused.isHidden()

    @property
    def controls(self) -> LabControls:
        """Sliders and boxes."""
        return self._controls

    @property
    def curves(self) -> LabCurves:
        """The curves."""
        return self._curves

    @property
    def table(self) -> LabTable:
        """The numbers."""
        return self._table

    @property
    def presets(self) -> tuple[QAction, QAction, QAction]:
        """Chapter 6 with scale 1 and 0.5; the lesson's own weight."""
        return self._whole, self._half, self._own

    @property
    def relative(self) -> QAction:
        """Whether norms are divided by that at T."""
        return self._relative

    @property
    def verdict(self) -> str:
        """The sentences below the curves, or why there are none."""
        return self._refused.text() or self._verdict.text()

    def show_setup(self, setup: LabSetup) -> None:
        """Ask something else."""
        self._take_setup(setup)

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._whole, self._half, self._own = (self._header.add_switch() for _ in range(3))
        self._relative = self._header.add_switch(True)
        self._controls = LabControls(self._setup, self._appearance, self)
        self._header.add_widget(self._controls.weight)
        self._curves = LabCurves(self._result, self._appearance, self)
        self._spectrum = LabSpectrum(self._result, self._appearance, self)
        self._table = LabTable(self._result, self._appearance, self)
        self._verdict = Paragraph(parent=self)
        self._refused = Sentence(self._appearance, self)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        column = FlushColumn(self)
        column.addWidget(self._header)
        column.addWidget(self._refused)
        column.addLayout(self._grid, 1)
        self._whole.triggered.connect(lambda: self._take_preset(chapter_6(1.0)))
        self._half.triggered.connect(lambda: self._take_preset(chapter_6(0.5)))
        self._own.triggered.connect(self._take_own)
        self._relative.toggled.connect(self._show)

    # --- asking -------------------------------------------------------------------------------------------------

    def _take_setup(self, setup: LabSetup) -> None:
        self._setup = setup
        self._answer()

    def _take_preset(self, setup: LabSetup) -> None:
        self._relative.blockSignals(True)
        self._relative.setChecked(False)  # the book's numbers are norms as they are
        self._relative.blockSignals(False)
        self._take_setup(setup)

    def _take_own(self) -> None:
        names = list(self._weights)
        activation = self._bridge.settings.text("activation") if "activation" in self._bridge.settings.declared else ""
        through = activation if activation in SLOPES else "tanh"
        self._take_setup(LabSetup(source=names[0] if names else "", by_radius=False, size=1.0, through=through))

    def _matrix(self) -> Numbers | None:
        """The lesson's weight, where it is the source."""
        if not self._setup.source:
            return None
        entry = self._weights[self._setup.source]
        return np.asarray(self._bridge.tape[entry].value, dtype=float)

    def _answer(self) -> None:
        self._stale = False
        try:
            self._result = self._lab.answer(self._setup, self._matrix())
            if self.refused:
                self._refused.clear()
        except RecurrentWeightError as error:
            self._refused.say(error)
        self._show()

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        """Another iteration, or another lesson: its own weight may be another, or gone."""
        self._weights = recurrent_weights(self._bridge.tape)
        if self._setup.source and self._setup.source not in self._weights:
            self._setup = LabSetup()
        self._update_names()
        if self.isVisible():
            self._answer()
        else:
            self._stale = True

    def _update_names(self) -> None:
        """What the lesson's weights are called in the notation."""
        labels = self._appearance.labels(self._bridge.tape)
        self._names = {name: plain_text(labels.parameter(name).latex) for name in self._weights}

    def _show(self) -> None:
        relative = self._relative.isChecked()
        units = self._result.weight.units if self._setup.source else self._setup.units
        self._controls.show_setup(self._setup, self._names, units)
        for part in (self._curves, self._spectrum, self._table, self._verdict):
            part.setVisible(not self.refused)
        self._curves.show_result(self._result, relative=relative)
        self._spectrum.show_result(self._result)
        self._table.show_result(self._result, relative=relative)
        words = verdict(self._result, self._appearance)
        if words != self._verdict.text():
            self._verdict.setText(words)
        self._whole.setChecked(self._setup == chapter_6(1.0))
        self._half.setChecked(self._setup == chapter_6(0.5))
        self._own.setChecked(bool(self._setup.source))
        self._own.setEnabled(bool(self._weights))
        self._own.setToolTip(
            self._appearance.say("The recurrent weight of this lesson at the iteration that is open.") if self._weights
            else self._appearance.say("This lesson has no square recurrent weight.")
        )  # fmt: skip
        self._update_reading()

    def _update_reading(self, _: str = "") -> None:
        time = self._curves.time
        if self.refused:
            self._header.reading.set_text("")
        elif time is not None and self._result.norms:
            self._header.reading.set_text(self._curves.reading(time))
        else:
            self._header.reading.set_text(self._summary())

    def _summary(self) -> str:
        path = self._setup.through
        if path not in self._result.norms:
            return ""
        norms = self._result.norms[path]
        with np.errstate(all="ignore"):
            share = float(norms[0] / norms[-1])
        return self._appearance.say(
            "{name}: after {steps} steps back {share} times as large",
            name=path_word(path, self._appearance), steps=self._setup.steps, share=number_text(share, 3),
        )  # fmt: skip

    def _update_appearance(self) -> None:
        say, whole = self._appearance.say, self._appearance.whole_px
        self._whole.setText(say("ch. 6, scale 1"))
        self._half.setText(say("ch. 6, scale 0.5"))
        self._own.setText(say("the lesson's own W_h"))
        self._relative.setText(say("relative to T"))
        book = say("As in chapter 6 of the book: H = 3, T = 20, W_h from N(0, 1) with seed 3, no activation.")
        self._whole.setToolTip(book)
        self._half.setToolTip(book)
        self._relative.setToolTip(say("Divide every norm by that at t = T; else it is √Σ(dH)² / N."))
        self._verdict.setFont(self._appearance.font(12.5))
        self._verdict.setContentsMargins(whole(10), whole(2), whole(10), whole(4))
        self._curves.setAccessibleName(say("Norm of the gradient at each time step, going back"))
        self._spectrum.setAccessibleName(say("Singular values of W_h and of ∂h^t/∂h^k"))
        self._table.setAccessibleName(say("Norms after 1, 2, 5, 10 … steps back"))
        self._arrange()
        self._update_names()
        self._curves.redraw()
        self._spectrum.update()
        if self.isVisible():
            self._show()
        else:
            self._stale = True

    def _arrange(self) -> None:
        parts = (self._controls, self._curves, self._spectrum, self._table, self._verdict)
        self._arranged = arrange(self._grid, parts, self.size(), self._appearance, self._arranged)

    # --- Qt -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self._answer()
