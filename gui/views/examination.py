"""The examination of the network as the cursor shows it: a button, and what was found."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QPushButton

from engine.task import Score
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.number_text import number_text
from gui.views.right_or_wrong import RIGHT
from gui.views.shown_weights import is_updated, shown_weights


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
        bridge = self._bridge
        run, iteration = bridge.session.run, bridge.iteration + is_updated(bridge)

        def take(score: Score | None) -> None:
            if score is not None and run is bridge.session.run:
                self._found = (iteration, score)
                self._update_result()

        bridge.examine(shown_weights(bridge), take)

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
