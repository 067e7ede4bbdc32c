"""Words without spaces are told apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.text.corpus import corpus
from engine.text.grammar_file import shipped_grammar
from engine.text.segmentation import segmented

KNOWN = {"母", "は", "本", "を", "読み", "ます", "ま", "す", "おば", "お", "が"}


def test_the_fewest_words_are_found() -> None:
    assert segmented("母は本を読みます", KNOWN) == ["母", "は", "本", "を", "読み", "ます"]
    assert segmented("おばが", KNOWN) == ["おば", "が"]


def test_what_is_not_made_of_known_words_stays_whole() -> None:
    assert segmented("母は鯨", KNOWN) == ["母は鯨"]
    assert segmented("", KNOWN) == [""]


@given(st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=20))
def test_any_known_words_are_told_apart(words: list[str]) -> None:
    found = segmented("".join(words), KNOWN)
    assert "".join(found) == "".join(words)
    assert set(found) <= KNOWN
    assert len(found) <= len(words)


def test_sentences_of_the_grammar_may_be_typed_without_spaces() -> None:
    text, random = corpus("japanese", "", "word", 0, 8000, 0), np.random.default_rng(5)
    for _ in range(200):
        words = shipped_grammar("japanese").sentence(random)
        assert text.cut_prefix("".join(words)) == words
        assert text.cut_prefix(" ".join(words)) == words
