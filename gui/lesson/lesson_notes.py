"""The notes of a lesson: their words at once, their formulas as soon as they have been typeset."""

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.typesetting.formula import is_prepared
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.formula_label import FormulaLabel
from gui.typesetting.formula_preparation import FormulaPreparation
from gui.typesetting.plain_text import plain_text
from gui.typesetting.prose import Block, Maths, blocks

_MARKS = {"heading": "## ", "item": "- ", "paragraph": "", "display": ""}


class LessonNotes(FormulaLabel):
    """Typesetting a page of formulas takes half a second, which no start and no change of lesson shall wait for."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, size=13.0, prose=True, parent=parent)
        self._notes = ""
        self._preparation = FormulaPreparation(self)
        self._preparation.prepared.connect(self._update_notes)
        self._preparation.failed.connect(self._update_notes)

    def show_notes(self, notes: str) -> None:
        """Show notes; formulas stand in plain letters until they are typeset."""
        self._notes = notes
        self._preparation.stop()
        try:
            found = blocks(notes)
        except FormulaError:
            self.set_source(notes)  # which says what is wrong
            return
        if _unprepared(found):
            self.set_source("\n\n".join(_in_plain_letters(block) for block in found))
            for inline in (False, True):
                self._preparation.request(
                    [latex for latex, is_inline in _unprepared(found) if is_inline == inline], inline=inline
                )
        else:
            self.set_source(notes)

    def _update_notes(self) -> None:
        if not self._preparation.waiting:
            self.set_source(self._notes)

    def hideEvent(self, event: QHideEvent) -> None:
        self._preparation.stop()
        super().hideEvent(event)


def _unprepared(found: list[Block]) -> list[tuple[str, bool]]:
    """The formulas that are yet to be typeset, and whether they stand within a line."""
    formulas = [
        (piece.latex, block.kind != "display")
        for block in found
        for piece in block.pieces
        if isinstance(piece, Maths)
    ]
    return [(latex, inline) for latex, inline in formulas if not is_prepared(latex, inline=inline)]


def _in_plain_letters(block: Block) -> str:
    text = ""
    for piece in block.pieces:
        if isinstance(piece, Maths):
            text += plain_text(piece.latex)
        else:
            text += piece.text if block.kind == "heading" else piece.style.value.format(piece.text)
    return _MARKS[block.kind] + text.replace("$", r"\$")
