"""An analogy: a is to b as c is to …? Three words, typed or picked on the map, and the words that answer."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from engine.analysis.word_vectors import Near, WordVectors
from engine.text.relations import Analogy
from gui.appearance import Appearance
from gui.language import translatable
from gui.paragraph import Paragraph
from gui.views.icon_button import IconButton
from gui.views.near_words import NearWords
from gui.views.sentence import mark_wrong

_MOST_COMPLETED = 20_000
"""More words are not offered while one is typed."""
_ANSWERS = 5
_NEXT = translatable("Another analogy of this text.")


class WordAnalogy(QWidget):
    """Fields, answers, and examples where the text has some.

    Signals:
        changed: other words are asked for.
        picked(word): the id of an answer that was clicked on.
    """

    changed = Signal()
    picked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._words: tuple[str, ...] = ()
        self._ids: dict[str, int] = {}
        self._examples: Sequence[Analogy] = ()
        self._example = 0
        self._answers: list[Near] = []
        self._fields = [QLineEdit() for _ in range(3)]
        self._completed = QStringListModel(self)
        self._signs = [QLabel(text) for text in (":", "=", ": ?")]
        self._problem = Paragraph()
        self._problem.setProperty("kind", "error")
        self._list = NearWords(appearance)
        self._list.picked.connect(self.picked)
        self._next = IconButton("chevron-right", _NEXT, appearance, self._show_next)
        self._build()

    def _build(self) -> None:
        line = self._line = QGridLayout()
        for column, (field, sign) in enumerate(zip(self._fields, self._signs, strict=True)):
            field.setMaxLength(200)
            completer = QCompleter(self._completed, field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)
            field.textChanged.connect(self.changed)
            line.addWidget(field, 0, 2 * column)
            line.addWidget(sign, 0, 2 * column + 1)
            line.setColumnStretch(2 * column, 1)
        line.addWidget(self._next, 0, 6)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self._problem)
        layout.addWidget(self._list, 1)
        self._problem.hide()

    @property
    def asked(self) -> tuple[int, int, int] | None:
        """The ids of the three words; None while one is missing or not known."""
        ids = [self._ids.get(field.text().strip()) for field in self._fields]
        return None if None in ids else (ids[0], ids[1], ids[2])  # type: ignore[return-value]

    @property
    def answers(self) -> list[Near]:
        """What is to the third word as the second is to the first, the best first."""
        return self._answers

    def show_words(self, words: tuple[str, ...], examples: Sequence[Analogy]) -> None:
        """Ask among other words; the first example is put in."""
        if words is self._words:
            return
        self._words, self._ids = words, {word: number for number, word in enumerate(words)}
        self._examples, self._example = examples, 0
        self._next.setVisible(len(examples) > 1)
        self._completed.setStringList(list(words[:_MOST_COMPLETED]))
        if examples:
            self._show_example()
        else:
            self.ask("", "", "")

    def ask(self, a: str, b: str, c: str) -> None:
        """Put three words in."""
        for field, word in zip(self._fields, (a, b, c), strict=True):
            field.blockSignals(True)
            field.setText(word)
            field.setCursorPosition(0)
            field.blockSignals(False)
        self.changed.emit()

    def take_picked(self, word: int) -> bool:
        """Put a word that was picked elsewhere into the field that is being filled in; False if none is."""
        at = next((number for number, field in enumerate(self._fields) if field.hasFocus()), None)
        if at is None or word < 0:
            return False
        self._fields[at].setText(self._words[word])
        self._fields[at].setCursorPosition(0)
        self._fields[(at + 1) % len(self._fields)].setFocus()
        return True

    def answer_with(self, vectors: WordVectors) -> None:
        """Look for the answers."""
        say, asked = self._appearance.say, self.asked
        self._answers = [] if asked is None else vectors.analogy(*asked, most=_ANSWERS)
        self._list.show_near(self._words, self._answers)
        unknown = []
        for field in self._fields:
            word = field.text().strip()
            is_wrong = bool(word) and word not in self._ids
            mark_wrong(field, is_wrong)
            if is_wrong:
                unknown.append(word)
        self._problem.setVisible(bool(unknown))
        self._problem.setText(say("Not in the vocabulary: {words}.", words=", ".join(unknown)) if unknown else "")

    def _show_next(self) -> None:
        # A step that has no divisor in common with their number, so that neighbours differ and all come.
        count = len(self._examples)
        step = next(one for one in range(count // 3 + 1, 2 * count + 2) if math.gcd(one, count) == 1)
        self._example = (self._example + step) % count
        self._show_example()

    def _show_example(self) -> None:
        one = self._examples[self._example]
        self.ask(one.a, one.b, one.c)

    def take_appearance(self) -> None:
        """Sizes, colours or the language changed."""
        look = self._appearance
        names = (look.say("first word"), look.say("what it becomes"), look.say("third word"))
        for field, letter, name in zip(self._fields, "abc", names, strict=True):
            field.setPlaceholderText(letter)
            field.setAccessibleName(name)
            field.setToolTip(look.say("Type a word, or click on it on the map while the field has the focus."))
            field.setMinimumWidth(look.whole_px(70))
        self._line.setSpacing(look.whole_px(4))
        self._line.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look.whole_px(4))
        self._list.setAccessibleName(look.say("Answers"))
        self._list.take_appearance()
