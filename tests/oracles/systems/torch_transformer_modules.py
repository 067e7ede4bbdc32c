"""The Transformer with PyTorch's own modules in the place of formulas: attention, layers, or all of it."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.func import functional_call

from tests.oracles.systems.case import Case
from tests.oracles.systems.torch_transformer import ByHand, Keep, Weights
from tests.oracles.systems.transformer import ATTENTION, DECODER, ENCODER


class _WithAttention(ByHand):
    """``nn.MultiheadAttention`` for every attention."""

    def attend(
        self, x: Tensor, memory: Tensor, own: str, padding: Tensor | None, future: Tensor | None = None
    ) -> Tensor:
        module = nn.MultiheadAttention(self.width, self.heads, batch_first=True, dtype=torch.float64)
        given = (x, memory, memory)
        o, _ = functional_call(
            module, self.attention_weights(own), given, {"key_padding_mask": padding, "attn_mask": future}
        )
        return self.keep("o", o)

    def attention_weights(self, own: str) -> dict[str, Tensor]:
        """As ``nn.MultiheadAttention`` has them; biases that ours has not are zero."""
        zero = torch.zeros(1, self.width, dtype=torch.float64)
        b = {name: self.weights.get(f"{own}b_{name}", zero)[0] for name in "QKVO"}
        return {
            "in_proj_weight": torch.cat([self.weights[f"{own}W_{name}"].T for name in "QKV"]),
            "in_proj_bias": torch.cat([b[name] for name in "QKV"]),
            "out_proj.weight": self.weights[f"{own}W_O"].T,
            "out_proj.bias": b["O"],
        }

    def layer_weights(self, place: str, attentions: dict[str, str]) -> dict[str, Tensor]:
        """As ``nn.TransformerEncoderLayer`` and ``nn.TransformerDecoderLayer`` have them."""
        found = {}
        for number, (part, name) in enumerate({**attentions, "ffn": ""}.items(), start=1):
            own = f"{place}{part}."
            found[f"norm{number}.weight"] = self.weights[f"{own}gamma"][0]
            found[f"norm{number}.bias"] = self.weights[f"{own}beta"][0]
            if name:
                found |= {f"{name}.{key}": one for key, one in self.attention_weights(own).items()}
        own = f"{place}ffn."
        for number in (1, 2):
            found[f"linear{number}.weight"] = self.weights[f"{own}W_{number}"].T
            found[f"linear{number}.bias"] = self.weights[f"{own}b_{number}"][0]
        return found

    def stack_weights(self, stack: str) -> dict[str, Tensor]:
        """As ``nn.TransformerEncoder`` and ``nn.TransformerDecoder`` have them."""
        attentions = {"self": "self_attn"}
        if stack == "decoder":
            attentions["source"] = "multihead_attn"
        found = {
            f"layers.{number}.{key}": one
            for number in range(self.depth)
            for key, one in self.layer_weights(f"{stack}.layer{number + 1}.", attentions).items()
        }
        if self.before:
            found["norm.weight"] = self.weights[f"{stack}.norm.gamma"][0]
            found["norm.bias"] = self.weights[f"{stack}.norm.beta"][0]
        return found

    def stack(self, stack: str) -> nn.Module:
        """Layers on top of each other; what each passes on is kept."""
        kind = nn.TransformerEncoderLayer if stack == "encoder" else nn.TransformerDecoderLayer
        one = kind(
            self.width, self.heads, self.settings.integer("feed_forward"), dropout=0.0, batch_first=True,
            norm_first=self.before, dtype=torch.float64,
        )  # fmt: skip
        norm = nn.LayerNorm(self.width, dtype=torch.float64) if self.before else None
        if stack == "encoder":
            made: nn.Module = nn.TransformerEncoder(one, self.depth, norm, enable_nested_tensor=False)
        else:
            made = nn.TransformerDecoder(one, self.depth, norm)
        for layer in made.layers:
            layer.register_forward_hook(lambda _, given, passed: self.keep("h", passed))
        return made


class _WithEncoder(_WithAttention):
    """``nn.TransformerEncoderLayer`` for every layer of the encoder."""

    attend = ByHand.attend

    def encoded(self, h: Tensor) -> Tensor:
        masks = {"src_key_padding_mask": self.padding}
        return functional_call(self.stack("encoder"), self.stack_weights("encoder"), (h,), masks)


class _WithDecoder(_WithAttention):
    """``nn.TransformerDecoderLayer`` for every layer of the decoder."""

    attend = ByHand.attend

    def decoded(self, ids: Tensor, memory: Tensor) -> Tensor:
        masks = {"tgt_mask": self.future(ids.shape[1]), "memory_key_padding_mask": self.padding}
        given = (self.embedded("decoder", ids), memory)
        return functional_call(self.stack("decoder"), self.stack_weights("decoder"), given, masks)


class _Whole(_WithAttention):
    """``nn.Transformer`` between the embeddings and the read-out."""

    def encoded(self, h: Tensor) -> Tensor:
        return h

    def decoded(self, ids: Tensor, memory: Tensor) -> Tensor:
        parts = {f"{stack}.{key}": one for stack in ("encoder", "decoder")
                 for key, one in self.stack_weights(stack).items()}  # fmt: skip
        module = nn.Transformer(
            self.width, self.heads, batch_first=True, dtype=torch.float64, custom_encoder=self.stack("encoder"),
            custom_decoder=self.stack("decoder"),
        )  # fmt: skip
        masks = {
            "tgt_mask": self.future(ids.shape[1]), "src_key_padding_mask": self.padding,
            "memory_key_padding_mask": self.padding,
        }  # fmt: skip
        return functional_call(module, parts, (memory, self.embedded("decoder", ids)), masks)


_FAMILIES = {ATTENTION: _WithAttention, ENCODER: _WithEncoder, DECODER: _WithDecoder}


def with_modules(weights: Weights, case: Case, keep: Keep) -> ByHand:
    """The model with the modules of a family; told are only the values that they let be seen."""
    seen = {"h", "v", "y", "o"} if case.family == ATTENTION else {"h", "v", "y"}

    def keep_seen(name: str, tensor: Tensor) -> Tensor:
        return keep(name, tensor) if name in seen else tensor

    return _FAMILIES.get(case.family, _Whole)(weights, case, keep_seen)
