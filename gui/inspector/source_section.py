"""The source of a step: the line that made it, and for a step of a gradient rule the forward line it differentiates."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from engine.source import source_place
from engine.tape import Phase
from gui.appearance import Appearance
from gui.inspector.section import Section
from gui.inspector.source_view import SourceView
from gui.inspector.subject import Subject


class SourceSection(Section):
    """File, line and function, and the text around it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._forward = QLabel(self)
        self._forward.setWordWrap(True)
        self._view = SourceView(appearance, self)
        self.body.addWidget(self._view)
        self.body.addWidget(self._forward)
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
        self._forward.setText(self._forward_line(subject) if subject is not None else "")
        self._forward.setVisible(bool(self._forward.text()))

    def _forward_line(self, subject: Subject) -> str:
        if subject.phase is not Phase.BACKWARD:
            return ""
        places = subject.names.places
        span = places.span_of.get(subject.index) or places.added_by.get(subject.index)
        forward = source_place(subject.tape.steps[span.of]) if span is not None else None
        if forward is None:
            return ""
        return self._appearance.say(
            "Gradient of {file}, line {line}:  {text}", file=forward.file, line=forward.line, text=forward.text()
        )

    def _update_appearance(self) -> None:
        look = self._appearance
        self._forward.setFont(look.font(11.5))
        self._view.setAccessibleName(look.say("Source"))
