"""Makes the stored oracle vectors of the recurrent cells: python tests/oracles/recurrent/make_vectors.py

They are kept with the tests, so that `make test` holds the engine against PyTorch and onnxruntime without either.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np  # noqa: E402
import torch  # noqa: E402

from tests.oracles.recurrent.drawing import Limits, random_configuration  # noqa: E402
from tests.oracles.recurrent.oracles import case_of  # noqa: E402
from tests.oracles.recurrent.vector_file import file_of, write_cases  # noqa: E402

_COUNTS = {
    "rnn": 60, "lstm": 48, "lstm_merged": 44, "gru": 96, "peephole_lstm": 100, "leaky": 30, "skip_rnn": 36, "cec": 30,
    "vector_to_sequence": 48,
}  # fmt: skip
_SEED = 20_261_121
_LIMITS = Limits(hidden=4, length=5, batch=3, width=2)


def main() -> None:
    torch.set_num_threads(1)
    for place, (family, count) in enumerate(_COUNTS.items()):
        random = np.random.default_rng(_SEED + place)
        write_cases(family, [case_of(random_configuration(random, family, _LIMITS)) for _ in range(count)])
        print(f"{family}: {count} configurations, {file_of(family).stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
