"""Settings and data of a task without a lesson, for its tests."""

from engine.randomness import generator
from engine.settings import Setting, SettingKind, Settings, declared
from engine.task import TASKS, Batch, Task

_DTYPE = Setting("dtype", SettingKind.CHOICE, "float64", "Precision.", choices=("float64", "float32"))
_SEED = Setting("seed", SettingKind.INTEGER, 0, "Seed of all random numbers.", 0, 2**63 - 1)


def settings_of(task: Task, **values: object) -> Settings:
    """The task's settings with some values replaced."""
    return Settings(declared(task.settings, (_DTYPE, _SEED)), values)


def drawn(name: str, seed: int = 0, iteration: int = 0, **values: object) -> Batch:
    """The data of an iteration."""
    task = TASKS[name]
    return task.batch(settings_of(task, **values), generator(seed, "batch", iteration), iteration)


def examined(name: str, **values: object) -> Batch:
    """The data of the examination."""
    task = TASKS[name]
    return task.examination(settings_of(task, **values), generator(0, "examination"))
