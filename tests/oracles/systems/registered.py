"""The systems that have an oracle."""

from tests.oracles.systems import autoencoders, image_captioning, visual_question_answering
from tests.oracles.systems.system import System

_ALL: tuple[System, ...] = (
    autoencoders.SYSTEM,
    image_captioning.SYSTEM,
    visual_question_answering.SYSTEM,
)

SYSTEMS: dict[str, System] = {one.name: one for one in _ALL}
