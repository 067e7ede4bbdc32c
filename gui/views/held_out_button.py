"""A button that examines the network on held-out text and then shows the perplexity."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.task import Score
from engine.tasks.text import perplexity
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.icon_button import IconButton
from gui.views.perplexity_text import perplexity_text
from gui.views.shown_weights import is_updated, shown_weights

_MEANING = translatable("Examine: the perplexity on text of the same kind that was held out of the training.")


class HeldOutButton(IconButton):
    """With the weights as the cursor shows them; forgets what it found when the run begins anew."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        self._bridge = bridge
        self._found: tuple[int, float] | None = None
        super().__init__("check", _MEANING, appearance, self._examine, parent)
        self._update_found()
        bridge.restarted.connect(self._forget)
        bridge.busy_changed.connect(self._update_found)
        appearance.changed.connect(self._update_found)

    def _examine(self) -> None:
        bridge = self._bridge
        run, iteration = bridge.session.run, bridge.iteration + is_updated(bridge)

        def take(score: Score | None) -> None:
            if score is not None and run is bridge.session.run:
                self._found = (iteration, perplexity(score.mean_loss))
                self._update_found()

        bridge.examine(shown_weights(bridge), take)

    def _forget(self) -> None:
        self._found = None
        self._update_found()

    def _update_found(self) -> None:
        if self._found is None:
            self.setText("")
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        else:
            iteration, found = self._found
            value, place = perplexity_text(found), f"{iteration:,}"
            self.setText(self._appearance.say("held out {value} (iteration {iteration})", value=value, iteration=place))
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setEnabled(self._bridge.busy is None)
