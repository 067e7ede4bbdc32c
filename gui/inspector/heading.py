"""The top of the inspector: the entry's name, phase, operation, time step and address."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.scope import ScopeKind
from engine.tape import Phase
from gui.appearance import Appearance
from gui.inspector.formula_lines import FormulaLines
from gui.inspector.formula_sheet import FormulaLine
from gui.inspector.quiet_label import QuietLabel
from gui.inspector.subject import Subject
from gui.language import translatable
from gui.typesetting.formula_preparation import FormulaPreparation

_PHASES = {
    Phase.FORWARD: translatable("Forward pass"),
    Phase.BACKWARD: translatable("Backward pass"),
    Phase.UPDATE: translatable("Weight update"),
}
_GROUNDS = {Phase.FORWARD: "forward_ground", Phase.BACKWARD: "backward_ground", Phase.UPDATE: "parameter_ground"}
_INKS = {Phase.FORWARD: "forward", Phase.BACKWARD: "backward_ink", Phase.UPDATE: "parameter"}


class Heading(QWidget):
    """Signals: follow_wanted: the user no longer wants to look at the selected entry but at the cursor's."""

    follow_wanted = Signal()

    def __init__(
        self, appearance: Appearance, preparation: FormulaPreparation, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._name = FormulaLines(appearance, preparation, self)
        self._foreseen: FormulaLine | None = None
        self._tags = _Tags(appearance, self)
        self._address = QuietLabel(appearance, self, family="mono")
        self._follow = QToolButton(self)
        self._follow.setAutoRaise(False)
        self._follow.clicked.connect(self.follow_wanted)
        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._follow, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self._tags)
        layout.addWidget(self._address)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def show_subject(self, subject: Subject | None) -> None:
        """Show whose panel this is; None for nothing."""
        if subject is None:
            self._name.show_lines([])
            self._tags.set_tags([])
            self._address.show_text("")
            self._follow.hide()
            return
        say, step, phase = self._appearance.say, subject.step, subject.phase
        self._name.show_lines([self._named(subject)])
        tags = [(say(_PHASES[phase]), _GROUNDS[phase], _INKS[phase])]
        time = step.scope.enclosing(ScopeKind.TIME)
        if time is not None:
            tags.append((f"{time.name.partition('=')[0]} = {time.number}", "surface_sunken", "ink"))
        if subject.index in subject.cursor.tape.captions:
            tags.append((subject.cursor.tape.captions[subject.index], "surface_sunken", "ink"))
        if step.operation is not None:
            tags.append((f"{step.operation.symbol}  {step.operation.name}", "surface_sunken", "ink"))
        self._tags.set_tags(tags)
        self._address.show_text(subject.cursor.addresses[subject.index])
        self._follow.setVisible(subject.picked)

    def foresee(self, subject: Subject) -> None:
        """Write the name of an entry that may be shown next."""
        self._foreseen = self._named(subject)
        self._name.foresee([self._foreseen])

    def _named(self, subject: Subject) -> FormulaLine:
        latex, foreseen = subject.names.latex(subject.index), self._foreseen
        known = foreseen is not None and foreseen.pieces == [latex]
        return foreseen if foreseen is not None and known else FormulaLine([latex], size=21.0)

    @property
    def address(self) -> str:
        """The address as shown in full."""
        return self._address.text()

    def _update_appearance(self) -> None:
        look = self._appearance
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(look.whole_px(5))
        self._follow.setText(look.say("Follow the cursor"))
        self._follow.setToolTip(look.say("Show the step at the cursor again instead of the selected one."))
        self._follow.setFont(look.font(11.5))


class _Tags(QWidget):
    """Short words on tinted grounds, wrapped."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._tags: list[tuple[str, str, str]] = []
        self._places: list[QRectF] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._update_places)

    def set_tags(self, tags: list[tuple[str, str, str]]) -> None:
        """Show (text, ground, ink) triples."""
        if tags != self._tags:
            self._tags = tags
            self.setAccessibleName(", ".join(text for text, _, _ in tags))
            self._update_places()

    def _update_places(self) -> None:
        look = self._appearance
        metrics = QFontMetricsF(look.font(12.0))
        height, gap = metrics.height() + look.px(4), look.px(6)
        x = y = 0.0
        self._places = []
        for text, _, _ in self._tags:
            width = metrics.horizontalAdvance(text) + look.px(16)
            if x and x + width > self.width():
                x, y = 0.0, y + height + gap
            self._places.append(QRectF(x, y, width, height))
            x += width + gap
        self.setFixedHeight(round(y + height + 1) if self._tags else 0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(200), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_places()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(12.0))
        for (text, ground, ink), place in zip(self._tags, self._places, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(ground))
            painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
            painter.setPen(look.color(ink))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.end()
