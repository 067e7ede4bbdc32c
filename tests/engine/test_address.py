"""Addresses name steps across re-running; patterns find many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.address import addresses, find, find_one, pattern
from engine.errors import AddressError
from engine.training.run import Run
from tests.engine.small_lesson import small

TAPE = Run(*small()).tape(0)
NAMES = addresses(TAPE)


def test_no_two_steps_share_an_address() -> None:
    assert len(set(NAMES)) == len(TAPE)


def test_addresses_survive_re_running_and_other_values() -> None:
    assert addresses(Run(*small(seed=7, weight_std=0.3)).tape(0)) == NAMES


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("forward/t=2/rnn/sigmoid#1", 1),
        ("forward/t=2/rnn/sigmoid", 1),
        ("forward/t=*/rnn/sigmoid#1", 3),
        ("forward/**/sigmoid", 6),
        ("**/z", 4),
        ("forward/t=3/**/z", 1),
        ("backward/**", sum(name.startswith("backward/") for name in NAMES)),
        ("**", len(NAMES)),
        ("*/W", 1),
        ("given/t=1/x", 1),
        ("forward/t=1*/rnn/add", 1),
        ("forward/t=2/rnn/sig", 0),
    ],
)
def test_wildcards(text: str, count: int) -> None:
    assert len(find(TAPE, text, NAMES)) == count


@given(st.sampled_from(range(len(NAMES))))
def test_an_address_finds_its_step_and_no_other(index: int) -> None:
    assert find(TAPE, NAMES[index], NAMES) == [index]


@pytest.mark.parametrize("text", ["", "  ", "forward//add", "/add"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError, match="not an address"):
        pattern(text)


def test_an_address_of_nothing_is_refused() -> None:
    with pytest.raises(AddressError, match="No step has the address forward/t=99/z"):
        find_one(TAPE, "forward/t=99/z")


@given(st.text(max_size=12))
def test_any_text_is_an_address_or_refused_in_a_sentence(text: str) -> None:
    try:
        find(TAPE, text, NAMES)
    except AddressError as error:
        assert str(error).endswith(".")  # noqa: PT017 — either outcome is right
