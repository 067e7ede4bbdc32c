"""Grammar files: plain text in resources/grammars/.

::

    # a remark
    feature N sg pl
    [sentence] = 2: [np sg] sleeps | [np pl] sleep       alternatives, with weights (1 where none is given)
    [np N] = the [noun N]                                one rule for each value of N
    [noun sg] ~ dog cat bird                             single words, the earlier the more frequent
    [noun pl] : dogs cats birds                          single words, equally frequent

A line that begins with a space goes on with the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

from engine.errors import FileError
from engine.files.resources import resource
from engine.text.grammar import START, Alternative, Grammar, GrammarError, reachable

_RULE = re.compile(r"(\[[^\]]+\]) ([=~:]) (.+)")
_WEIGHT = re.compile(r"(\d+(?:\.\d+)?):\s+(.*)")
_SYMBOL = re.compile(r"\[[^\]]+\]|[^\s\[\]]+")

Rules = dict[str, tuple[Alternative, ...]]


@lru_cache(maxsize=8)
def shipped_grammar(name: str) -> Grammar:
    """A grammar that ships, read once."""
    return read_grammar(resource("grammars", f"{name}.txt"))


def read_grammar(path: Path) -> Grammar:
    """Read a grammar file.

    Raises:
        FileError: it cannot be read.
        GrammarError: a line of it is wrong, or a part has no rule.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError("{file} cannot be read: {problem}.", file=path.name, problem=error) from error
    return grammar(text)


def grammar(text: str) -> Grammar:
    """The grammar that a text writes down.

    Raises:
        GrammarError: a line of it is wrong, a part has two rules or none, or sentences need not end.
    """
    features: dict[str, tuple[str, ...]] = {}
    rules: Rules = {}
    for line in _whole_lines(text):
        if line.startswith("feature "):
            name, *values = line.split()[1:]
            features[name] = tuple(values)
            continue
        match = _RULE.fullmatch(line)
        if match is None:
            raise GrammarError("This line of the grammar is no rule: {line}", line=line)
        for part, body in _written_out(match[1], match[3], features):
            if part in rules:
                raise GrammarError("The grammar has two rules for {part}.", part=part)
            rules[part] = _alternatives(match[2], body)
    found = Grammar(reachable(rules))
    _check(found)
    return found


def _whole_lines(text: str) -> Iterator[str]:
    lines: list[str] = []
    for raw in text.splitlines():
        line = raw.split("#")[0].rstrip()
        if line.startswith(" ") and lines:
            lines[-1] += " " + line.strip()
        elif line.strip():
            lines.append(line.strip())
    return iter(re.sub(r"\s+", " ", line) for line in lines)


def _written_out(part: str, body: str, features: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The rule for every choice of values of the features in its name."""
    used = [word for word in part[1:-1].split() if word in features]
    for values in product(*(features[name] for name in used)):
        chosen = dict(zip(used, values, strict=True))
        yield _filled(part, chosen), re.sub(r"\[[^\]]+\]", lambda match: _filled(match[0], chosen), body)  # noqa: B023


def _filled(part: str, chosen: dict[str, str]) -> str:
    return "[" + " ".join(chosen.get(word, word) for word in part[1:-1].split()) + "]"


def _alternatives(sign: str, body: str) -> tuple[Alternative, ...]:
    if sign == "=":
        return _shared(_weighed(alternative.strip()) for alternative in body.split(" | "))
    words = body.split()
    return _shared((1.0 / (place + 2) if sign == "~" else 1.0, (word,)) for place, word in enumerate(words))


def _weighed(alternative: str) -> tuple[float, tuple[str, ...]]:
    match = _WEIGHT.fullmatch(alternative)
    weight, body = (float(match[1]), match[2]) if match else (1.0, alternative)
    symbols = tuple(_SYMBOL.findall(body))
    if not symbols or weight <= 0:
        raise GrammarError("An alternative of the grammar is empty.")
    return weight, symbols


def _shared(weighed: Iterable[tuple[float, tuple[str, ...]]]) -> tuple[Alternative, ...]:
    rows = list(weighed)
    total = sum(weight for weight, _ in rows)
    return tuple(Alternative(weight / total, body) for weight, body in rows)


def _check(found: Grammar) -> None:
    """Sentences are finite and end in ``<eos>`` alone; reading one left to right comes to a word."""
    if any(START in one.body for rule in found.rules.values() for one in rule):
        raise GrammarError("No rule of a grammar may use {part}.", part=START)
    for part in found.rules:
        seen, first = {part}, {one.body[0] for one in found.rules[part]}
        while first:
            symbol = first.pop()
            if symbol == part:
                raise GrammarError("The part {part} of the grammar begins with itself.", part=part)
            if symbol in found.rules and symbol not in seen:
                seen.add(symbol)
                first |= {one.body[0] for one in found.rules[symbol]}
    if found.sentence_length <= 0:
        raise GrammarError("The sentences of this grammar have no end.")
