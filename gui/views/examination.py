"""The examination of the network as the cursor shows it: a button, and what was found."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QPushButton

from engine.analysis.series import parameters
from engine.model import Parameters
from engine.task import Score
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.number_text import number_text
from gui.views.right_or_wrong import RIGHT


class Examination(QObject):
    """Three widgets for the head of a task's view.

    Attributes:
        button, result, mean_loss: the widgets; the two labels are hidden until something was found.
    """

    def __init__(
        self, bridge: Bridge, appearance: Appearance, title: Callable[[], str], parent: QObject | None = None
    ) -> None:
        """
        Args:
            title: what to write on the button; asked again when settings or texts change.
        """
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._title = title
        self._found: tuple[int, Score] | None = None
        self.button, self.result, self.mean_loss = QPushButton(), QLabel(), QLabel()
        self.button.clicked.connect(self._examine)
        bridge.restarted.connect(self._update_restarted)
        bridge.busy_changed.connect(self.update_texts)
        self.update_texts()

    def update_texts(self) -> None:
        """The settings, the language or what is under way has changed."""
        self.button.setText(self._title())
        self.button.setEnabled(self._bridge.busy is None)
        self._update_result()

    def _update_restarted(self) -> None:
        self._found = None
        self.update_texts()

    def _examine(self) -> None:
        iteration, run = self._bridge.iteration, self._bridge.session.run

        def take(score: Score | None) -> None:
            if score is not None and run is self._bridge.session.run:
                self._found = (iteration, score)
                self._update_result()

        self._bridge.examine(_shown_parameters(self._bridge), take)

    def _update_result(self) -> None:
        for label in (self.result, self.mean_loss):
            label.setVisible(self._found is not None)
        if self._found is None:
            return
        iteration, score = self._found
        say = self._appearance.say
        text = say(
            "Iteration {iteration}: {right} of {count} right",
            iteration=f"{iteration:,}", right=f"{score.right:,}", count=f"{score.count:,}",
        )  # fmt: skip
        sign = RIGHT + " " if score.right == score.count else ""
        color = self._appearance.color("good" if sign else "ink").name()
        self.result.setText(f'<span style="color:{color}">{sign}{text}</span>')
        self.mean_loss.setText(say("mean loss {loss}", loss=number_text(score.mean_loss)))


def _shown_parameters(bridge: Bridge) -> Parameters:
    """The weights as the cursor shows them: those that are updated already, new."""
    tape, cursor = bridge.tape, bridge.cursor
    values = {}
    for name, index in parameters(tape).items():
        updated = cursor.value(tape.updates[name]) if name in tape.updates else None
        values[name] = tape[index].value if updated is None else updated
    return values
