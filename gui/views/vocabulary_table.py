"""The vocabularies of a task, to be searched: what is read, and what is answered."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from engine.task import NamesSymbols
from engine.text.typed_text import CountsSymbols
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.flush_column import FlushColumn
from gui.views.row_table import RowTable
from gui.views.vocabulary_model import COUNT, ID, Vocabulary, VocabularyModel

_ID_WIDTH, _COUNT_WIDTH = 46.0, 78.0


class VocabularyTable(QWidget):
    """A field to search in, the choice of one of two vocabularies, and the table."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._vocabularies: tuple[Vocabulary, ...] = ()
        self._field, self._which = QLineEdit(), QComboBox()
        self._field.setClearButtonEnabled(True)
        self._model = VocabularyModel(appearance, self)
        self._table = RowTable(self._model, appearance)
        for widget in (self._field, self._which):
            widget.setProperty("kind", "compact")
        self._head = QHBoxLayout()
        self._head.addWidget(self._which)
        self._head.addWidget(self._field, 1)
        column = FlushColumn(self)
        column.addLayout(self._head)
        column.addWidget(self._table, 1)
        self._field.textChanged.connect(self._update_rows)
        self._which.currentIndexChanged.connect(self._update_rows)
        appearance.changed.connect(self._update_appearance)
        self._update_appearance()

    @property
    def model(self) -> VocabularyModel:
        """What is shown."""
        return self._model

    @property
    def table(self) -> RowTable:
        """The table."""
        return self._table

    def search(self, text: str) -> None:
        """Search for a text."""
        self._field.setText(text)

    def choose(self, place: int) -> None:
        """Show what is read (0) or what is answered (1)."""
        self._which.setCurrentIndex(min(place, self._which.count() - 1))

    def take_task(self) -> None:
        """Show the vocabularies of the open lesson."""
        task, settings = self._bridge.lesson.task, self._bridge.settings
        if not isinstance(task, NamesSymbols):
            self._vocabularies = ()
        else:
            names, answers = task.input_names(settings), task.answer_names(settings)
            counts = task.symbol_counts(settings) if isinstance(task, CountsSymbols) else (None, None)
            sizes = task.sizes(settings)
            decodes = sizes.end is not None
            source = Vocabulary(names, counts[0], None, sizes.end)
            answer = Vocabulary(answers, counts[1], sizes.start if decodes else None, sizes.end)
            self._vocabularies = (source,) if names == answers else (source, answer)
        self._update_choice()
        self._update_rows()

    def point_at(self, place: int, number: int) -> None:
        """Make a symbol of what is read (0) or answered (1) the current row; a search is left alone."""
        if self._field.text() or not self._vocabularies:
            return
        self._which.setCurrentIndex(min(place, len(self._vocabularies) - 1))
        row = self._model.row_of(number)
        if row is not None and row != self._table.current_row():
            self._table.go_to_row(row)

    def _update_choice(self) -> None:
        say = self._appearance.say
        titles = [say("sources"), say("answers")] if len(self._vocabularies) == 2 else [say("vocabulary")]
        wanted = [
            f"{title} ({len(one.names):,})" for title, one in zip(titles, self._vocabularies, strict=False)
        ]
        if wanted == [self._which.itemText(place) for place in range(self._which.count())]:
            return
        chosen = max(0, self._which.currentIndex())
        self._which.blockSignals(True)
        self._which.clear()
        self._which.addItems(wanted)
        self._which.setCurrentIndex(min(chosen, len(wanted) - 1))
        self._which.blockSignals(False)

    def _update_rows(self) -> None:
        place = self._which.currentIndex()
        found = self._vocabularies[place] if 0 <= place < len(self._vocabularies) else Vocabulary()
        self._model.show(found, self._field.text().strip())

    def _update_appearance(self) -> None:
        look = self._appearance
        self._head.setContentsMargins(look.whole_px(4), look.whole_px(3), look.whole_px(4), look.whole_px(3))
        self._head.setSpacing(look.whole_px(4))
        self._field.setPlaceholderText(look.say("search"))
        self._field.setAccessibleName(look.say("Search the vocabulary"))
        self._which.setAccessibleName(look.say("Which vocabulary is shown"))
        self._table.setAccessibleName(look.say("The vocabulary"))
        self._table.set_when_empty(look.say("No symbol holds this text."))
        self._table.set_narrow_columns({ID: _ID_WIDTH, COUNT: _COUNT_WIDTH})
        self._model.update_appearance()
        self._update_choice()
