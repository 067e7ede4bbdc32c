"""The view of the network as a graphical model: with its hidden state, and with all that this state stands for."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from engine.analysis.graphical_model import table_parameters, with_hidden_state, without_hidden_state
from engine.analysis.series import has_time_steps, parameters, time_name
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.paragraph import Paragraph
from gui.views.dependency_picture import DependencyPicture
from gui.views.flow_row import FlowRow

_LONGEST, _MOST_VALUES = 12, 1000
_FIELDS = {
    "length": (translatable("Time steps"), 1, _LONGEST),
    "inputs": (translatable("Values of x"), 2, _MOST_VALUES),
    "outputs": (translatable("Values of y"), 2, _MOST_VALUES),
}
_REMARKS = {
    "tree": translatable("This network follows a tree, not a line: there a node's state depends on its two children."),
    "both": translatable(
        "This network reads in both directions: h^t stands for a state from each side, so that y^t depends on every x."
    ),
    "back": translatable("In this network y^(t−1) is also an input of h^t."),
    "timeless": translatable(
        "This network computes all at once, without time steps and without a hidden state: neither picture is its own."
    ),
    "end": translatable("In this lesson only the last time step has an answer y."),
}


class GraphicalModelView(QWidget):
    """Two graphs side by side, each with the number of parameters it needs."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._build()
        self._update_lesson()
        self._update_appearance()
        bridge.lesson_changed.connect(self._update_lesson)
        bridge.tape_changed.connect(self._update_counts)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._labels = {name: QLabel() for name in _FIELDS}
        self._fields = {name: QSpinBox() for name in _FIELDS}
        cells: list[QWidget] = []
        for name, (_, least, most) in _FIELDS.items():
            self._fields[name].setRange(least, most)
            self._fields[name].valueChanged.connect(self._update_counts)
            self._labels[name].setBuddy(self._fields[name])
            cells += [self._labels[name], self._fields[name]]
        self._head = FlowRow(*cells)
        self._pictures = (
            DependencyPicture(with_hidden_state(1), self._bridge, self._appearance),
            DependencyPicture(without_hidden_state(1), self._bridge, self._appearance),
        )
        self._titles, self._counts = (QLabel(), QLabel()), (Paragraph(), Paragraph())
        sides = QHBoxLayout()
        for title, picture, count in zip(self._titles, self._pictures, self._counts, strict=True):
            title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column = QVBoxLayout()
            column.addWidget(title)
            column.addWidget(picture, 1)
            column.addWidget(count)
            sides.addLayout(column, 1)
        self._remark = Paragraph()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._head)
        self._layout.addLayout(sides, 1)
        self._layout.addWidget(self._remark)

    @property
    def remark(self) -> str:
        """How the open network differs from the picture; empty where it does not."""
        return self._remark.text()

    def _remarks(self) -> list[str]:
        settings, task = self._bridge.settings, self._bridge.lesson.task
        found = {
            "tree": time_name(self._bridge.tape) != "t",
            "timeless": not has_time_steps(self._bridge.tape),
            "both": "bidirectional" in settings and settings.switch("bidirectional"),
            "back": "feedback" in settings and settings.text("feedback") != "nothing",
            "end": task.sizes(settings).at_end,
        }
        return [name for name, holds in found.items() if holds]

    def counts(self) -> tuple[int, int]:
        """Parameters of the network, and of the tables that would do without it."""
        tape = self._bridge.tape
        network = sum(math.prod(tape[index].shape) for index in parameters(tape).values())
        values = {name: field.value() for name, field in self._fields.items()}
        return network, table_parameters(values["inputs"], values["outputs"], values["length"])

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_lesson(self) -> None:
        """Begin with the lesson's own numbers: an input of D bits can take 2^D values."""
        sizes = self._bridge.lesson.task.sizes(self._bridge.settings)
        inputs = sizes.inputs if sizes.vocabulary else 2 ** min(sizes.inputs, 9)
        start = {"length": min(sizes.length, 6), "inputs": inputs, "outputs": max(2, sizes.outputs)}
        for name, value in start.items():
            self._fields[name].setValue(value)
        self._update_counts()

    def _update_counts(self, _=None) -> None:
        say = self._appearance.say
        length = self._fields["length"].value()
        self._pictures[0].show_graph(with_hidden_state(length))
        self._pictures[1].show_graph(without_hidden_state(length))
        self._remark.setText(" ".join(say(_REMARKS[name]) for name in self._remarks()))
        self._remark.setVisible(bool(self._remark.text()))
        network, table = self.counts()
        self._counts[0].setText(
            say("{count} parameters, the same for every time step and for any length.", count=f"{network:,}")
        )
        digits = len(str(table))
        written = f"{table:,}" if digits <= 15 else f"≈ 10^{digits - 1}"
        self._counts[1].setText(
            say(
                "Tables need (K − 1) · Σ D^t = {count} parameters for {length} time steps; one more: {factor} times.",
                count=written, length=length, factor=f"{self._fields['inputs'].value():,}",
            )  # fmt: skip
        )

    def _update_appearance(self) -> None:
        look, say = self._appearance, self._appearance.say
        margin = look.whole_px(6)
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._head.set_space(look.whole_px(10))
        for name, (text, _, _) in _FIELDS.items():
            self._labels[name].setText(say(text))
            self._fields[name].setAccessibleName(say(text))
        texts = (say("With a hidden state: a directed graphical model"), say("Without it: every dependency"))
        for title, text, picture in zip(self._titles, texts, self._pictures, strict=True):
            title.setText(text)
            title.setFont(look.font(13, bold=True))
            picture.setAccessibleName(text)
        self._update_counts()
