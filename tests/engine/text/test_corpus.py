"""Corpora: what is learned, what is held out, and how probable the grammar thinks it."""

import math
from pathlib import Path

import numpy as np
import pytest

from engine.errors import FileError
from engine.text.corpus import Corpus, CorpusError, corpus, expected_along, expected_next
from engine.text.tokens import END, UNKNOWN

LINES = "the cat sat on the mat\nthe dog sat on the log\n"


def own(folder: Path, text: str, cut: str = "word", most: int = 0, size: int = 0, encoding: str = "utf-8") -> Corpus:
    path = folder / f"{abs(hash((text, encoding)))}.txt"
    path.write_bytes(text.encode(encoding))
    return corpus("file", str(path), cut, most, size, 0)


def true_probabilities(text: Corpus, start: int, count: int) -> list[float]:
    """What the grammar gives to each token that did come."""
    following = [text.vocabulary.words[text.training[place % text.pairs + 1]] for place in range(start, start + count)]
    expected = expected_along(text, start, count)
    return [chances.get(word, 0.0) for chances, word in zip(expected, following, strict=True)]


def test_the_last_tenth_of_a_file_is_held_out(tmp_path: Path) -> None:
    text = own(tmp_path, LINES * 10)
    assert (len(text.training), len(text.held_out)) == (126, 14)
    assert text.vocabulary.words == ("the", "cat", "sat", "on", "mat", END, "dog", "log")
    assert text.training[:8].tolist() == [0, 1, 2, 3, 0, 4, 5, 0]
    assert text.floor is None


def test_the_beginning_of_a_file_is_enough(tmp_path: Path) -> None:
    text = own(tmp_path, LINES * 10, size=20)
    assert (len(text.training), len(text.held_out)) == (20, 2)
    assert own(tmp_path, LINES, size=100).training.size == 13


def test_one_very_long_word_does_no_harm(tmp_path: Path) -> None:
    text = own(tmp_path, "x" * 3_000_000 + " " + " ".join(f"w{number}" for number in range(2000)), "space")
    assert text.words.nbytes < 100_000
    assert len(text.vocabulary) == 1803


def test_words_that_only_the_held_out_part_has_are_unknown(tmp_path: Path) -> None:
    text = own(tmp_path, LINES * 5 + "a bird sat on the log\n")
    assert text.vocabulary.words[-1] == UNKNOWN
    assert UNKNOWN in text.vocabulary.read(text.held_out)
    assert UNKNOWN not in text.vocabulary.read(text.training)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "utf-16"])
def test_a_japanese_file_is_learned_by_characters(tmp_path: Path, encoding: str) -> None:
    text = own(tmp_path, "吾輩は町で本を読みました。\n先生は庭で花を見ています。\n" * 5, encoding=encoding)
    assert "".join(text.vocabulary.read(text.training[:5])) == "吾輩は町で"
    assert text.cut_prefix("本を読み") == list("本を読み")


def test_what_cannot_be_learned_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        corpus("file", str(tmp_path / "absent.txt"), "word", 0, 0, 0)
    with pytest.raises(CorpusError, match="too little text"):
        own(tmp_path, "a")


@pytest.mark.parametrize("name", ["english", "japanese", "english-rich"])
@pytest.mark.parametrize("cut", ["word", "character"])
def test_the_true_probabilities_are_about_the_floor(name: str, cut: str) -> None:
    text = corpus(name, "", cut, 0, 4000, 1)
    true = true_probabilities(text, 0, 3000)
    assert text.floor is not None
    assert min(true) > 0
    assert -np.mean(np.log(true)) == pytest.approx(text.floor, rel=0.08)
    assert true_probabilities(text, 1234, 50) == pytest.approx(true[1234:1284])


def test_the_text_is_read_round_and_round() -> None:
    text = corpus("english", "", "word", 0, 200, 0)
    end = true_probabilities(text, text.pairs - 3, 6)
    assert end[3:] == pytest.approx(true_probabilities(text, 0, 3))
    assert all(end)


def test_a_limit_that_loses_words_leaves_no_floor() -> None:
    assert corpus("english", "", "word", 60, 4000, 0).floor is None
    assert corpus("english", "", "word", 500, 4000, 0).floor is not None
    with pytest.raises(CorpusError, match="not known"):
        true_probabilities(corpus("english", "", "word", 60, 4000, 0), 0, 1)


def test_what_the_grammar_expects() -> None:
    text = corpus("japanese", "", "word", 0, 4000, 0)
    assert expected_next(text, ["昨日", "母", "は", "花", "を", "見"]) == {"ました": 1.0}
    assert expected_next(text, ["母", "母"]) == {}
    assert math.fsum(expected_next(text, []).values()) == pytest.approx(1)


def test_the_seed_decides_on_the_text() -> None:
    first, second = (corpus("english", "", "word", 0, 500, seed) for seed in (0, 1))
    assert corpus("english", "", "word", 0, 500, 0) is first
    assert first.vocabulary.read(first.training) != second.vocabulary.read(second.training)
