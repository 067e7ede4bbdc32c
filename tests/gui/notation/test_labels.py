"""What the notations call the entries of real recordings."""

from functools import cache

import pytest

from engine.address import find_one
from engine.debugger.session import Session
from engine.lesson import lesson_named, lessons
from engine.tape import Tape
from engine.tensor import Role, Tensor
from gui.equations.line_pieces import line_pieces
from gui.equations.naming import Names
from gui.equations.symbolic_lines import symbolic_lines
from gui.notation.labels import Labels
from gui.notation.markup import markup, slanted_markup
from gui.notation.notation_file import notations
from gui.typesetting.formula import typeset
from tests.gui.equations.tapes import session_with

_NOTATIONS = {notation.name: notation for notation in notations()}
_LESSONS = [lesson.id for lesson in lessons()]


@cache
def tape_of(lesson: str) -> Tape:
    return Session(lesson_named(lesson)).tape


def names_of(tape: Tape, notation: str) -> Names:
    return Names(tape, Labels(tape, _NOTATIONS[notation]))


LETTERS = {
    ("lstm", "lesson"): {"W_x_f": "W_{x}^{(f)}", "b_g": "b^{(g)}", "f": "f", "g": "g", "u_f": "u_{f}", "h": "h"},
    ("lstm", "R"): {"W_x_f": "W_{f}", "W_h_g": "U_{a}", "b_i": "b_{i}", "g": "a", "h": "h", "b_y": r"b_{\mathrm{out}}"},
    ("lstm", "S"): {"W_x_f": "W_{x}^{(f)}", "W_h_o": "W_{h}^{(o)}", "b_i": "B^{(i)}", "f": "F", "c": "C", "x": "X"},
    ("lstm", "P"): {"W_x_i": "W_{ii}", "W_h_g": "W_{hg}", "b_o": "b_{io}", "f": "f", "c": "c"},
    ("peephole-lstm", "S"): {"W_c_f": "W_{c}^{(f)}"},
    ("peephole-lstm", "R"): {"W_c_o": "V_{o}"},
    ("lstm-merged", "R"): {"W_x": "W", "W_h": "U"},
    ("gru", "S"): {"W_x_n": r"W_{x}^{(\tilde{h})}", "b_n": r"B^{(\tilde{H})}", "n": r"\tilde{H}", "z": "Z", "r": "R"},
    ("gru", "R"): {"W_h_r": "U_{r}", "W_x_n": "W", "W_h_n": "U", "n": r"\bar{h}", "z": "z"},
    ("gru", "P"): {"W_x_n": "W_{in}", "W_h_r": "W_{hr}", "b_z": "b_{iz}"},
    ("rnn-layer", "R"): {"W_x": r"W_{\mathrm{in}}", "W_h": "W", "h": "z", "W_y": r"W_{\mathrm{out}}", "b_y": "c"},
    ("rnn-layer", "S"): {"A1": "A_{1}", "u": "A_{2}", "h": "H", "b": "B"},
    ("rnn-layer", "P"): {"W_x": "W_{ih}", "W_h": "W_{hh}", "b": "b_{ih}"},
    ("binary-addition", "S"): {"W_in": "W_{x}", "W": "W_{h}", "W_out": "W_{y}", "z": "H", "u": "A_{2}"},
    ("binary-addition", "P"): {"W_in": "W_{ih}", "W": "W_{hh}", "z": "h"},
    ("deep-rnn", "lesson"): {"layer2.W_h_z": "W_{h}^{(z)[2]}", "layer1.b_r": "b^{(r)[1]}"},
    ("deep-rnn", "P"): {"layer2.W_h_z": "W_{hz}^{(1)}"},
    ("bidirectional-rnn", "S"): {
        "forward.W_x": r"\overrightarrow{W}_{x}", "backward.W_h": r"\overleftarrow{W}_{h}",
        "forward.b": r"\overrightarrow{B}",
    },
    ("skip-connections", "S"): {"W_skip": r"W_{\mathrm{skip}}", "h": "H"},
}  # fmt: skip


@pytest.mark.parametrize(("lesson", "notation"), LETTERS)
def test_letters_are_the_notations(lesson: str, notation: str) -> None:
    tape = tape_of(lesson)
    labels = Labels(tape, _NOTATIONS[notation])
    role = {step.symbol: step.role for step in tape.steps}
    wanted = LETTERS[lesson, notation]
    assert {name: labels.letter(name, role.get(name, Role.NONE)).latex for name in wanted} == wanted


NAMES = {
    ("lstm", "lesson"): {"forward/t=3/h": "h^{3}", "forward/t=3/lstm/forget/f": "f^{3}"},
    ("lstm", "R"): {"forward/t=3/h": "h(3)", "forward/t=3/lstm/candidate/g": "a(3)"},
    ("lstm", "S"): {"forward/t=3/c": "C^{3}"},
    ("lstm", "P"): {"forward/t=3/lstm/forget/f": "f_{3}", "forward/t=3/lstm/forget/u_f": "u_{f,3}"},
    ("deep-rnn", "lesson"): {"forward/t=3/layer=2/h": "h^{[2],3}", "forward/t=3/layer=2/gru/reset/r": "r^{[2],3}"},
    ("deep-rnn", "P"): {"forward/t=3/layer=2/h": "h_{3}^{(1)}"},
}


def entry_named(tape: Tape, path: str) -> Tensor:
    """The last forward entry of a symbol in a scope or inside it."""
    scope, _, symbol = path.removeprefix("forward/").rpartition("/")
    steps = tape.steps[: tape.backward_start]
    return [step for step in steps if step.symbol == symbol and step.scope.path.startswith(scope)][-1]


@pytest.mark.parametrize(("lesson", "notation"), NAMES)
def test_time_stands_where_the_notation_has_it(lesson: str, notation: str) -> None:
    tape = tape_of(lesson)
    labels = Labels(tape, _NOTATIONS[notation])
    wanted = NAMES[lesson, notation]
    assert {path: labels.symbol(entry_named(tape, path)).latex for path in wanted} == wanted


def test_the_lectures_backward_pass() -> None:
    """A3 = df ⊙ dH_next, dH_next^t = dH_prev^(t+1) + dH_s^t, dH_prev^t = A3 W_h^T (systems A3)."""
    tape = session_with(bias=True).tape
    names = names_of(tape, "S")

    def last_line(address: str) -> str:
        return symbolic_lines(tape, names, find_one(tape, address))[-1].latex

    assert last_line("backward/t=3/rnn/multiply#2") == (
        r"A_{3}^{3} = dH_{\mathrm{next}}^{3} \odot H^{3} \odot (1 - H^{3})"
    )
    assert last_line("backward/t=3/rnn/add#1") == r"dH_{\mathrm{next}}^{3} = dH_{\mathrm{prev}}^{4} + dH_{s}^{3}"
    assert last_line("backward/t=4/rnn/matmul_by_transpose#1") == (
        r"dH_{\mathrm{prev}}^{4} = A_{3}^{4}\,W_{h}^{\top}"
    )
    assert last_line("backward/t=3/output/matmul_by_transpose#1").startswith(r"dH_{\mathrm{next}}^{3} =")
    assert names.latex(find_one(tape, "backward/t=3/output/matmul_by_transpose#1")) == "dH_{s}^{3}"


def test_the_lectures_backward_pass_of_an_lstm() -> None:
    """A1 = O ⊙ dH_next, A2 = (1 − tanh² C) ⊙ A1, dC_prev = F ⊙ dC (systems A10)."""
    tape = tape_of("lstm")
    names = names_of(tape, "S")
    texts = {line.latex for index in range(tape.backward_start, tape.update_start)
             for line in symbolic_lines(tape, names, index)}  # fmt: skip
    assert r"A_{1}^{3} = dH_{\mathrm{next}}^{3} \odot O^{3}" in texts
    assert r"A_{2}^{3} = A_{1}^{3} \odot (1 - (\tanh(C^{3}))^{2})" in texts
    assert r"dC_{\mathrm{prev}}^{3} = dC^{3} \odot F^{3}" in texts
    assert r"dC^{3} = dC_{\mathrm{prev}}^{4} + A_{2}^{3}" in texts
    assert r"dH_{\mathrm{next}}^{3} = dH_{\mathrm{prev}}^{4} + dH_{s}^{3}" in texts
    assert any(line.startswith(r"dH_{\mathrm{prev}}^{4} = dH_{\mathrm{prev}}^{(o),4} +") for line in texts)


@pytest.mark.parametrize(
    ("notation", "latex"),
    [("lesson", r"\delta^{3}"), ("R", r"\delta^{3}"), ("S", "A_{3}^{3}"), ("P", r"\frac{\partial E}{\partial u_{3}}")],
)
def test_the_gradient_at_the_pre_activation(notation: str, latex: str) -> None:
    tape = session_with(bias=True).tape
    assert names_of(tape, notation).latex(find_one(tape, "backward/t=3/rnn/multiply#2")) == latex


@pytest.mark.parametrize(
    ("notation", "value", "gradient"),
    [
        ("lesson", r"\partial E / \partial z^{t}", r"\partial E / \partial W"),
        ("R", r"\partial E / \partial z^{t}", r"\partial E / \partial W"),
        ("S", r"dH_{\mathrm{next}}^{t}", "dW_{h}"),
        ("P", r"\partial E / \partial h_{t}", r"\partial E / \partial W_{hh}"),
    ],
)  # fmt: skip
def test_gradients_that_stand_alone(notation: str, value: str, gradient: str) -> None:
    tape = session_with().tape
    labels = Labels(tape, _NOTATIONS[notation])
    assert labels.gradient_alone("z", Role.STATE, time="t") == value
    assert labels.gradient_alone("W", Role.PARAMETER) == gradient


@pytest.mark.parametrize(
    ("lesson", "notation", "order"),
    [
        ("lstm", "lesson", "fgio"), ("lstm", "S", "fgio"), ("lstm", "P", "ifgo"), ("lstm", "R", "gifo"),
        ("gru", "P", "rzn"), ("gru", "S", "rzn"),
    ],
)  # fmt: skip
def test_gates_are_in_the_notations_order(lesson: str, notation: str, order: str) -> None:
    labels = Labels(tape_of(lesson), _NOTATIONS[notation])
    assert "".join(labels.gate_order(sorted(order))) == order
    weights = labels.gate_order([f"layer1.W_x_{gate}" for gate in sorted(order)])
    assert "".join(name[-1] for name in weights) == order
    assert labels.gate_order(["h", *sorted(order)])[-1] == "h", "what is no gate comes last"


def test_gates_are_ordered_by_the_names_of_their_scopes_too() -> None:
    labels = Labels(tape_of("lstm"), _NOTATIONS["P"])
    assert labels.gate_order(["candidate", "forget", "output", "input"]) == ["input", "forget", "candidate", "output"]
    assert labels.gate_order(["candidate", "update", "reset"]) == ["reset", "update", "candidate"]


def test_pytorchs_own_names() -> None:
    labels = Labels(tape_of("deep-rnn"), _NOTATIONS["P"])
    assert labels.stored_name("layer2.W_h_z") == "weight_hh_l1"
    assert labels.stored_name("layer1.backward.W_x") == "weight_ih_l0_reverse"
    assert labels.stored_name("b_f") == "bias_ih_l0"
    assert labels.stored_name("b_h_n") == "bias_hh_l0"
    assert labels.stored_name("W_y") == ""
    assert Labels(tape_of("lstm"), _NOTATIONS["S"]).stored_name("W_x_f") == ""


def test_the_state_before_a_backward_pass_is_after_the_end() -> None:
    tape = tape_of("bidirectional-rnn")
    labels = Labels(tape, _NOTATIONS["lesson"])
    given = [step for step in tape.steps if step.role is Role.STATE and step.operation is None]
    last = max(step.scope.number or 0 for step in tape.steps if step.symbol == "x" and step.operation is None)
    last = max(last, max(labels.time_of(step) or 0 for step in tape.steps if step.symbol == "x"))
    assert [labels.symbol(step).latex for step in given] == [
        r"\overrightarrow{h}^{0}", rf"\overleftarrow{{h}}^{{{last + 1}}}",
    ]  # fmt: skip


def test_a_state_that_a_mask_may_reject_has_a_star() -> None:
    tape = tape_of("bidirectional-rnn")
    labels = Labels(tape, _NOTATIONS["lesson"])
    states = [step for step in tape.steps if step.role is Role.STATE and labels.time_of(step) == 2]
    assert {labels.symbol(step).latex for step in states} == {
        r"\overrightarrow{h}^{\ast,2}", r"\overrightarrow{h}^{2}", r"\overleftarrow{h}^{\ast,2}",
        r"\overleftarrow{h}^{2}",
    }  # fmt: skip


def test_only_a_state_that_a_mask_decides_on_has_a_star() -> None:
    tape = tape_of("hred-dialogues")
    labels = Labels(tape, _NOTATIONS["lesson"])
    states = [step for step in tape.steps if step.role is Role.STATE and step.operation is not None]
    masked = {step.scope.parent.path for step in states if step.scope.name == "mask" and step.scope.parent is not None}
    proposed = {step.scope.path.rpartition("/")[0] for step in states if r"\ast" in labels.symbol(step).latex}
    assert proposed == masked


def test_the_state_of_the_context_is_not_called_like_that_of_the_encoder() -> None:
    tape = tape_of("hred-dialogues")
    labels = Labels(tape, _NOTATIONS["lesson"])
    states = [step for step in tape.steps if step.role is Role.STATE and labels.time_of(step) == 5]
    assert {labels.symbol(step).latex for step in states} >= {"h^{5}", r"h^{\mathrm{context},5}"}


@pytest.mark.parametrize("notation", _NOTATIONS)
@pytest.mark.parametrize("lesson", _LESSONS)
def test_no_two_parameters_have_one_name(lesson: str, notation: str) -> None:
    tape = tape_of(lesson)
    labels = Labels(tape, _NOTATIONS[notation])
    parameters = [step.symbol for step in tape.steps if step.role is Role.PARAMETER]
    named = {labels.parameter(name).latex for name in parameters}
    marked = {markup(labels.parameter(name)) for name in parameters}
    assert len(named) == len(marked) == len(parameters)


@pytest.mark.parametrize("notation", ["R", "S", "P"])
def test_lines_of_a_time_step_can_be_typeset(notation: str) -> None:
    tape = session_with(bias=True).tape
    names = names_of(tape, notation)
    shown = [at for at in range(len(tape)) if names.labels.time_of(tape[at]) == 3]
    pieces = {piece for at in shown for line in symbolic_lines(tape, names, at) for piece in line_pieces(line.latex)}
    assert all(typeset(piece, 16.0).width > 0 for piece in pieces)


@pytest.mark.parametrize("lesson", ["gru", "bidirectional-rnn"])
def test_all_letters_can_be_typeset(lesson: str) -> None:
    tape = tape_of(lesson)
    letters = set()
    for notation in _NOTATIONS.values():
        labels = Labels(tape, notation)
        named = [step for step in tape.steps if step.symbol and labels.time_of(step) in (None, 3)]
        letters |= {labels.symbol(step).latex for step in named}
    assert all(typeset(letter, 16.0).width > 0 for letter in letters)


def test_markup_has_no_latex_left() -> None:
    for lesson in ("gru", "bidirectional-rnn", "deep-rnn"):
        tape = tape_of(lesson)
        for notation in _NOTATIONS.values():
            labels = Labels(tape, notation)
            for step in tape.steps[: tape.backward_start]:
                if step.symbol:
                    assert "\\" not in markup(labels.symbol(step)) + slanted_markup(labels.symbol(step))


def test_what_an_optimizer_remembers_keeps_its_letters() -> None:
    tape = session_with(optimizer="adam").tape
    texts = {name.latex(at) for name in (names_of(tape, "S"),) for at in range(tape.update_start, len(tape))}
    assert {"m_{W_{h}}", "v_{W_{x}}", r"W_{y}^{\mathrm{new}}"} <= texts


def test_markup() -> None:
    tape = tape_of("gru")
    labels = Labels(tape, _NOTATIONS["S"])
    assert markup(labels.parameter("W_x_n")) == "W_{x}^{(h\u0303)}"
    assert markup(labels.letter("n", Role.GATE).at("3")) == "H\u0303^{3}"
    assert slanted_markup(labels.parameter("b_r")) == "/{B}^{(r)}"
