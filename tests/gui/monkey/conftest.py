"""Options of the monkey, known where this folder is named on the command line:
`pytest tests/gui/monkey --monkey-actions 50000 --monkey-seed random`.
"""

import random

import pytest

ACTIONS = 1000
SEEDS = (1, 2)
"""The same monkeys at every `make test`: whether it passes is to depend on the change that is tested, not on luck.
Those who look for faults take a fresh one by `--monkey-seed random`, or many."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known where this folder is named on the command line."""
    parser.addoption("--monkey-actions", type=int, default=ACTIONS, help="how many actions each monkey takes")
    parser.addoption("--monkey-seed", default="", help="a number; 'random' for a fresh one; by default the same few")
    parser.addoption("--monkey-hasty", action="store_true", help="never wait for work that is under way")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each seed."""
    if "monkey_seed" in metafunc.fixturenames:
        metafunc.parametrize("monkey_seed", _seeds(str(metafunc.config.getoption("--monkey-seed", ""))))


def _seeds(given: str) -> tuple[int, ...]:
    if given == "random":
        # Not the module's generator: pytest-randomly seeds that one, and every run would see the same monkey.
        return (random.SystemRandom().randrange(1_000_000),)
    return (int(given),) if given else SEEDS


@pytest.fixture
def monkey_actions(request: pytest.FixtureRequest) -> int:
    """How many actions to take."""
    return int(request.config.getoption("--monkey-actions", ACTIONS))


@pytest.fixture
def monkey_manners(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """What else the monkey's process is told."""
    return ("--hasty",) if request.config.getoption("--monkey-hasty", False) else ()
