"""Vocabularies number tokens by first appearance and keep the most frequent."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.tokens import UNKNOWN
from engine.text.vocabulary import vocabulary

WORDS = st.lists(st.sampled_from([*"abcdefgh", UNKNOWN]), min_size=1, max_size=60)


def test_ids_follow_first_appearance() -> None:
    known = vocabulary(["you", "say", "goodbye", "and", "i", "say", "hello", "."])
    assert known.words == ("you", "say", "goodbye", "and", "i", "hello", ".")
    assert known.numbered(["i", "say", "hello", "."]).tolist() == [4, 1, 5, 6]
    assert known.read([0, 1, 5]) == ["you", "say", "hello"]
    assert known.unknown is None


def test_the_most_frequent_are_kept() -> None:
    known = vocabulary(list("abcabacd"), 3)
    assert known.words == ("a", "b", UNKNOWN)
    assert known.numbered("abcd").tolist() == [0, 1, 2, 2]


def test_held_out_text_may_need_a_place_for_the_unknown() -> None:
    assert vocabulary(list("ab"), more=list("ba")).words == ("a", "b")
    assert vocabulary(list("ab"), more=list("bx")).words == ("a", "b", UNKNOWN)
    with pytest.raises(KeyError):
        vocabulary(list("ab")).numbered("x")


@given(tokens=WORDS, most=st.integers(2, 10))
def test_a_limit_is_kept_and_nothing_frequent_is_lost(tokens: list[str], most: int) -> None:
    known = vocabulary(tokens, most)
    counts = Counter(token for token in tokens if token != UNKNOWN)
    assert len(known) <= most
    kept = [counts[word] for word in known.words if word != UNKNOWN]
    lost = [counts[word] for word in counts if word not in known.ids]
    assert not lost or min(kept, default=0) >= max(lost)
    assert not lost or len(known) == most
    read = known.read(known.numbered(tokens))
    assert all(one in (other, UNKNOWN) for one, other in zip(read, tokens, strict=True))
    first = [tokens.index(word) for word in known.words if word in tokens]
    assert first == sorted(first)
