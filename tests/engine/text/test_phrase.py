"""Phrases and the grammars that make them."""

import numpy as np
import pytest

from engine.text.phrase import Phrase, Sentiment, both, negated, rather, together, word
from engine.text.sentiment_grammar import LONGEST, VOCABULARIES, sentence

GOOD, DULL, NOT = word("good", Sentiment.POSITIVE), word("dull", Sentiment.NEGATIVE), word("not")


def test_nodes_come_after_their_parts_left_before_right() -> None:
    tree = together(word("it"), together(word("is"), negated(NOT, GOOD)))
    assert [node.word or node.brackets() for node in tree.post_order()] == [
        "it", "is", "not", "good", "(not good)", "(is (not good))", "(it (is (not good)))",
    ]  # fmt: skip
    assert tree.words() == ["it", "is", "not", "good"]


def test_a_very_deep_tree_is_walked() -> None:
    tree = GOOD
    for _ in range(5000):
        tree = together(word("very"), tree)
    assert sum(1 for _ in tree.post_order()) == 10_001
    assert len(tree.brackets()) > 5000


def test_the_same_words_in_another_tree_mean_the_opposite() -> None:
    but_funny = together(word("but"), word("funny", Sentiment.POSITIVE))
    one, other = rather(negated(NOT, GOOD), but_funny), negated(NOT, rather(GOOD, but_funny))
    assert one.words() == other.words()
    assert (one.sentiment, other.sentiment) == (Sentiment.POSITIVE, Sentiment.NEGATIVE)


@pytest.mark.parametrize(
    ("phrase", "sentiment"),
    [
        (negated(NOT, DULL), Sentiment.POSITIVE),
        (negated(DULL, NOT), Sentiment.POSITIVE),
        (negated(NOT, both(GOOD, DULL)), Sentiment.NEUTRAL),
        (both(GOOD, GOOD), Sentiment.POSITIVE),
        (both(GOOD, DULL), Sentiment.NEUTRAL),
        (rather(GOOD, DULL), Sentiment.NEGATIVE),
        (together(word("very"), DULL), Sentiment.NEGATIVE),
        (together(GOOD, word("し")), Sentiment.POSITIVE),
    ],
)
def test_sentiments(phrase: Phrase, sentiment: Sentiment) -> None:
    assert phrase.sentiment is sentiment


@pytest.mark.parametrize("language", VOCABULARIES)
def test_sentences_use_the_whole_vocabulary_and_nothing_else(language: str) -> None:
    random = np.random.default_rng(0)
    drawn = [sentence(language, random) for _ in range(2000)]
    used = {text for one in drawn for text in one.words()}
    assert used == set(VOCABULARIES[language])
    assert len(set(VOCABULARIES[language])) == len(VOCABULARIES[language])
    assert LONGEST - 1 <= max(len(one.words()) for one in drawn) <= LONGEST
    assert {one.sentiment for one in drawn} == set(Sentiment)
    assert all(len(node.parts) in (0, 2) for one in drawn for node in one.post_order())
