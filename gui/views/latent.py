"""The view of codes: an autoencoder's plane, or what a dialogue draws for each utterance."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.empty_notice import EmptyNotice
from gui.views.flush_column import FlushColumn
from gui.views.latent_codes import autoencodes
from gui.views.latent_map import LatentMap
from gui.views.latent_utterances import LatentUtterances
from gui.views.sequence_box import SequenceBox
from gui.views.utterance_codes import utterances_on
from gui.views.view_header import ViewHeader


class LatentView(QWidget):
    """Shows whichever the open tape has; a sentence where it has neither."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._map: LatentMap | None = None
        self._utterances: LatentUtterances | None = None
        self._is_current = False
        self._build()
        self._update_appearance()
        self._update_tape()
        self._images.toggled.connect(self._update_layers)
        self._held_out.toggled.connect(self._update_layers)
        self._example.valueChanged.connect(self._update_example)
        self._across.valueChanged.connect(self._update_pair)
        self._up.valueChanged.connect(self._update_pair)
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.history_changed.connect(self._update_cursor)
        bridge.busy_changed.connect(self._update_cursor)
        appearance.changed.connect(self._update_appearance)

    @property
    def map(self) -> LatentMap | None:
        """The plane of an autoencoder."""
        return self._map

    @property
    def utterances(self) -> LatentUtterances | None:
        """What a dialogue draws."""
        return self._utterances

    @property
    def reading(self) -> str:
        """What is read at the right of the options."""
        return self._header.reading.text

    @property
    def sentence(self) -> str:
        """What is said where there is nothing to show."""
        return "" if self._nothing.isHidden() else self._nothing.text()

    def show_example(self, example: int) -> None:
        """Look at another example of the batch, from 0."""
        self._example.setValue(example + 1)

    def show_pair(self, across: int, up: int) -> None:
        """Let two units lie along the sides of the plane."""
        self._across.setValue(across)
        self._up.setValue(up)

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._images, self._held_out = self._header.add_switch(on=True), self._header.add_switch(on=True)
        self._example = SequenceBox(self._bridge, self._appearance, self)
        self._across, self._up = QSpinBox(self), QSpinBox(self)
        for field in (self._up, self._across, self._example):
            self._header.add_widget(field)
        self._nothing = EmptyNotice(self._appearance, self)
        self._column = FlushColumn(self)
        self._column.addWidget(self._header)
        self._column.addWidget(self._nothing, 1)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        self._is_current = False
        if not self.isVisible():
            return
        self._is_current = True
        wants_map, wants_utterances = autoencodes(self._bridge), bool(utterances_on(self._bridge.tape))
        if self._map is not None and not wants_map:
            _drop(self._map)
            self._map = None
        if self._utterances is not None and (wants_map or not wants_utterances):
            _drop(self._utterances)
            self._utterances = None
        if wants_map:
            self._show_map()
        elif wants_utterances:
            self._show_utterances()
        self._nothing.setVisible(not wants_map and not wants_utterances)
        self._header.setVisible(wants_map or wants_utterances)
        self._update_reading()

    def _show_map(self) -> None:
        if self._map is None:
            self._map = LatentMap(self._bridge, self._appearance, self)
            self._column.addWidget(self._map, 1)
            self._map.picked.connect(self.show_example)
            self._map.reading_changed.connect(self._update_reading)
            self._update_layers()
        else:
            self._map.update_tape()
        codes = self._map.codes
        self._example.set_batch(len(codes.kinds))
        chooses = codes.units > 2
        for field, start in ((self._across, 0), (self._up, 1)):
            was_single = field.maximum() == 0
            field.setMaximum(codes.units - 1)
            if was_single or not chooses:
                field.setValue(min(start, codes.units - 1))
            field.setVisible(chooses)
        for switch in (self._images, self._held_out):
            switch.setVisible(True)
        self._update_pair()
        self._update_example()
        self._map.update_weights()

    def _show_utterances(self) -> None:
        if self._utterances is None:
            self._utterances = LatentUtterances(self._bridge, self._appearance, self)
            self._column.addWidget(self._utterances, 1)
            self._utterances.pointed.connect(self._header.reading.set_text)
        else:
            self._utterances.update_tape()
        self._example.set_batch(self._utterances.batch)
        for field in (self._across, self._up):
            field.setVisible(False)
        for switch in (self._images, self._held_out):
            switch.setVisible(False)
        self._update_example()

    def _update_cursor(self) -> None:
        if not self.isVisible():
            return
        if not self._is_current:
            self._update_tape()
        elif self._map is not None:
            self._map.update_weights()
            self._update_reading()
        elif self._utterances is not None:
            self._utterances.update_cursor()

    def _update_layers(self) -> None:
        if self._map is not None:
            self._map.plane.show_layers(self._images.isChecked(), self._held_out.isChecked())

    def _update_example(self) -> None:
        example = self._example.sequence
        if self._map is not None:
            self._map.show_example(example)
        if self._utterances is not None:
            self._utterances.show_sequence(example)

    def _update_pair(self) -> None:
        if self._map is not None:
            self._map.show_pair(self._across.value(), self._up.value())

    def _update_reading(self) -> None:
        self._header.reading.set_text("" if self._map is None else self._map.reading)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._images.setText(say("Decoded images"))
        self._images.setToolTip(say("What the decoder makes of each place of the plane."))
        self._held_out.setText(say("Held-out images"))
        self._held_out.setToolTip(say("Codes of images that are not learned from, without noise."))
        for field, text in (
            (self._across, say("The latent unit along the plane's width; those not shown are 0.")),
            (self._up, say("The latent unit along the plane's height; those not shown are 0.")),
        ):
            field.setToolTip(text)
            field.setAccessibleName(text)
        self._across.setPrefix("→ z ")
        self._up.setPrefix("↑ z ")
        self._nothing.show_text(say("This network has no latent variable: it makes no codes and draws none."))
        if self._map is not None:
            self._map.update_appearance()
        self._update_reading()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_current:
            self._update_tape()
        else:
            self._update_cursor()


def _drop(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
