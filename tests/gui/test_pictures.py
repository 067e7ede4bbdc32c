"""Pictures as files: the canvas and the window in every format, and clear words for what cannot be."""

import argparse

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from engine.debugger.session import Session
from engine.errors import BackstepError, FileError
from engine.lesson import lesson_named
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.commands import render
from gui.picture_export import write_canvas

SIZE = QSize(640, 360)


@pytest.fixture
def bridge(qapp):
    made = Bridge(Session(lesson_named("binary-addition")))
    made.move_to(30)
    yield made
    made.close()


def _colors(image):
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def test_png_has_the_size_and_shows_something(bridge, tmp_path):
    path = tmp_path / "a.png"
    write_canvas(path, SIZE, bridge, Appearance(), ratio=2.0)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1280, 720)
    assert _colors(image) > 5


@pytest.mark.parametrize("modes", [{}, {"folded": True}, {"backward_opened": True}])
def test_svg_can_be_drawn(bridge, tmp_path, modes):
    path = tmp_path / "a.svg"
    write_canvas(path, SIZE, bridge, Appearance(theme="dark", language="ja"), **modes)
    assert QSvgRenderer(str(path)).isValid()
    assert sorted(tmp_path.glob("*")) == sorted({path, *tmp_path.glob("backstep-home")})


def test_pdf_is_one(bridge, tmp_path):
    path = tmp_path / "a.pdf"
    write_canvas(path, SIZE, bridge, Appearance())
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("name", "size"), [("a.gif", SIZE), ("no/folder/a.png", SIZE), ("a.png", QSize(4, 4))])
def test_what_cannot_be_is_said(bridge, tmp_path, name, size):
    with pytest.raises(FileError):
        write_canvas(tmp_path / name, size, bridge, Appearance())
    assert not (tmp_path / name).exists()


def _render(tmp_path, *words):
    parser = argparse.ArgumentParser()
    render.add_arguments(parser)
    return render.run(parser.parse_args(["binary-addition", "--out", str(tmp_path / "p.png"), *words]))


def test_render_at_a_step_of_an_iteration(qapp, tmp_path):
    words = ["--iteration", "3", "--at", "forward/t=2/**/z", "--size", "800x450", "--set", "hidden=4", "--scale", "0.9"]
    assert _render(tmp_path, *words) == 0
    assert QImage(str(tmp_path / "p.png")).width() == 800


@pytest.mark.parametrize("words", [
    ("--at", "no/such"), ("--size", "big"), ("--scale", "x"), ("--scale", "9"), ("--theme", "pink"),
    ("--language", "xx"), ("--set", "hidden=0"), ("--set", "colour=1"), ("--iteration", "-1"),
])  # fmt: skip
def test_render_refuses_in_one_sentence(qapp, tmp_path, words):
    with pytest.raises(BackstepError) as caught:
        _render(tmp_path, *words)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "p.png").exists()


def test_the_graph_itself_is_written_as_graphml(bridge, tmp_path):
    write_canvas(tmp_path / "graph.graphml", SIZE, bridge, Appearance())
    assert b"forward/t=1/rnn/sigmoid#1" in (tmp_path / "graph.graphml").read_bytes()
