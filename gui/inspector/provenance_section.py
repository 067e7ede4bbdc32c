"""Where an entry comes from and where it goes: links that select other entries."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.inspector.entry_links import MOST, EntryLinks
from gui.inspector.section import Section
from gui.inspector.subject import Subject
from gui.typesetting.formula_preparation import FormulaPreparation


class ProvenanceSection(Section):
    """Signals: entry_wanted(index)."""

    entry_wanted = Signal(int)

    def __init__(
        self, appearance: Appearance, preparation: FormulaPreparation, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent)
        self._inputs = EntryLinks(appearance, preparation, self)
        self._users = EntryLinks(appearance, preparation, self)
        self._forward = EntryLinks(appearance, preparation, self)
        for links in (self._inputs, self._users, self._forward):
            links.entry_wanted.connect(self.entry_wanted)
            self.body.addWidget(links)

    @property
    def inputs(self) -> EntryLinks:
        """Links to the operands."""
        return self._inputs

    @property
    def users(self) -> EntryLinks:
        """Links to the steps that take the entry."""
        return self._users

    def show_subject(self, subject: Subject | None) -> None:
        """Show the neighbours of an entry; None for none."""
        self.set_title(self._appearance.say("Provenance"))
        self.setVisible(subject is not None)
        if subject is None:
            return
        say, names = self._appearance.say, subject.names
        inputs = list(dict.fromkeys(tensor.index for tensor in subject.step.inputs))
        users = names.users.get(subject.index, [])
        span = names.places.span_of.get(subject.index) or names.places.added_by.get(subject.index)
        forward = [] if span is None else [span.of]
        for links, caption, entries in (
            (self._inputs, say("made from"), inputs),
            (self._users, say("used by"), users),
            (self._forward, say("differentiates"), forward),
        ):
            links.setVisible(bool(entries))
            if entries:
                shown = [(entry, names.latex(entry)) for entry in entries[:MOST]]
                links.show_entries(caption, shown, len(entries) - len(shown))
