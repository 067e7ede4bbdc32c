"""Whatever is pressed in whatever order: the same place shows the same bits, and nothing beyond the cursor."""

import numpy as np
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.address import find_one
from engine.debugger.breakpoints import Breakpoint, Condition
from engine.debugger.grain import Grain
from engine.debugger.session import Session
from engine.edits import Edit, computed
from engine.settings import Settings
from engine.tape import Tape
from tests.engine.small_lesson import small

CHANGES = st.sampled_from(
    [
        {"hidden": 3}, {"activation": "tanh"}, {"activation": "relu"}, {"bias": True}, {"truncation": 2},
        {"optimizer": "adam"}, {"clip": 0.1}, {"delta_out": "course"}, {"dtype": "float32"}, {"seed": 3},
        {"learning_rate": 1e9}, {"batch": 3},
    ]
)  # fmt: skip


def bits(tape: Tape) -> bytes:
    """Every bit of every value of a tape."""
    return b"".join(np.ascontiguousarray(step.value).tobytes() for step in tape)


class SessionMachine(RuleBasedStateMachine):
    """Presses keys on a session and remembers the bits of every iteration it has seen."""

    @initialize()
    def open(self) -> None:
        lesson, values = small()
        self.session = Session(lesson, values)
        self.seen: dict[tuple[Settings, int, tuple[Edit, ...]], bytes] = {}

    @rule(grain=st.sampled_from(list(Grain)))
    def change_grain(self, grain: Grain) -> None:
        before = self.session.position
        self.session.set_grain(grain)
        assert self.session.position == before

    @rule()
    def step(self) -> None:
        before = (self.session.iteration, self.session.position)
        self.session.step()
        assert (self.session.iteration, self.session.position) > before

    @rule()
    def step_back(self) -> None:
        before = (self.session.iteration, self.session.position)
        first = self.session.at_first_start
        self.session.step_back()
        after = (self.session.iteration, self.session.position)
        assert after == before if first else after < before

    @rule()
    def forward_and_back_is_where_one_was(self) -> None:
        stops = self.session.cursor.stops(self.session.grain)
        if self.session.position in stops[:-1]:
            before = self.session.position
            self.session.step()
            self.session.step_back()
            assert self.session.position == before

    @rule()
    def run_on(self) -> None:
        self.session.run_on()

    @rule()
    def run_back(self) -> None:
        self.session.run_back()

    @rule(share=st.floats(0, 1))
    def run_to(self, share: float) -> None:
        index = int(share * (len(self.session.tape) - 1))
        self.session.run_to(index)
        current = self.session.cursor.current
        assert current is None or self.session.tape[current].operation is not None

    @rule(number=st.integers(0, 6))
    def jump(self, number: int) -> None:
        for reached in self.session.run.advance(number):
            assert reached <= number
        self.session.open_iteration(number)
        assert self.session.iteration == number

    @precondition(lambda self: len(self.session.breakpoints) < 3)
    @rule(address=st.sampled_from(["**/z", "backward/t=2/**", "update/**", "forward/**/u"]),
          condition=st.sampled_from(list(Condition)))  # fmt: skip
    def set_breakpoint(self, address: str, condition: Condition) -> None:
        self.session.add_breakpoint(Breakpoint(address, condition, 1.0))

    @rule(change=CHANGES)
    def change_settings(self, change: dict[str, object]) -> None:
        self.session.restart(self.session.settings.changed(**change))
        assert (self.session.iteration, self.session.position) == (0, 0)

    @rule()
    def reset(self) -> None:
        self.session.restart()

    @rule(t=st.integers(1, 2), symbol=st.sampled_from(["u", "z"]), number=st.sampled_from([0.25, -3.0]))
    def force_a_value(self, t: int, symbol: str, number: float) -> None:
        session = self.session
        step = computed(session.tape[find_one(session.tape, f"forward/t={t}/**/{symbol}")])
        edit = Edit(session.cursor.addresses[step.index], (((0, 1), number),), symbol)
        others = tuple(one for one in session.edits if one.address != edit.address)
        here = session.iteration, session.cursor.phase
        session.edit((*others, edit))
        assert (session.iteration, session.cursor.phase) == here
        assert session.tape[find_one(session.tape, f"forward/t={t}/**/{symbol}")].value[0, 1] == np.float32(number)

    @rule()
    def stop_forcing(self) -> None:
        before = self.session.cursor.current
        address = None if before is None else self.session.cursor.addresses[before]
        self.session.edit(())
        after = self.session.cursor.current
        if address is not None and "forced" not in address:
            assert after is not None
            assert self.session.cursor.addresses[after] == address

    @invariant()
    def the_same_iteration_has_the_same_bits(self) -> None:
        key = (self.session.settings, self.session.iteration, self.session.edits)
        assert self.seen.setdefault(key, bits(self.session.tape)) == bits(self.session.tape)

    @invariant()
    def nothing_beyond_the_cursor_is_shown(self) -> None:
        cursor = self.session.cursor
        for index, step in enumerate(self.session.tape):
            shown = cursor.value(index)
            assert (shown is not None) == (step.operation is None or index < cursor.position)
            entry = cursor.gradient_entry(index)
            assert entry is None or entry < cursor.position


SessionMachine.TestCase.settings = hypothesis_settings(max_examples=40, stateful_step_count=30, deadline=None)
TestSession = SessionMachine.TestCase
