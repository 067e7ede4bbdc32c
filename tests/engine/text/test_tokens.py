"""Texts are cut as their language wants it."""

import pytest

from engine.text.tokens import CUTS, END, cut_prefix, is_separated, joined, tokens

JAPANESE = "昨日、母は市場で魚を買いました。\n明日は雨が降るでしょう。\n"
SEPARATED = "昨日 、 母 は 市場 で 魚 を 買い まし た 。\n明日 は 雨 が 降る でしょう 。\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("The cat sat.", ["The", "cat", "sat", "."]),
        ("I don't know, do you?", ["I", "don't", "know", ",", "do", "you", "?"]),
        ("a well-known <unk> of 3.5% at 10:30", ["a", "well-known", "<unk>", "of", "3.5%", "at", "10:30"]),
        ("It cost $1,000 … really!", ["It", "cost", "$1,000", "…", "really", "!"]),
        ("at 9 a.m. in the U.S.A.", ["at", "9", "a.m.", "in", "the", "U.S.A."]),
        ("“Yes,” she said (twice).", ["“", "Yes", ",", "”", "she", "said", "(", "twice", ")", "."]),
        ("naïve café_au_lait", ["naïve", "café", "_", "au", "_", "lait"]),
    ],
)
def test_english_words(line: str, words: list[str]) -> None:
    assert tokens(line, "word") == [*words, END]


def test_japanese_without_spaces_is_cut_in_characters() -> None:
    assert not is_separated(JAPANESE)
    assert tokens(JAPANESE, "word")[:8] == list("昨日、母は市場で")
    assert tokens("GPUで学習するのはRNNです。", "word") == ["GPU", *"で学習するのは", "RNN", *"です。", END]


def test_japanese_with_spaces_is_cut_in_words() -> None:
    assert is_separated(SEPARATED)
    assert tokens(SEPARATED, "word")[:5] == ["昨日", "、", "母", "は", "市場"]


def test_a_text_without_japanese_counts_as_separated() -> None:
    assert is_separated("The cat sat.")


def test_every_line_that_is_not_empty_is_closed() -> None:
    assert tokens("a b\n\n  \nc", "space") == ["a", "b", END, "c", END]
    assert tokens("ab\nc d", "character") == ["a", "b", END, "c", " ", "d", END]


def test_the_penn_treebank_stays_as_it_was_cut() -> None:
    line = " mr. <unk> is chairman of n.v. the dutch publishing group 's c$ N s&p \n"
    assert tokens(line, "space") == [*line.split(), END]


@pytest.mark.parametrize("cut", CUTS)
def test_no_more_is_cut_than_asked_for(cut: str) -> None:
    everything = tokens("one two three\n" * 50, cut)
    assert tokens("one two three\n" * 50, cut, 7) == everything[:7]
    assert tokens("one two three\n" * 50, cut, 10_000) == everything


def test_a_prefix_is_not_closed() -> None:
    assert cut_prefix("  the old ", "word", "the old man") == ["the", "old"]
    assert cut_prefix("母は", "word", JAPANESE) == ["母", "は"]
    assert cut_prefix("", "word", JAPANESE) == []


def test_joined_tokens_read_well() -> None:
    assert joined(tokens("The cat sat.\nDid it?\n", "word"), "word") == "The cat sat.\nDid it?\n"
    assert joined(tokens(SEPARATED, "word"), "word") == JAPANESE
    assert joined(tokens(JAPANESE, "character"), "character") == JAPANESE
