"""The style sheet: filled in without rest, followed live, and with room for every text at every scale."""

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QStyle,
    QStyleFactory,
    QTableWidget,
)
from shiboken6 import delete

from engine.files.resources import resource
from gui.appearance import Appearance
from gui.stylesheet import ApplicationStyle, palette, stylesheet
from tests.gui.control_panel import ControlPanel

_SCALES = (0.75, 1.0, 2.0, 3.0)


@pytest.fixture
def appearance(qapp):
    return Appearance()


@pytest.fixture
def styled(qapp, appearance):
    """The application as the user sees it, and afterwards as it was."""
    font, colors = qapp.font(), qapp.palette()
    style = ApplicationStyle(qapp, appearance)
    yield appearance
    delete(style)
    qapp.setStyleSheet("")
    qapp.setStyle(QStyleFactory.create("Fusion"))
    qapp.setPalette(colors)
    qapp.setFont(font)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", _SCALES)
def test_the_sheet_is_filled_in(appearance, theme, scale, tmp_path):
    appearance.set_theme(theme)
    appearance.set_scale(scale)
    sheet = stylesheet(appearance, tmp_path)
    assert "@" not in sheet
    assert "~" not in sheet
    pictures = re.findall(r'url\("(.+?)"\)', sheet)
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


def test_sizes_are_reckoned_from_rounded_ones(qapp, tmp_path):
    shutil.copytree(resource("themes"), tmp_path / "themes")
    (tmp_path / "stylesheet").mkdir()
    (tmp_path / "stylesheet" / "a.qss").write_text("~1 2*~1 ~5-~1 ~6+~1 -1*~6", encoding="utf-8")
    assert stylesheet(Appearance(tmp_path, scale=0.75), tmp_path) == "1px 2px 3px 5px -4px"


def test_the_palette_is_the_themes(appearance):
    appearance.set_theme("dark")
    colors = palette(appearance)
    assert colors.color(QPalette.ColorRole.Base) == appearance.color("ground")
    assert colors.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == appearance.color("ink_pale")


def test_the_application_follows(styled):
    styled.set_theme("dark")
    styled.set_scale(2)
    application = _application()
    assert application.palette().color(QPalette.ColorRole.Window) == styled.color("surface")
    assert application.font().pixelSize() == 26
    assert application.style().pixelMetric(QStyle.PixelMetric.PM_ToolBarIconSize) == 40
    assert styled.color("accent").name() in application.styleSheet()


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("scale", _SCALES)
def test_every_text_has_room(styled, qtbot, scale, language):
    styled.set_scale(scale)
    panel = ControlPanel(styled, language)
    qtbot.addWidget(panel)
    panel.resize(panel.sizeHint())
    panel.show()
    for control in panel.controls:
        line = QFontMetrics(control.font()).height()
        assert control.height() >= line, type(control).__name__
        assert control.width() >= control.minimumSizeHint().width(), type(control).__name__
    number = panel.count.findChild(QLineEdit)
    assert isinstance(number, QLineEdit)
    assert number.width() - number.textMargins().left() >= QFontMetrics(number.font()).horizontalAdvance("99")


@pytest.mark.parametrize("size", [10.0, 11.5, 12.0, 13.0, 16.0, 24.0])
@pytest.mark.parametrize("scale", _SCALES)
@pytest.mark.parametrize("bold", [False, True])
def test_a_label_cuts_no_letter(styled, qtbot, scale, size, bold):
    styled.set_scale(scale)
    cut, whole = QLabel("_gjpqy"), QLabel("_gjpqy")
    for label in (cut, whole):
        qtbot.addWidget(label)
        label.setFont(styled.font(size, bold=bold))
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.show()
    cut.resize(cut.sizeHint())
    whole.resize(cut.width(), 2 * cut.height())
    assert _lowest_ink(whole) == _lowest_ink(cut)


def _lowest_ink(label):
    """The lowest row of a label with another colour than its ground."""
    image = label.grab().toImage()
    ground = image.pixel(image.width() - 1, image.height() - 1)
    rows = range(image.height())
    return max(y for y in rows if any(image.pixel(x, y) != ground for x in range(image.width())))


def test_what_is_open_looks_as_if_it_had_been_opened_so(styled, qtbot):
    old = _shown(ControlPanel(styled, "en"), qtbot)
    styled.set_scale(2)
    styled.set_theme("dark")
    new = _shown(ControlPanel(styled, "en"), qtbot)
    for before, after in zip(old.controls[:-1], new.controls[:-1], strict=True):
        assert before.sizeHint().height() == after.sizeHint().height(), type(before).__name__
        # Spin boxes keep the width they reckoned when they were half changed; a few pixels, never fewer.
        assert 0 <= before.sizeHint().width() - after.sizeHint().width() <= 6, type(before).__name__
        assert before.font().pixelSize() == after.font().pixelSize() == 26
    assert old.row.contentsMargins() == new.row.contentsMargins()


def test_the_title_of_an_open_dock_follows(styled, qtbot):
    old = _dock_window(qtbot)
    styled.set_scale(2)
    new = _dock_window(qtbot)
    qtbot.waitUntil(lambda: old.grab().toImage() == new.grab().toImage())
    assert old.grab().toImage() == new.grab().toImage()


def test_focus_is_seen_and_moves_nothing(styled, qtbot):
    panel = _shown(ControlPanel(styled, "en"), qtbot)
    for kind in (QPushButton, QLineEdit, QComboBox):
        control = next(control for control in panel.controls if type(control) is kind)
        before, size = control.grab().toImage(), control.sizeHint()
        panel.activateWindow()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(control.hasFocus)
        assert control.grab().toImage() != before
        assert control.sizeHint() == size


def _shown(panel: ControlPanel, qtbot) -> ControlPanel:
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def _dock_window(qtbot) -> QMainWindow:
    window = QMainWindow()
    dock = QDockWidget("Hidden states")
    dock.setWidget(QTableWidget(3, 2))
    dock.widget().setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
    window.resize(500, 300)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
