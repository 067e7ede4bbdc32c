"""Grammars: the entropy that is computed is the one that a long text has; every sentence has one derivation."""

import math
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from engine.errors import FileError
from engine.text.grammar import Grammar, GrammarError
from engine.text.grammar_file import grammar, read_grammar, shipped_grammar
from engine.text.grammar_reader import GrammarReader
from engine.text.tokens import END

SHIPPED = {"english": " ", "japanese": "", "english-rich": " ", "english-relations": " ", "japanese-relations": ""}
GRAMMARS = {
    **{name: shipped_grammar(name) for name in SHIPPED},
    **{f"{name}, spelled": shipped_grammar(name).spelled(between) for name, between in SHIPPED.items()},
}
COIN = "[sentence] = 1: a | 3: b [more]\n[more] = c | c [more]"


def test_the_entropy_of_a_small_grammar_by_hand() -> None:
    coin = grammar(COIN)
    first = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75))
    assert coin.sentence_entropy == pytest.approx(first + 0.75 * 2 * math.log(2))  # a geometric number of c
    assert coin.sentence_length == pytest.approx(1 + 0.25 + 0.75 * (1 + 2))
    assert coin.words == ("a", "b", "c", END)


@pytest.mark.parametrize("name", GRAMMARS)
def test_a_long_text_has_the_entropy_that_is_computed(name: str) -> None:
    """Within 4.5 standard deviations, estimated from sentences, which are independent."""
    found, random = GRAMMARS[name], np.random.default_rng(7)
    reader, scores = GrammarReader(found), []
    for _ in range(1500 if " " not in found.words else 500):
        words = [*found.sentence(random), END]
        scores.append((-sum(math.log(p) for p in reader.probabilities(words)), len(words)))
    surprise, length = np.array(scores).T
    rate = surprise.sum() / length.sum()
    deviation = np.std(surprise - rate * length) / np.sqrt(len(length)) / length.mean()
    assert abs(rate - found.entropy_rate) < 4.5 * deviation
    assert deviation < 0.04 * found.entropy_rate


@pytest.mark.parametrize("name", GRAMMARS)
def test_every_sentence_has_one_derivation(name: str) -> None:
    """Else the derivation would be less probable than the sentence."""
    found, random = GRAMMARS[name], np.random.default_rng(3)
    reader = GrammarReader(found)
    for _ in range(300):
        words, logarithm = found.derived(random)
        assert sum(map(math.log, reader.probabilities([*words, END]))) == pytest.approx(logarithm)


@pytest.mark.parametrize("name", GRAMMARS)
def test_next_tokens_add_up_to_one(name: str) -> None:
    found = GRAMMARS[name]
    reader = GrammarReader(found)
    reading = reader.beginning
    for token in islice(found.text(np.random.default_rng(1)), 200):
        expected = reader.next_tokens(reading)
        assert sum(expected.values()) == pytest.approx(1)
        reading = reader.after(reading, token)
    assert reader.after(reading, "nowhere in it") == ()


def test_the_sizes_are_the_ones_the_lessons_tell_of() -> None:
    assert len(shipped_grammar("english").words) == 129
    assert len(shipped_grammar("japanese").words) == 107
    rich = shipped_grammar("english-rich")
    assert len(rich.words) == 889
    floors = [f"{math.exp(shipped_grammar(name).entropy_rate):.2f}" for name in ("english", "english-rich")]
    assert floors == ["4.04", "34.17"]
    sizes = [len(set(islice(rich.text(np.random.default_rng(seed)), 1000))) for seed in range(5)]
    assert 400 <= min(sizes) <= max(sizes) <= 440


def test_agreement_over_a_distance() -> None:
    found = shipped_grammar("english")
    reader = GrammarReader(found)
    ends = {"herself": "girl that the dogs follow sees", "themselves": "girls that the dog follows see"}
    for end, start in ends.items():
        reading = reader.beginning
        for word in ["the", *start.split()]:
            reading = reader.after(reading, word)
        assert {"herself", "himself", "themselves"} & reader.next_tokens(reading).keys() == {end}
    japanese = GrammarReader(shipped_grammar("japanese"))
    for adverb, ending in (("昨日", "ました"), ("毎日", "ます")):
        reading = japanese.beginning
        for word in [adverb, "母", "は", "おば", "が", "くれた", "本", "を", "読み"]:
            reading = japanese.after(reading, word)
        assert japanese.next_tokens(reading) == {ending: 1.0}


def test_spelling_keeps_the_sentences() -> None:
    found = grammar("[sentence] = [who] sat | sit\n[who] = the cat | a [who]")
    spelled = found.spelled(" ")
    for seed in range(20):
        words = found.sentence(np.random.default_rng(seed))
        assert list(" ".join(words)) == spelled.sentence(np.random.default_rng(seed))
    assert spelled.sentence_entropy == pytest.approx(found.sentence_entropy)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[sentence] = a [b]", "The grammar has no rule for [b]."),
        ("[b] = a", "The grammar has no rule for [sentence]."),
        ("[sentence] = a\n[sentence] = b", "The grammar has two rules for [sentence]."),
        ("sentence = a", "This line of the grammar is no rule: sentence = a"),
        ("[sentence] = 0: a", "An alternative of the grammar is empty."),
        ("[sentence] = a [sentence]", "No rule of a grammar may use [sentence]."),
        ("[sentence] = [b]\n[b] = [c] a | a\n[c] = [b] c", "The part [b] of the grammar begins with itself."),
        ("[sentence] = [b]\n[b] = a [b] [b] | a", "The sentences of this grammar have no end."),
    ],
)  # fmt: skip
def test_what_is_no_grammar_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(GrammarError) as caught:
        grammar(text)
    assert str(caught.value) == sentence


def test_features_are_written_out() -> None:
    found = grammar(
        "feature N sg pl  # number\n[sentence] = 2: [np sg] runs\n  | [np pl] run\n[np N] = the [noun N]\n"
        "[noun sg] ~ dog cat\n[noun pl] : dogs cats"
    )
    assert isinstance(found, Grammar)
    assert [one.probability for one in found.rules["[sentence]"]] == pytest.approx([2 / 3, 1 / 3])
    assert [one.probability for one in found.rules["[noun sg]"]] == pytest.approx([3 / 5, 2 / 5])
    assert [one.probability for one in found.rules["[noun pl]"]] == [0.5, 0.5]


def test_a_grammar_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"absent.txt cannot be read"):
        read_grammar(tmp_path / "absent.txt")
