"""``render``: draw a picture of a lesson, the canvas or the whole window, at a step of an iteration."""

import argparse
import os
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from engine.address import find_one
from engine.commands import interruption
from engine.commands.settings_arguments import (
    add_iteration_argument,
    add_lesson_argument,
    chosen_iteration,
    chosen_lesson,
)
from engine.commands.trace import run_to
from engine.debugger.session import Session
from engine.errors import SettingError
from gui.app import application
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.main_window import MainWindow
from gui.notation.notation_file import LESSONS_OWN
from gui.picture_export import FORMATS, write_canvas, write_window
from gui.stylesheet import ApplicationStyle

_SIZE = "1600x900"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """LESSON, --out, and how it is to look."""
    add_lesson_argument(parser)
    endings = ", ".join(f".{kind}" for kind in FORMATS)
    parser.add_argument("--out", metavar="FILE", required=True, type=Path, help=f"the file to write: {endings}")
    parser.add_argument("--at", metavar="ADDRESS", help="the last step revealed (default: the iteration's last)")
    parser.add_argument("--size", metavar="WxH", default=_SIZE, help=f"in pixels (default: {_SIZE})")
    parser.add_argument("--theme", metavar="NAME", default="light", help="light (default) or dark")
    parser.add_argument("--language", metavar="CODE", default="en", help="en (default) or ja")
    parser.add_argument("--scale", metavar="X", default="1", help="0.75 to 3 (default: 1)")
    parser.add_argument("--notation", metavar="NAME", default=LESSONS_OWN, help="R, S, P or the lesson's own (default)")
    parser.add_argument("--window", action="store_true", help="the whole window instead of the canvas alone")
    parser.add_argument("--folded", action="store_true", help="all time steps folded into one")
    parser.add_argument("--opened", action="store_true", help="the backward steps as nodes of their own")
    add_iteration_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Draw; returns the exit status: 0, or 130 after Ctrl+C.

    Raises:
        BackstepError: an argument is wrong, or the file cannot be written.
    """
    lesson, settings = chosen_lesson(arguments)
    size, iteration = _size(arguments.size), chosen_iteration(arguments)
    looks = Appearance(
        theme=arguments.theme, language=arguments.language, scale=_number(arguments.scale),
        notation=arguments.notation,
    )  # fmt: skip
    looks.follow_lesson(lesson.notation)
    session = Session(lesson, settings)
    if not run_to(session.run, iteration):
        return interruption.EXIT_STATUS
    if iteration:
        session.open_iteration(iteration)
    session.run_to(find_one(session.tape, arguments.at) if arguments.at else len(session.tape))
    # A picture needs no screen, and is to be the same on every machine.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = application()
    bridge = Bridge(session, looks)
    if arguments.window:
        _draw_window(arguments, qt, bridge, looks, size)
    else:
        write_canvas(
            arguments.out, size, bridge, looks, folded=arguments.folded, backward_opened=arguments.opened
        )
    bridge.close()
    return 0


def _draw_window(
    arguments: argparse.Namespace, qt: QApplication, bridge: Bridge, looks: Appearance, size: QSize
) -> None:
    ApplicationStyle(qt, looks)
    window = MainWindow(bridge, looks)
    window.resize(size)
    window.canvas.set_view("folded" if arguments.folded else "unrolled")
    window.canvas.set_backward_mode("opened" if arguments.opened else "overlay")
    window.show()
    window.settle()
    write_window(arguments.out, window)
    window.close()


def _size(text: str) -> QSize:
    width, times, height = text.lower().partition("x")
    if not (times and width.isascii() and height.isascii() and width.isdigit() and height.isdigit()):
        raise SettingError("A size is written like 1600x900, not “{text}”.", text=text)
    return QSize(int(width[:6]), int(height[:6]))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingError("A scale is a number like 1.5, not “{text}”.", text=text) from None
