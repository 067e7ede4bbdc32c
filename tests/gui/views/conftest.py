"""What the tests of the views share."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.views.showing import Showing


@pytest.fixture
def showing(qtbot: QtBot) -> Iterator[Showing]:
    """Shows views, and closes their bridges after the test."""
    made = Showing(qtbot)
    yield made
    made.close()
