"""A plane map of vectors: their first two principal components, turned like the map before."""

from __future__ import annotations

import numpy as np

from engine.tensor import Array


def principal_plane(vectors: Array) -> Array:
    """The two directions (2, d) in which vectors (V, d) vary most, by the singular value decomposition X = U S Vᵀ.

    The sign of each is chosen so that its largest entry is positive. Where there are fewer directions than two, the
    missing ones are zeros.
    """
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    plane = np.zeros((2, vectors.shape[1]))
    plane[: min(2, len(directions))] = directions[:2]
    largest = np.take_along_axis(plane, np.argmax(np.abs(plane), axis=1)[:, np.newaxis], axis=1)
    signed: Array = np.where(largest < 0, -plane, plane)
    return signed


def word_map(vectors: Array, like: Array | None = None) -> Array:
    """Places (V, 2) of vectors (V, d) on their principal plane, the mean at 0.

    Args:
        vectors: rows that are not finite are left out, and lie at the mean.
        like: (V, 2), the map before: the new one is turned, and turned over, to lie on it as closely as it can, for
            the axes of a plane may change places from one moment to the next.
    """
    finite = np.isfinite(vectors).all(axis=1)
    places = np.zeros((len(vectors), 2))
    if np.count_nonzero(finite) < 2:
        return places
    real = vectors[finite].astype(np.float64)
    # Very large numbers, of a training that runs away, must not overflow when they are squared.
    real = real / max(float(np.abs(real).max()), np.finfo(np.float64).tiny)
    places[finite] = (real - real.mean(axis=0)) @ principal_plane(real).T
    return places if like is None else places @ turn(places, like)


def turn(places: Array, like: Array) -> Array:
    """The rotation or reflection R (2, 2) for which |places R − like| is least.

    With the singular value decomposition placesᵀ like = U S Vᵀ it is U Vᵀ (Schönemann 1966, orthogonal Procrustes).
    """
    left, _, right = np.linalg.svd(places.T @ like)
    turned: Array = left @ right
    return turned
