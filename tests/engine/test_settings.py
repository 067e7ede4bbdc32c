"""Settings accept what is right and say in one sentence what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingError
from engine.lesson import lesson_named
from engine.settings import Change, Setting, SettingKind, declared

SETTINGS = lesson_named("binary-addition").settings


def test_the_lesson_has_the_settings_of_the_issue() -> None:
    names = {
        "hidden", "bits", "activation", "init", "weight_std", "bias", "learning_rate", "optimizer", "clip",
        "truncation", "delta_out", "dtype", "seed",
    }  # fmt: skip
    assert names <= set(SETTINGS)
    assert (SETTINGS["hidden"], SETTINGS["bits"], SETTINGS["learning_rate"]) == (16, 8, 0.1)
    assert all(setting.meaning.endswith(".") for setting in SETTINGS.declared.values())


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("hidden", 0, "hidden must be at least 1, not 0."),
        ("hidden", "many", "hidden must be a whole number, not “many”."),
        ("hidden", 2.5, "hidden must be a whole number, not “2.5”."),
        ("hidden", True, "hidden must be a whole number, not “True”."),
        ("learning_rate", float("nan"), "learning_rate must be a number, not “nan”."),
        ("learning_rate", "inf", "learning_rate must be a number, not “inf”."),
        ("learning_rate", -1, "learning_rate must be at least 0, not -1."),
        ("bits", 63, "bits must be at most 62, not 63."),
        ("activation", "softplus", "activation must be one of sigmoid, tanh, relu, identity, not “softplus”."),
        ("bias", "perhaps", "bias must be true or false, not “perhaps”."),
        ("colour", 1, "There is no setting “colour” here"),
    ],
)
def test_bad_values_are_refused(name: str, value: object, sentence: str) -> None:
    with pytest.raises(SettingError) as caught:
        SETTINGS.changed(**{name: value})
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("hidden", "32", 32), ("learning_rate", "1e-3", 0.001), ("bias", "true", True), ("seed", str(2**62), 2**62)],
)
def test_text_is_read(name: str, text: str, value: object) -> None:
    assert SETTINGS.changed(**{name: text})[name] == value


def test_a_refused_value_is_quoted_on_one_line_and_shortly() -> None:
    for wrong in ("9" * 5000, "one\ntwo\x00", "x" * 5000, 10**400, -(10**5000), [[0]] * 99):
        with pytest.raises(SettingError) as caught:
            SETTINGS.changed(hidden=wrong)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 120


def test_a_path_is_taken_as_it_is_written() -> None:
    setting = Setting("text_file", SettingKind.FILE, "", "A text.")
    assert setting.accept(" 本 1.txt ") == "本 1.txt"
    assert setting.accept("") == ""
    for bad in ("a\0b", "a\nb", 3, None, "x" * 5000):
        with pytest.raises(SettingError, match=r"text_file must be the path of a file\."):
            setting.accept(bad)


def test_changes_are_named() -> None:
    assert SETTINGS.changes(SETTINGS.changed(hidden=32, bias=True)) == [
        Change("hidden", 16, 32), Change("bias", False, True),
    ]  # fmt: skip


def test_a_name_is_declared_once() -> None:
    setting = Setting("hidden", SettingKind.INTEGER, 1, "Twice.")
    with pytest.raises(SettingError, match="hidden is declared twice"):
        declared((setting,), (setting,))


@given(st.sampled_from(list(SETTINGS)), st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none()))
def test_any_value_is_taken_or_refused_in_a_sentence(name: str, value: object) -> None:
    try:
        changed = SETTINGS.changed(**{name: value})
    except SettingError as error:
        assert str(error).endswith(".")  # noqa: PT017 — either outcome is right
    else:
        assert SETTINGS.changed(**{name: changed[name]}) == changed
