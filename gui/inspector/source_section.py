"""The source of a step: the line that made it, and for a step of a gradient rule the forward line it differentiates."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from engine.source import source_place
from engine.tape import Phase
from engine.tensor import Role, Tensor
from gui.appearance import Appearance
from gui.inspector.section import Section
from gui.inspector.source_names import source_names
from gui.inspector.source_view import SourceView
from gui.inspector.subject import Subject
from gui.notation.labels import Labels
from gui.notation.markup import html
from gui.paragraph import Paragraph

_NAMES_LINE = 19.0
"""Height of a line of names, px before scaling."""


class SourceSection(Section):
    """File, line and function, and the text around it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._forward = Paragraph(parent=self)
        self._view = SourceView(appearance, self)
        self._names = QLabel(self)
        self._names.setWordWrap(True)
        self._names.setTextFormat(Qt.TextFormat.RichText)
        self.body.addWidget(self._view)
        self.body.addWidget(self._forward)
        self.body.addWidget(self._names)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    @property
    def view(self) -> SourceView:
        """The text."""
        return self._view

    def show_subject(self, subject: Subject | None) -> None:
        """Show the source of an entry; None for none."""
        place = None if subject is None else source_place(subject.step)
        say = self._appearance.say
        self.setVisible(subject is not None)
        self._view.setVisible(place is not None)
        self._view.show_place(place)
        if place is None:
            self.set_title(say("Source"), say("given, not computed"))
        else:
            name = place.file.rpartition("/")[2]
            tip = say("{file}, line {line}, in {function}", file=place.file, line=place.line, function=place.function)
            self.set_title(say("Source"), say("{file}, line {line}", file=name, line=place.line), tip)
        forward = self._forward_line(subject) if subject is not None else ""
        if forward != self._forward.text():
            self._forward.setText(forward)
        self._forward.setVisible(bool(self._forward.text()))
        self._names.setText(self._name_line(subject) if subject is not None else "")
        self._names.setVisible(bool(self._names.text()))

    def foresee(self, subject: Subject) -> None:
        """Read and colour the file of an entry that may be shown next."""
        place = source_place(subject.step)
        if place is not None:
            self._view.prepare(place)
        self._name_line(subject)

    @property
    def names(self) -> str:
        """What the names in the line stand for, rich text; empty where there are none."""
        return self._names.text()

    def _name_line(self, subject: Subject) -> str:
        """``h_previous`` is H², ``W_x_f`` is …: the program's names in the notation of the screen."""
        step = _forward_step(subject)
        found = source_names(subject.tape, step) if step is not None else []
        if not found:
            return ""
        labels = subject.names.labels
        pairs = [f"{escape(word)}&nbsp;→&nbsp;{_labelled(labels, tensor)}" for word, tensor in found]
        text = f"{escape(self._appearance.say('Names in this line:'))} {' &nbsp; '.join(pairs)}"
        # Fixed: scripts, and the fonts that signs are taken from, would part the lines.
        height = self._appearance.whole_px(_NAMES_LINE)
        return f'<p style="margin: 0; -qt-line-height-type: fixed; line-height: {height}px">{text}</p>'

    def _forward_line(self, subject: Subject) -> str:
        step = _forward_step(subject)
        if subject.phase is not Phase.BACKWARD or step is None:
            return ""
        forward = source_place(step)
        if forward is None:
            return ""
        return self._appearance.say(
            "Gradient of {file}, line {line}:  {text}", file=forward.file, line=forward.line, text=forward.text()
        )

    def _update_appearance(self) -> None:
        look = self._appearance
        self._forward.setFont(look.font(11.5))
        self._names.setFont(look.font(12.0, family="math"))
        self._view.setAccessibleName(look.say("Source"))


def _forward_step(subject: Subject) -> Tensor | None:
    """The step itself, or the forward step that it differentiates; None in the update."""
    if subject.phase is Phase.FORWARD:
        return subject.step
    places = subject.names.places
    span = places.span_of.get(subject.index) or places.added_by.get(subject.index)
    return subject.tape.steps[span.of] if span is not None else None


def _labelled(labels: Labels, tensor: Tensor) -> str:
    """A tensor's name, and for a parameter the library's where the notation is of one."""
    stored = labels.stored_name(tensor.symbol) if tensor.role is Role.PARAMETER else ""
    return html(labels.symbol(tensor)) + (f" ({escape(stored)})" if stored else "")
