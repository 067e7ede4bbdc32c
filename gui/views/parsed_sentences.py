"""The view of the parsed sentences: the tree with the class of each node, and an examination of held-out sentences."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from engine.tasks.parsed_sentences import EXAMINED, ParsedSentences
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.examination import Examination
from gui.views.flow_row import FlowRow
from gui.views.headed_sheet import HeadedSheet
from gui.views.right_or_wrong import sign_color, signed
from gui.views.sentence_tree import SentenceTree, Verdict
from gui.views.sentence_tree_sheet import SentenceTreeSheet, Shown

_CLASSES = (translatable("negative"), translatable("neutral"), translatable("positive"))


class ParsedSentencesView(QWidget):
    """See the module. Outputs that the cursor has not reached are not shown."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._tree = SentenceTree(bridge.tape)
        self._build()
        self._update_appearance()
        self._update_tape()
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.tape_changed.connect(self._update_tape)
        bridge.selection_changed.connect(self._update_cursor)
        bridge.hover_changed.connect(self._update_cursor)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._sentence, self._verdict = QLabel(), QLabel()
        self._verdict.setTextFormat(Qt.TextFormat.RichText)
        self._examination = Examination(self._bridge, self._appearance, self._title, self)
        found = self._examination
        head = FlowRow(self._sentence, self._verdict, found.button, found.result, found.mean_loss)
        self._sheet = SentenceTreeSheet(self._appearance, self._bridge.select, self._bridge.hover_at)
        self._layout = HeadedSheet(self, head, self._sheet)

    def _title(self) -> str:
        return self._appearance.say("Examine {count} held-out sentences", count=EXAMINED)

    # --- following the model ----------------------------------------------------------------------------------------

    def _update_appearance(self) -> None:
        look = self._appearance
        self._layout.take_sizes(look)
        self._sentence.setFont(look.font(15))
        self._verdict.setFont(look.font(15, bold=True))
        self._sheet.setAccessibleName(look.say("The sentence as a tree"))
        self._sheet.take_appearance()
        self._examination.update_texts()
        self._update_cursor()

    def _is_left(self) -> bool:
        """Whether a lesson with another task is open, and this view is about to go."""
        return not isinstance(self._bridge.lesson.task, ParsedSentences)

    def _update_tape(self) -> None:
        if self._is_left():
            return
        self._tree = SentenceTree(self._bridge.tape)
        joint = "" if self._bridge.settings.text("sentences") == "japanese" else " "
        self._sentence.setText(joint.join(self._tree.words))
        self._sheet.show_tree(self._tree)
        self._update_cursor()

    def _update_cursor(self) -> None:
        if self._is_left():
            return
        bridge, tree = self._bridge, self._tree
        current = None if bridge.cursor.current is None else tree.node_of(bridge.cursor.current, bridge.tape)
        looked_at = (bridge.selection, bridge.hover[0] if bridge.hover else None)
        marked = (tree.node_of(entry, bridge.tape) for entry in looked_at if entry is not None)
        verdicts = tree.verdicts(bridge.cursor)
        numbers = frozenset(node.number for node in marked if node is not None)
        self._sheet.show_state(Shown(verdicts, current.number if current else None, numbers))
        if tree.root is not None:
            self._update_verdict(tree.root.truth, verdicts.get(tree.root.number))
        if current is not None:
            centre = self._sheet.box_of(current).center()
            self._layout.scroll.ensureVisible(round(centre.x()), round(centre.y()))

    def _update_verdict(self, truth: int | None, verdict: Verdict | None) -> None:
        say = self._appearance.say
        plain, color = "…", "ink_quiet"
        if verdict is not None and truth is not None:
            right = verdict.predicted == truth
            said = say(_CLASSES[verdict.predicted]) if verdict.predicted >= 0 else "?"
            plain, color = signed(said, say(_CLASSES[truth]), right), sign_color(right)
        self._verdict.setText(f'<span style="color:{self._appearance.color(color).name()}">{plain}</span>')
        self._sheet.setAccessibleDescription(plain)
