"""Backstep from the command line: read what is wanted and hand over."""

import argparse
import os
import sys
from importlib import import_module

# One BLAS thread: the spin-waits of more fight the drawing for the same cores. NumPy reads this when it is imported.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_variable, "1")

COMMANDS = {
    "lessons": ("engine.commands.lessons", "list the lessons and their settings"),
    "train": ("engine.commands.train", "train a lesson"),
    "trace": ("engine.commands.trace", "write one iteration with everything in it"),
    "check": ("engine.commands.check", "compare analytic with numeric gradients"),
    "render": ("gui.commands.render", "draw a picture of a lesson"),
    "bench": ("tests.benchmarks.table", "measure the speed, as ratios"),
}
USAGE = "backstep [LESSON] | backstep COMMAND …"


def main(words: list[str] | None = None) -> int:
    """Carry out a command line; the exit status is 2 for what cannot be used, told in one sentence."""
    from engine.errors import BackstepError

    words = sys.argv[1:] if words is None else words
    try:
        return _command(words[0], words[1:]) if words and words[0] in COMMANDS else _window(words)
    except BackstepError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `backstep lessons | head`: the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _command(name: str, words: list[str]) -> int:
    """Only the module of the command that was named is imported."""
    module = import_module(COMMANDS[name][0])
    parser = argparse.ArgumentParser(prog=f"backstep {name}", description=module.__doc__)
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(words)))


def _window(words: list[str]) -> int:
    listed = "\n".join(f"  {name:10}{meaning}" for name, (_, meaning) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="backstep", usage=USAGE, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Step a recurrent network forward and backward, one operation at a time.",
        epilog=f"commands (each has its own --help):\n{listed}",
    )  # fmt: skip
    parser.add_argument("lesson", nargs="?", metavar="LESSON", help="the lesson to open; by default the first")
    lesson = parser.parse_args(words).lesson
    from gui.app import run

    return run(lesson)


if __name__ == "__main__":
    sys.exit(main())
