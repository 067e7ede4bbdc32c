"""Scissors: where a gradient is cut, and nowhere else."""

from PySide6.QtWidgets import QApplication

from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.picture import staged
from tests.gui.canvas.conftest import SIZE


def cut_edges(lesson: str, appearance: Appearance, **settings: object) -> int:
    session = Session(lesson_named(lesson))
    session.restart(session.settings.changed(**settings))
    return len(staged(Bridge(session), appearance, SIZE).scene.blocked_edges)


def test_truncation_cuts_once_at_every_border(qapp: QApplication, appearance: Appearance) -> None:
    assert cut_edges("binary-addition", appearance, truncation=0) == 0
    assert cut_edges("binary-addition", appearance, truncation=3) == 2


def test_ids_and_masks_have_no_gradient_to_cut(qapp: QApplication, appearance: Appearance) -> None:
    assert cut_edges("bidirectional-rnn", appearance) == 0
