"""Where an entry comes from and where it goes: links that select other entries."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.inspector.entry_links import MOST, EntryLinks
from gui.inspector.section import Section
from gui.inspector.subject import Subject
from gui.language import translatable
from gui.typesetting.formula_preparation import FormulaPreparation

_MADE_FROM, _USED_BY, _DIFFERENTIATES = (
    translatable("made from"), translatable("used by"), translatable("differentiates"),
)  # fmt: skip


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
        for links, caption, entries in self._links(subject):
            links.setVisible(bool(entries))
            if entries:
                links.show_entries(self._appearance.say(caption), _named(subject, entries), len(entries) - MOST)

    def foresee(self, subject: Subject) -> None:
        """Write the names of the neighbours of an entry that may be shown next."""
        for links, _, entries in self._links(subject):
            links.foresee(_named(subject, entries))

    def _links(self, subject: Subject) -> list[tuple[EntryLinks, str, list[int]]]:
        """The links with their captions and all entries they lead to."""
        names = subject.names
        inputs = list(dict.fromkeys(tensor.index for tensor in subject.step.inputs))
        span = names.places.span_of.get(subject.index) or names.places.added_by.get(subject.index)
        return [
            (self._inputs, _MADE_FROM, inputs),
            (self._users, _USED_BY, names.users.get(subject.index, [])),
            (self._forward, _DIFFERENTIATES, [] if span is None else [span.of]),
        ]


def _named(subject: Subject, entries: list[int]) -> list[tuple[int, str]]:
    return [(entry, subject.names.latex(entry)) for entry in entries[:MOST]]
