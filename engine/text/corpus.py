"""Corpora: the text that a language model learns, in numbers, with what is held out to judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np

from engine.errors import BackstepError
from engine.randomness import generator
from engine.tensor import Array
from engine.text.grammar import Grammar
from engine.text.grammar_file import shipped_grammar
from engine.text.grammar_reader import GrammarReader
from engine.text.segmentation import segmented
from engine.text.text_file import read_text_file
from engine.text.tokens import END, cut_prefix, tokens
from engine.text.vocabulary import Vocabulary, vocabulary

GRAMMARS = {"english": " ", "japanese": "", "english-rich": " ", "english-relations": " ", "japanese-relations": ""}
"""What stands between words, by the name of the grammar."""
FILE = "file"
_OF_GRAMMAR = 10_000
"""Tokens that are learned of a grammar's text, which has no end, where no number is given."""
_HELD_OUT = 5_001
_MOST_HELD_OUT = 10_000
_SMALLEST = 2
"""Tokens: one to read and one to foretell."""


class CorpusError(BackstepError):
    """There is no text to learn."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """A text in numbers.

    Attributes:
        vocabulary: the tokens there are.
        training: ids (n,) of the text to learn.
        held_out: ids (m,) of the text to be judged on.
        cut: how it was cut into tokens, one of ``engine.text.tokens.CUTS``.
        sample: the beginning of the text; what a user types is cut as it is.
        grammar: whose text it is, as long as it can be followed: of the tokens as they are.
        words: the tokens by id, as an array.
    """

    vocabulary: Vocabulary
    training: Array
    held_out: Array
    cut: str
    sample: str
    grammar: Grammar | None = None
    words: Array = field(init=False)

    def __post_init__(self) -> None:
        """Keep the tokens as an array: of objects, for one very long token would widen all the others."""
        object.__setattr__(self, "words", np.array(self.vocabulary.words, dtype=object))

    @property
    def floor(self) -> float | None:
        """The least mean loss, in nats, that any model can come to in the long run; None where it is not known."""
        return None if self.grammar is None else self.grammar.entropy_rate

    @property
    def pairs(self) -> int:
        """How many tokens of the training text have a token after them: what is learned, over and over."""
        return len(self.training) - 1

    def cut_prefix(self, typed: str) -> list[str]:
        """The tokens of what a user typed; words run together, as in Japanese, are told apart if all are known."""
        known = self.vocabulary.ids
        pieces = cut_prefix(typed, self.cut, self.sample)
        return [word for piece in pieces for word in ([piece] if piece in known else segmented(piece, known))]


@lru_cache(maxsize=4)
def corpus(source: str, file: str, cut: str, most: int, size: int, seed: int) -> Corpus:
    """A corpus, kept for the next time; a file is read once.

    Args:
        source: the name of a grammar, or ``file``.
        file: path of the text where the source is a file.
        cut: one of ``engine.text.tokens.CUTS``.
        most: size of the vocabulary at most; 0 for no limit.
        size: number of tokens to train on; 0 for all that the file has but the last tenth.
        seed: of the grammar's text.

    Raises:
        FileError: the file cannot be read as text.
        CorpusError: it has too few tokens.
    """
    size = max(size, _SMALLEST) if size else 0
    if source == FILE:
        return _of_file(file, cut, most, size)
    grammar = shipped_grammar(source)
    return _of_grammar(grammar, GRAMMARS[source], cut, most, size, seed)


def _of_grammar(grammar: Grammar, between: str, cut: str, most: int, size: int, seed: int) -> Corpus:
    if cut == "character":
        grammar = grammar.spelled(between)
    train = list(islice(grammar.text(generator(seed, "text")), size or _OF_GRAMMAR))
    held_out = list(islice(grammar.text(generator(seed, "held-out text")), _HELD_OUT))
    known = vocabulary(train, most, more=held_out)
    followed = grammar if known.ids.keys() >= set(train) else None
    sample = "" if cut == "character" else " ".join(train[:50])
    return Corpus(known, known.numbered(train), known.numbered(held_out), cut, sample, followed)


def _of_file(file: str, cut: str, most: int, size: int) -> Corpus:
    path = Path(file).expanduser()
    text = read_text_file(path).text
    train, held_out = _parted(tokens(text, cut, size + max(1, size // 10) if size else 0), size)
    if len(train) < _SMALLEST:
        raise CorpusError("{file} has too little text to learn from.", file=path.name)
    known = vocabulary(train, most, more=held_out)
    return Corpus(known, known.numbered(train), known.numbered(held_out), cut, text[:20_000])


def _parted(found: Sequence[str], size: int) -> tuple[Sequence[str], Sequence[str]]:
    """What is learned, and the tenth after it that is held out; of a short text its last tenth."""
    if not size or len(found) <= size:
        size = len(found) - max(1, len(found) // 10)
    return found[:size], found[size : size + _MOST_HELD_OUT]


def expected_along(text: Corpus, start: int, count: int) -> list[dict[str, float]]:
    """What the grammar itself expects after each of ``count`` tokens from ``start`` on: next token → probability.

    The training text is read round and round; before ``start`` it is read from the beginning of the sentence.

    Raises:
        CorpusError: the text is of no grammar.
    """
    reader = _reader_of(text)
    words, ids, end = text.vocabulary.words, text.training, text.vocabulary.ids.get(END)
    begin = start
    while begin > 0 and ids[begin - 1] != end:
        begin -= 1
    found, reading = [], reader.beginning
    for place in range(begin, start + count):
        here = place % text.pairs
        reading = reader.after(reader.beginning if here == 0 else reading, words[ids[here]])
        if place >= start:
            found.append(reader.next_tokens(reading))
    return found


def expected_next(text: Corpus, read: Sequence[str]) -> dict[str, float]:
    """What the grammar expects after tokens that begin a line; nothing where it has no such sentence.

    Raises:
        CorpusError: the text is of no grammar.
    """
    reader = _reader_of(text)
    reading = reader.beginning
    for token in read:
        reading = reader.after(reading, token)
    return reader.next_tokens(reading)


def _reader_of(text: Corpus) -> GrammarReader:
    if text.grammar is None:
        raise CorpusError("The true probabilities of this text are not known.")
    return _reader(text.grammar)


@lru_cache(maxsize=4)
def _reader(grammar: Grammar) -> GrammarReader:
    return GrammarReader(grammar)
