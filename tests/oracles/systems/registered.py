"""The systems that have an oracle."""

from tests.oracles.systems import autoencoders
from tests.oracles.systems.system import System

_ALL: tuple[System, ...] = (
    autoencoders.SYSTEM,
)

SYSTEMS: dict[str, System] = {one.name: one for one in _ALL}
