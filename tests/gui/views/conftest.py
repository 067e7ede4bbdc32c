"""What the tests of the views share."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.appearance import Appearance
from tests.gui.views.showing import Showing


@pytest.fixture
def showing(qtbot: QtBot) -> Iterator[Showing]:
    """Shows views, and closes their bridges after the test."""
    made = Showing(qtbot)
    yield made
    made.close()


@pytest.fixture
def appearance(qtbot: QtBot) -> Appearance:
    """How a view looks, to be changed by the test."""
    return Appearance()
