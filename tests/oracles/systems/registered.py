"""The systems that have an oracle."""

from tests.oracles.systems import (
    autoencoders,
    hred,
    image_captioning,
    recursive_net,
    seq2seq,
    transformer,
    vhred,
    visual_question_answering,
    word2vec,
)
from tests.oracles.systems.system import System

_ALL: tuple[System, ...] = (
    recursive_net.SYSTEM,
    *seq2seq.SYSTEMS,
    *transformer.SYSTEMS,
    autoencoders.SYSTEM,
    word2vec.SYSTEM,
    image_captioning.SYSTEM,
    visual_question_answering.SYSTEM,
    hred.SYSTEM,
    vhred.SYSTEM,
)

SYSTEMS: dict[str, System] = {one.name: one for one in _ALL}
