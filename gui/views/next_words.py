"""A field for the start of a line, and what the network says comes next."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from engine.errors import BackstepError
from engine.text.next_word import Prediction
from engine.text.tokens import END, joined
from gui.appearance import Appearance
from gui.paragraph import Paragraph
from gui.views.sentence import Sentence, mark_wrong
from gui.views.text_reading import Chance, brief
from gui.views.word_bars import WordBars


class NextWords(QWidget):
    """Shows a prediction; whoever owns it makes one when it is asked for.

    Signals:
        wanted: another prefix was typed, or there is room for more words.
    """

    wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._prediction: Prediction | None = None
        self._cut = "word"
        self._field = QLineEdit()
        self._field.setMaxLength(2000)
        self._field.setClearButtonEnabled(True)
        self._field.textChanged.connect(self.wanted)
        self._problem = Sentence(appearance)
        self._unknown, self._going_on = Paragraph(), Paragraph()
        self._bars = WordBars(appearance)
        self._layout = QVBoxLayout(self)
        for widget in (self._field, self._problem, self._unknown):
            self._layout.addWidget(widget)
        self._layout.addWidget(self._bars, 1)
        self._layout.addWidget(self._going_on)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    @property
    def prefix(self) -> str:
        """What was typed."""
        return self._field.text()

    @property
    def room(self) -> int:
        """How many words can be shown."""
        return self._bars.room

    def show_prediction(self, prediction: Prediction, cut: str) -> None:
        """Show what comes next; ``cut``: how the text is cut into tokens."""
        self._prediction, self._cut = prediction, cut
        self._problem.clear()
        mark_wrong(self._field, wrong=bool(prediction.unknown))
        self._bars.show_chances([Chance(brief(one.word), one.probability, one.true) for one in prediction.guesses])
        self._update_words()

    def show_problem(self, problem: BackstepError) -> None:
        """Say why there is no prediction."""
        self._prediction = None
        self._problem.say(problem)
        mark_wrong(self._field, wrong=True)
        self._bars.show_chances([])
        self._update_words()

    def _update_words(self) -> None:
        say, made = self._appearance.say, self._prediction
        unknown = ", ".join(map(brief, made.unknown)) if made else ""
        self._unknown.setVisible(bool(unknown))
        self._unknown.setText(say("Unknown words, read as <unk>: {words}", words=unknown) if unknown else "")
        self._going_on.setVisible(made is not None)
        if made is not None:
            line = joined(map(brief, (*made.prefix, *made.going_on)), self._cut).replace("\n", f" {END}")
            self._going_on.setText(say("Goes on: {line}", line=line if line.endswith(END) else line + " …"))

    def _update_appearance(self) -> None:
        look = self._appearance
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look.whole_px(4))
        self._field.setPlaceholderText(look.say("Start of a sentence"))
        self._field.setAccessibleName(look.say("Start of a sentence"))
        self._field.setToolTip(look.say("Type the start of a sentence: the network foretells the next word."))
        self._bars.setAccessibleName(look.say("Next words"))
        self._update_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._prediction is not None and self._bars.room > len(self._prediction.guesses):
            self.wanted.emit()
