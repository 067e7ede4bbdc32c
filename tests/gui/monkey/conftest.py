"""Options of the monkey: `pytest tests/gui/monkey --monkey-actions 50000 --monkey-seed 7`."""

import random

import pytest

ACTIONS = 2000


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known where this folder is named on the command line."""
    parser.addoption("--monkey-actions", type=int, default=ACTIONS, help="how many actions the monkey takes")
    parser.addoption("--monkey-seed", type=int, default=None, help="to replay a monkey; a fresh seed if not given")


@pytest.fixture
def monkey_actions(request: pytest.FixtureRequest) -> int:
    """How many actions to take."""
    return int(request.config.getoption("--monkey-actions", ACTIONS))


@pytest.fixture
def monkey_seed(request: pytest.FixtureRequest) -> int:
    """The seed to replay, or a fresh one."""
    given = request.config.getoption("--monkey-seed", None)
    # Not the module's generator: pytest-randomly seeds that one, and every run would see the same monkey.
    return int(given) if given is not None else random.SystemRandom().randrange(1_000_000)
