"""The arguments at which every row of the operation table is tried. A new operation takes one line in CASES."""

from typing import Any

import numpy as np

Case = tuple[tuple[tuple[int, ...] | np.ndarray, ...], dict[str, Any]]
"""The shapes of the arguments (or a value, where numbers at random would not do), and the attributes."""

IDS = np.array([2, 0, -1, 2])
IDS_2D = np.array([[2, -1, 0], [4, 2, 2]])
MASK = np.array([True, False, True, True])
MASK_2D = np.array([[1, 0, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0]])

TWO: tuple[Case, ...] = (
    (((3, 4), (3, 4)), {}), (((3, 4), (1, 4)), {}), (((1, 4), (3, 1)), {}), (((3, 4), ()), {}), (((), (3, 4)), {}),
)  # fmt: skip
ONE: tuple[Case, ...] = ((((3, 4),), {}), (((),), {}))

CASES: dict[str, tuple[Case, ...]] = {
    "add": TWO,
    "subtract": TWO,
    "multiply": TWO,
    "divide": TWO,
    "negate": ONE,
    "scale": ((((3, 4),), {"factor": -1.7}),),
    "shift": ((((3, 4),), {"by": 0.3}),),
    "one_minus": ONE,
    "square": ONE,
    "square_root": ONE,
    "total": ((((3, 4), (3, 4), (3, 4)), {}), (((), (), ()), {}), (((2, 3),), {}), (((3, 4), (1, 4)), {})),
    "sum_all": ONE,
    "at_most": ((((3, 4),), {"limit": 1.1}),),
    "below": ((((3, 4),), {"limit": 1.1}),),
    "sigmoid": ONE,
    "tanh": ONE,
    "relu": ONE,
    "positive": ONE,
    "identity": ONE,
    "stop_gradient": ONE,
    "matmul": ((((3, 4), (4, 2)), {}), (((2, 3, 4), (4, 2)), {}), (((1, 1), (1, 5)), {})),
    "matmul_by_transpose": ((((3, 4), (2, 4)), {}), (((2, 3, 4), (2, 4)), {}), (((1, 5), (1, 5)), {})),
    "transpose_matmul": ((((4, 3), (4, 2)), {}), (((3, 4, 3), (3, 4, 2)), {}), (((1, 5), (1, 2)), {})),
    "transpose": ((((3, 4),), {}),),
    "sum_to": ((((3, 4),), {"shape": (1, 4)}), (((3, 4),), {"shape": ()}), (((2, 3, 4),), {"shape": (3, 1)})),
    "broadcast_to": ((((1, 4),), {"shape": (3, 4)}), (((),), {"shape": (2, 3)})),
    "concatenate": (
        (((3, 4), (3, 1), (3, 2)), {}), (((2, 3), (1, 3)), {"axis": 0}), (((2, 1, 3), (2, 4, 3)), {"axis": 1}),
    ),
    "part_of": ((((3, 5),), {"start": 1, "stop": 3}), (((4, 2, 3),), {"start": 0, "stop": 1, "axis": 0})),
    "placed_in": ((((3, 2),), {"start": 1, "size": 5}), (((2, 2, 3),), {"start": 2, "size": 4, "axis": 0})),
    "diagonal_matrix": ((((1, 4),), {}),),
    "diagonal_of": ((((4, 4),), {}),),
    "sum_axis": ((((3, 4),), {}), (((3, 4, 2),), {"axis": 1})),
    "softmax": ((((3, 4),), {}), (((2, 3, 4),), {}), (((1, 1),), {})),
    "take_rows": ((((5, 3), IDS), {}), (((5, 3), IDS_2D), {})),
    "add_rows": ((((4, 3), IDS), {"rows": 5}), (((2, 3, 3), IDS_2D), {"rows": 6})),
    "subtract_one_hot": ((((4, 5), IDS), {}), (((2, 3, 5), IDS_2D), {})),
    "with_answer": ((((4, 3), IDS), {}), (((2, 3, 2), IDS_2D), {})),
    "keep_where": ((((4, 3), MASK), {}), (((4, 3), MASK_2D), {}), (((4,), MASK), {})),
    "forced": ((((4, 3), MASK_2D, (4, 3)), {}),),
    "choose": (((MASK, (4, 3), (4, 3)), {}), ((MASK_2D, (4, 3), (1, 3)), {}), ((MASK, (4, 1), (4, 3)), {})),
    "drop_where": ((((4, 3), MASK), {}), (((4, 3), MASK_2D), {}), (((4,), MASK), {})),
    "softmax_with_loss": ((((4, 5), IDS), {}), (((2, 3, 5), IDS_2D), {}), (((4, 5), IDS), {"over": 7.0})),
    "binary_cross_entropy": ((((3, 4), (3, 4)), {}), (((1, 1), (1, 1)), {}), (((3, 4), (3, 4)), {"over": 5.0})),
    "masked_binary_cross_entropy": (
        (((4, 2), (4, 2), MASK), {}), (((4, 3), (4, 3), MASK_2D), {}), (((4, 2), (4, 2), MASK), {"over": 5.0}),
    ),
    "masked_squared_error": (
        (((4, 2), (4, 2), MASK), {}), (((4, 3), (4, 3), MASK_2D), {}), (((4, 2), (4, 2), MASK), {"over": 5.0}),
    ),
    "exp": ONE,
    "log": ONE,
    "maximum": TWO,
    "at_least": TWO,
    "softplus": ONE,
    "log_sigmoid": ONE,
    "log_softmax": ((((3, 4),), {}), (((2, 3, 4),), {}), (((1, 1),), {})),
    "masked_fill": ((((4, 3), MASK_2D), {"value": -3.0}), (((2, 4, 3), MASK_2D), {"value": 0.5})),
    "mean_axis": ((((3, 4),), {}), (((3, 4, 2),), {"axis": (0, 2)})),
    "mean_all": ONE,
    "variance_axis": ((((3, 4),), {}), (((3, 4, 2),), {"axis": (0, 2)})),
    "normalize": ((((3, 4),), {}), (((3, 4, 2),), {"axis": (0, 2), "epsilon": 0.1}), (((5, 3),), {"axis": 0})),
    "l2_norm": ((((3, 4),), {}), (((3, 4, 2),), {"axis": (1, 2)})),
    "batched_matmul": ((((2, 3, 4), (2, 4, 5)), {}), (((2, 2, 2, 3), (2, 2, 3, 2)), {}), (((2, 3, 4), (4, 2)), {})),
    "batched_matmul_by_transpose": ((((2, 3, 4), (2, 5, 4)), {}), (((2, 1, 2, 3), (3, 2, 3)), {})),
    "batched_transpose_matmul": ((((2, 4, 3), (2, 4, 5)), {}), (((1, 4, 3), (3, 4, 2)), {})),
    "reshape": ((((3, 4),), {"shape": (2, 6)}), (((2, 3, 2),), {"shape": (2, -1)}), (((),), {"shape": (1, 1)})),
    "permute": ((((2, 3, 4),), {"axes": (1, 2, 0)}), (((2, 3, 4, 1),), {"axes": (0, 2, 1, -1)})),
    "reverse": ((((3, 4),), {}), (((3, 4),), {"axis": -1})),
    "stack": ((((3, 4), (3, 4)), {}), (((2, 3), (2, 3), (2, 3)), {"axis": 1}), (((2, 3), (2, 3)), {"axis": -1})),
    "taken_at": ((((3, 4),), {"at": 2}), (((2, 3, 4),), {"at": 0, "axis": -1})),
    "put_at": ((((3, 4),), {"at": 1, "size": 2}), (((2, 3),), {"at": 0, "size": 3, "axis": -1})),
    "convolution2d": (
        (((2, 2, 3, 3), (2, 2, 2, 2)), {}),
        (((1, 2, 5, 4), (2, 2, 3, 2)), {"stride": 2, "padding": 1}),
        (((1, 1, 5, 6), (2, 1, 2, 2)), {"stride": (1, 2), "padding": (0, 1), "dilation": (2, 1)}),
        (((1, 4, 3, 3), (4, 1, 2, 2)), {"groups": 4}),
        (((1, 4, 3, 2), (2, 2, 3, 1)), {"groups": 2, "padding": 1, "stride": 2}),
    ),
    "transposed_convolution2d": (
        (((2, 2, 2, 2), (2, 1, 2, 2)), {}),
        (((1, 2, 2, 2), (2, 2, 3, 2)), {"stride": 2, "padding": 1, "size": (4, 3)}),
        (((1, 4, 2, 2), (4, 1, 2, 2)), {"groups": 2, "dilation": 2}),
    ),
    "convolution2d_filters": (
        (((2, 2, 3, 3), (2, 2, 2, 2)), {"kernel": (2, 2)}),
        (((1, 2, 5, 4), (1, 2, 3, 3)), {"kernel": (3, 2), "stride": 2, "padding": 1}),
        (((1, 4, 3, 3), (1, 4, 2, 2)), {"kernel": (2, 2), "groups": 2}),
    ),
    "max_pool2d": ((((2, 2, 4, 3),), {"size": 2}), (((1, 2, 4, 4),), {"size": (3, 2), "stride": 1})),
    "max_unpool2d": (
        (((1, 2, 2, 2), (1, 2, 4, 4)), {"size": 2}), (((1, 2, 2, 3), (1, 2, 4, 4)), {"size": (3, 2), "stride": 1}),
    ),
    "at_maxima": (
        (((1, 2, 4, 4), (1, 2, 4, 4)), {"size": 2}), (((1, 2, 4, 4), (1, 2, 4, 4)), {"size": (3, 2), "stride": 1}),
    ),
    "squared_error": ((((3, 2), (3, 2)), {}), (((1, 1), (1, 1)), {})),
    "argmax": ONE,
}
POSITIVE = {"square_root", "divide", "log"}


def values(name: str, shapes: tuple[tuple[int, ...] | np.ndarray, ...], seed: int) -> list[np.ndarray]:
    """Random numbers of both signs away from 0, where the activations have their kinks; never constant."""
    random = np.random.default_rng(seed)
    signs = (1.0,) if name in POSITIVE else (-1.0, 1.0)
    return [
        shape if isinstance(shape, np.ndarray) else random.uniform(0.3, 2.0, shape) * random.choice(signs, shape)
        for shape in shapes
    ]
