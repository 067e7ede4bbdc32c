"""The view of dialogues: what was said, what the network says at the cursor, and what it says running free."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from engine.decoding import Decodes, greedy
from engine.models.vhred import VHRED
from engine.tape import Tape
from engine.tasks.dialogues import DialogueTask
from engine.tensor import Array
from engine.training.iteration import batch_of
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.dialogue_reading import SAID, Answered, DialogueReading, Place, is_right
from gui.views.dialogue_sheet import DialogueSheet, Row
from gui.views.examination import Examination
from gui.views.flow_row import FlowRow
from gui.views.headed_sheet import HeadedSheet
from gui.views.number_text import number_text
from gui.views.sequence_box import SequenceBox
from gui.views.shown_weights import is_updated, shown_weights

SPEAKERS = "AB"


class DialoguesView(QWidget):
    """See the module. What the cursor has not reached is not shown; the free run is there from the start."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._reading: DialogueReading | None = None
        self._free: tuple[Tape, bool, int, Array] | None = None
        self._state: object = None
        self._build()
        self._update_appearance()
        self._update_tape()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.selection_changed.connect(self._update_cursor)
        appearance.changed.connect(self._update_appearance)

    def show_row(self, row: int) -> None:
        """Show another dialogue of the batch, from 0."""
        self._row.setValue(row + 1)

    @property
    def reading(self) -> DialogueReading | None:
        """The dialogue as it stands on the tape."""
        return self._reading

    @property
    def rows(self) -> tuple[Row, ...]:
        """The dialogue as it is shown."""
        reading = self._reading
        if reading is None:
            return ()
        free, cursor, found = self._free_run(), self._bridge.cursor, []
        for number, truth in enumerate(reading.utterances):
            said = tuple(reading.said(cursor, number))
            own = tuple(reading.free(free, number)) if free is not None else ()
            known = [word for word in said if word is not None]
            judged = number == reading.judged
            found.append(
                Row(
                    SPEAKERS[number % 2], truth, said, own,
                    is_right(known, truth) if judged and len(known) == len(truth) else None,
                    is_right(list(own), truth) if judged and own else None,
                )
            )  # fmt: skip
        return tuple(found)

    def _build(self) -> None:
        self._row = SequenceBox(self._bridge, self._appearance)
        self._row.valueChanged.connect(self._update_row)
        self._examination = Examination(self._bridge, self._appearance, self._title, self)
        found = self._examination
        head = FlowRow(self._row, found.button, found.result, found.mean_loss)
        self._sheet = DialogueSheet(self._appearance, self.pick, self._point_at)
        self._layout = HeadedSheet(self, head, self._sheet)

    def _title(self) -> str:
        if self._is_left():
            return ""
        task, settings = self._bridge.lesson.task, self._bridge.settings
        assert isinstance(task, DialogueTask), "other tasks have other views"
        return self._appearance.say("Examine {count} held-out dialogues", count=f"{task.drawn(settings).held_out:,}")

    def _is_left(self) -> bool:
        """Whether a lesson with another task is open, and this view is about to go."""
        return not isinstance(self._bridge.lesson.task, DialogueTask)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _free_run(self) -> Array | None:
        """The probabilities (T', K) of the shown dialogue running free, with the weights that the cursor shows."""
        bridge, row = self._bridge, self._row.sequence
        model, updated = bridge.lesson.model, is_updated(bridge)
        if not isinstance(model, Decodes):
            return None
        if self._free is None or self._free[:3] != (bridge.tape, updated, row):
            settings, task = bridge.settings, bridge.lesson.task
            batch = batch_of(bridge.lesson, settings, bridge.iteration).rows(row, row + 1)
            decoder = model.decoder(shown_weights(bridge), batch, settings, task.sizes(settings))
            found = greedy(decoder, len(batch.targets["d"])).probabilities[:, 0]
            self._free = (bridge.tape, updated, row, found)
        return self._free[3]

    def _update_tape(self) -> None:
        if self._is_left():
            return
        batch = self._batch_size()
        self._row.set_batch(batch)
        self._update_titles()
        self._update_row()

    def _batch_size(self) -> int:
        return batch_of(self._bridge.lesson, self._bridge.settings, self._bridge.iteration).size

    def _update_row(self) -> None:
        if self._is_left():
            return
        bridge = self._bridge
        task, batch = bridge.lesson.task, batch_of(bridge.lesson, bridge.settings, bridge.iteration)
        assert isinstance(task, DialogueTask), "other tasks have other views"
        self._reading = DialogueReading(
            bridge.tape, batch, self._row.sequence, task.input_names(bridge.settings)
        )
        self._state = None
        self._update_cursor()

    def _update_cursor(self) -> None:
        if self._is_left() or self._reading is None or not self.isVisible():
            return
        bridge, reading = self._bridge, self._reading
        place = reading.place_of(bridge.selected)
        revealed = [
            bridge.cursor.revealed(entry)
            for number, truth in enumerate(reading.utterances)
            for word in range(len(truth) if number else 0)
            if (entry := reading.entry_of(Place(SAID, number, word))) is not None
        ]
        state = (place, sum(revealed), is_updated(bridge))
        if state != self._state:
            self._state = state
            self._sheet.show_rows(self.rows, place)
            box = None if place is None else self._sheet.box_of(place)
            if box is not None:
                x, y = box.center().toPoint().toTuple()
                self._layout.scroll.ensureVisible(x, y, round(box.width()), round(box.height()))

    def pick(self, place: Place) -> None:
        """Select the step of a word."""
        if self._reading is not None and (entry := self._reading.entry_of(place)) is not None:
            self._bridge.select(entry)

    def _point_at(self, place: Place | None) -> None:
        reading, say = self._reading, self._appearance.say
        entry = None if reading is None or place is None else reading.entry_of(place)
        self._bridge.hover_at(entry)
        if reading is None or place is None:
            self._sheet.setToolTip("")
            return
        truth = reading.utterances[place.utterance][place.word]
        answered: Answered | None = None
        if place.what == SAID:
            answered = reading.said(self._bridge.cursor, place.utterance)[place.word]
        number, word = place.utterance + 1, place.word + 1
        text = say("utterance {number}, word {word}: {truth}", number=number, word=word, truth=truth)
        if answered is not None:
            probability = number_text(answered.probability)
            text += say("; says {word} ({probability})", word=answered.word, probability=probability)
        self._sheet.setToolTip(text)

    # --- appearance -------------------------------------------------------------------------------------------------

    def _update_titles(self) -> None:
        say, task, settings = self._appearance.say, self._bridge.lesson.task, self._bridge.settings
        assert isinstance(task, DialogueTask), "other tasks have other views"
        latent = isinstance(self._bridge.lesson.model, VHRED)
        titles = (
            say("dialogue"),
            say("said in training (z of the posterior)") if latent else say("said in training"),
            say("running free (z of the prior)") if latent else say("running free"),
        )
        names, words = task.input_names(settings), task.drawn(settings).words
        lengths = [[len(names[one]) if one >= 0 else 0 for one in utterance] for utterance in words[0].tolist()]
        longest = words[0][max(range(len(lengths)), key=lambda number: sum(lengths[number]))]
        self._sheet.show_titles(titles, tuple(names[one] for one in longest if one >= 0))

    def _update_appearance(self) -> None:
        if self._is_left():
            return
        look = self._appearance
        self._layout.take_sizes(look)
        self._sheet.setAccessibleName(look.say("The dialogue, utterance by utterance"))
        self._examination.update_texts()
        self._update_titles()
        self._state = None
        self._update_cursor()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._state = None
        self._update_cursor()
