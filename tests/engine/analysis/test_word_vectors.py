"""Near words, analogies and the map of words."""

import numpy as np
import pytest

from engine.analysis.word_map import principal_plane, turn, word_map
from engine.analysis.word_vectors import WordVectors, word_tables
from engine.lesson import lesson_named
from engine.training.initializers import initial_parameters


def test_the_nearest_words_are_those_with_the_largest_cosine() -> None:
    vectors = np.random.default_rng(0).standard_normal((30, 5)) * np.linspace(0.01, 100, 30)[:, np.newaxis]
    found = WordVectors([str(one) for one in range(30)], vectors).nearest(7, 4)
    cosines = {
        one: vectors[7] @ vectors[one] / np.linalg.norm(vectors[7]) / np.linalg.norm(vectors[one])
        for one in range(30)
        if one != 7
    }
    expected = sorted(cosines, key=lambda one: -cosines[one])[:4]
    assert [one for one, _ in found] == expected
    assert [cosine for _, cosine in found] == pytest.approx([cosines[one] for one in expected])


def test_an_analogy_adds_the_difference() -> None:
    words = ("man", "woman", "king", "queen", "stone")
    vectors = np.array([[1.0, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1], [-1, -1, -1]])
    known = WordVectors(words, vectors)
    assert known.words[known.analogy(0, 1, 2)[0][0]] == "queen"
    assert all(one not in (0, 1, 2) for one, _ in known.analogy(0, 1, 2))
    assert known.right_of(np.array([[0, 1, 2, 3], [0, 1, 2, 4], [1, 0, 3, 2]])) == 2
    assert known.right_of(np.zeros((0, 4), dtype=int)) == 0


def test_words_without_a_direction_are_near_to_none() -> None:
    known = WordVectors("abcd", np.array([[1.0, 0], [0, 0], [np.nan, 1], [2, 0]]))
    assert known.nearest(0, 9) == [(3, 1.0), (1, 0.0), (2, 0.0)]
    assert [cosine for _, cosine in known.nearest(1)] == [0, 0, 0]
    assert WordVectors("a", np.ones((1, 2))).nearest(0) == []
    assert WordVectors("ab", np.ones((2, 2))).analogy(0, 1, 0) == []


def test_the_map_is_the_plane_in_which_the_vectors_vary_most() -> None:
    random = np.random.default_rng(1)
    plane = np.linalg.qr(random.standard_normal((6, 2)))[0]
    flat = random.standard_normal((40, 2)) * (3, 1)
    vectors = flat @ plane.T + random.standard_normal((40, 6)) * 1e-9 + 5
    found = word_map(vectors)
    distances = np.linalg.norm(flat[:, None] - flat, axis=-1)
    measured = np.linalg.norm(found[:, None] - found, axis=-1)
    assert measured / measured.max() == pytest.approx(distances / distances.max(), abs=1e-6)
    covariance = np.cov(vectors.T)
    values, directions = np.linalg.eigh(covariance)
    assert np.abs(principal_plane(vectors) @ directions[:, [-1, -2]]) == pytest.approx(np.eye(2), abs=1e-6)
    assert found.mean(axis=0) == pytest.approx([0, 0])


def test_the_sign_of_the_map_does_not_depend_on_chance() -> None:
    vectors = np.random.default_rng(2).standard_normal((20, 4))
    plane = principal_plane(vectors)
    assert (plane[np.arange(2), np.abs(plane).argmax(axis=1)] > 0).all()
    assert word_map(vectors + 1e-12) == pytest.approx(word_map(vectors), abs=1e-9)


def test_a_map_is_turned_like_the_one_before() -> None:
    random = np.random.default_rng(3)
    places, angle = random.standard_normal((15, 2)), 2.2
    turned = places @ np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), -np.cos(angle)]])
    assert places @ turn(places, turned) == pytest.approx(turned)
    vectors = random.standard_normal((15, 5))
    first = word_map(vectors)
    assert word_map(vectors, -first[:, ::-1]) == pytest.approx(-first[:, ::-1])


@pytest.mark.parametrize(
    "vectors",
    [np.ones((4, 3)), np.ones((1, 3)), np.full((5, 2), np.nan), np.array([[1.0, np.inf], [0, 1], [2, 3]]),
     np.arange(6.0)[:, None], np.eye(3) * 1e300],
)  # fmt: skip
def test_there_is_a_map_of_whatever_there_is(vectors: np.ndarray) -> None:
    found = word_map(vectors)
    assert found.shape == (len(vectors), 2)
    assert np.isfinite(found).all()
    assert np.isfinite(word_map(vectors, found)).all()


@pytest.mark.parametrize(
    ("lesson", "tables"),
    [
        ("word2vec-cbow", ["W_in", "W_out"]),
        ("rnn-language-model", ["W_embed"]),
        ("bidirectional-rnn", ["W_embed"]),
        ("attention-dates", ["encoder.W_embed", "decoder.W_embed"]),
        ("binary-addition", []),
        ("lstm", []),
    ],
)
def test_networks_that_read_words_have_tables(lesson: str, tables: list[str]) -> None:
    opened = lesson_named(lesson)
    sizes = opened.task.sizes(opened.settings)
    parameters = initial_parameters(opened.model.parameters(opened.settings, sizes), opened.settings)
    found = word_tables(opened, opened.settings, parameters)
    assert [table.name for table in found] == tables
    assert all(len(table.words) == len(parameters[table.name]) for table in found)
