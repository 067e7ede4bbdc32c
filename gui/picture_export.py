"""Pictures for slides and papers: the canvas or the window as PNG, SVG or PDF; the graph itself as GraphML."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import BackstepError, FileError
from graphs.export.graphml import write_graphml
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.picture import paint_stage, render_picture, staged

PICTURES = ("png", "svg", "pdf")
FORMATS = (*PICTURES, "graphml")
_LEAST, _MOST = 16, 16_384
_DOTS_PER_INCH = 96
_RATIO = 2.0


def write_canvas(
    path: Path, size: QSize, bridge: Bridge, appearance: Appearance, *, ratio: float = 1.0, folded: bool = False,
    backward_opened: bool = False,
) -> None:  # fmt: skip
    """Draw the whole graph at the cursor into a file; its ending says the format. GraphML is the graph itself.

    Args:
        ratio: pixels of a PNG for each of `size`.

    Raises:
        FileError: another format, a size beyond reason, or it cannot be written.
    """

    def draw(beside: Path) -> bool:
        if beside.suffix == ".png":
            image = render_picture(
                bridge, appearance, size, ratio=ratio, folded=folded, backward_opened=backward_opened
            )
            return image.save(str(beside))
        if beside.suffix == ".graphml":
            write_graphml(bridge.tape, beside, folded=folded)
            return True
        stage = staged(bridge, appearance, size, folded=folded, backward_opened=backward_opened)
        return _vector(beside, size, lambda painter: paint_stage(painter, stage, outlined=True))

    _write(path, size, draw, FORMATS)


def write_window(path: Path, window: QWidget) -> None:
    """Draw a window as it is into a file.

    Raises:
        FileError: as `write_canvas`.
    """

    def draw(beside: Path) -> bool:
        if beside.suffix == ".png":
            return window.grab().save(str(beside))
        return _vector(beside, window.size(), lambda painter: window.render(painter, QPoint()))

    _write(path, window.size(), draw, PICTURES)


def _write(path: Path, size: QSize, draw: Callable[[Path], bool], formats: tuple[str, ...]) -> None:
    """Beside the file and renamed, so that a picture is never half written."""
    kind = path.suffix.lower().lstrip(".")
    if kind not in formats:
        raise FileError("{file}: the name must end in {endings}.", file=path.name, endings=", ".join(formats))
    if not (_LEAST <= size.width() <= _MOST and _LEAST <= size.height() <= _MOST):
        raise FileError(
            "A picture is from {least} to {most} pixels wide and high, not {width} by {height}.",
            least=_LEAST, most=_MOST, width=size.width(), height=size.height(),
        )  # fmt: skip
    beside = path.with_name(f".{path.stem}.new.{kind}")
    try:
        if not path.parent.is_dir() or not draw(beside):
            raise FileError("{file} cannot be written.", file=path)
        beside.replace(path)
    except OSError as error:
        raise FileError("{file} cannot be written: {problem}.", file=path, problem=error.strerror) from error
    finally:
        beside.unlink(missing_ok=True)


def _vector(path: Path, size: QSize, paint: Callable[[QPainter], None]) -> bool:
    device = _svg(path, size) if path.suffix == ".svg" else _pdf(path, size)
    painter = QPainter()
    if not painter.begin(device):
        return False
    paint(painter)
    return painter.end()


def _svg(path: Path, size: QSize) -> QSvgGenerator:
    device = QSvgGenerator()
    device.setFileName(str(path))
    device.setSize(size)
    device.setViewBox(QRect(0, 0, size.width(), size.height()))
    device.setResolution(_DOTS_PER_INCH)
    device.setTitle("Backstep")
    return device


def _pdf(path: Path, size: QSize) -> QPdfWriter:
    device = QPdfWriter(str(path))
    device.setResolution(_DOTS_PER_INCH)
    device.setPageMargins(QMarginsF())
    inches = QSizeF(size.width() / _DOTS_PER_INCH, size.height() / _DOTS_PER_INCH)
    device.setPageSize(QPageSize(inches, QPageSize.Unit.Inch, "Backstep", QPageSize.SizeMatchPolicy.ExactMatch))
    device.setTitle("Backstep")
    return device


def ask_and_export(canvas: QWidget, bridge: Bridge, appearance: Appearance, window: QWidget) -> None:
    """Ask for a file and draw the canvas into it, folded and opened as it is on the screen."""
    dialog = QFileDialog(window, appearance.say("Export a picture of the canvas"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{kind.upper()} (*.{kind})" for kind in FORMATS])
    dialog.setDefaultSuffix("png")
    dialog.selectFile(f"{bridge.lesson.id}.png")
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.rpartition(".")[2].rstrip(")")))
    dialog.fileSelected.connect(lambda name: _export(Path(name), canvas, bridge, appearance))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _export(path: Path, canvas: QWidget, bridge: Bridge, appearance: Appearance) -> None:
    modes = {"folded": getattr(canvas, "view_mode", "") == "folded",
             "backward_opened": getattr(canvas, "backward_mode", "") == "opened"}  # fmt: skip
    try:
        write_canvas(path, canvas.size(), bridge, appearance, ratio=_RATIO, **modes)
    except BackstepError as error:
        bridge.message.emit(appearance.say_error(error), "problem")
        return
    bridge.message.emit(appearance.say("The picture is in {file}.", file=path.name), "info")
