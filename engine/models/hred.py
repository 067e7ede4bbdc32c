"""HRED, the hierarchical recurrent encoder–decoder (Sordoni et al. 2015; system B4): it answers the whole dialogue.

See ``engine.hierarchy`` for its parts. Utterance m is read, the context RNN takes it in, utterance m + 1 is said:
h_m = encoder(x_m), c_m = cell(h_m, c_(m−1)), and a decoder that starts in tanh(c_m W_ctx + b_ctx).
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.dialogue_decoder import DialogueDecoder
from engine.hierarchy import HIERARCHY_SETTINGS, Hierarchy, hierarchy_parameters
from engine.model import MODELS, Parameters, ParameterSpec
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Tensor


class HRED:
    """See the module. The loss is the mean cross-entropy of all words that are said."""

    name = "hred"
    settings = HIERARCHY_SETTINGS

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """Those of the hierarchy."""
        return hierarchy_parameters(settings, sizes)

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record the dialogue, utterance by utterance, and the loss."""
        network = Hierarchy(tape, parameters, batch, settings, sizes)
        losses: list[Tensor] = []
        for _ in range(network.answers):
            c = network.remember(network.read())
            losses += network.say(c)
        return network.mean_loss(losses)

    def decoder(self, parameters: Parameters, batch: Batch, settings: Settings, sizes: Sizes) -> DialogueDecoder:
        """Read the dialogues of a batch, to say each next utterance without a teacher."""
        return DialogueDecoder(parameters, batch, settings, sizes, _contexts)


def _contexts(network: Hierarchy) -> list[Tensor]:
    return [network.remember(network.read()) for _ in range(network.answers)]


MODELS.add(HRED.name, HRED())
