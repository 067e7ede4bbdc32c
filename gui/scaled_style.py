"""Fusion with its measures scaled: margins, icon sizes, indentations that style sheets cannot reach."""

from PySide6.QtCore import QMargins, QRect, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOption,
    QWidget,
)

from gui.appearance import Appearance

_Metric = QStyle.PixelMetric
_MEASURES = {
    _Metric.PM_LayoutLeftMargin: 9,
    _Metric.PM_LayoutRightMargin: 9,
    _Metric.PM_LayoutTopMargin: 9,
    _Metric.PM_LayoutBottomMargin: 9,
    _Metric.PM_LayoutHorizontalSpacing: 6,
    _Metric.PM_LayoutVerticalSpacing: 6,
    _Metric.PM_SmallIconSize: 16,
    _Metric.PM_ButtonIconSize: 16,
    _Metric.PM_ListViewIconSize: 16,
    _Metric.PM_TabBarIconSize: 16,
    _Metric.PM_TitleBarButtonIconSize: 16,
    _Metric.PM_LineEditIconSize: 16,
    _Metric.PM_ToolBarIconSize: 20,
    _Metric.PM_LargeIconSize: 32,
    _Metric.PM_IconViewIconSize: 32,
    _Metric.PM_MessageBoxIconSize: 36,
    _Metric.PM_TreeViewIndentation: 18,
    _Metric.PM_DockWidgetTitleBarButtonMargin: 2,
    _Metric.PM_DockWidgetSeparatorExtent: 4,
    _Metric.PM_SplitterWidth: 4,
    _Metric.PM_ScrollBarExtent: 11,
    _Metric.PM_ToolBarExtensionExtent: 16,
    _Metric.PM_TabBarScrollButtonWidth: 18,
    _Metric.PM_TabCloseIndicatorWidth: 16,
    _Metric.PM_TabCloseIndicatorHeight: 16,
    _Metric.PM_HeaderDefaultSectionSizeVertical: 24,
    _Metric.PM_HeaderDefaultSectionSizeHorizontal: 90,
    _Metric.PM_SizeGripSize: 13,
    _Metric.PM_TextCursorWidth: 1,
    _Metric.PM_FocusFrameHMargin: 3,
}
_SPIN_BOX_MARGIN, _LABEL_FOOT = 5.0, 2.0


class ScaledStyle(QProxyStyle):
    """Fusion whose measures follow the appearance's scale."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__("Fusion")
        self._appearance = appearance
        self._scaled: dict[QStyle.PixelMetric, int] = {}
        self._rescale()
        # Before anybody else hears of the new scale and asks for a measure.
        appearance.scale_changed.connect(self._rescale)

    def _rescale(self) -> None:
        self._scaled = {metric: self._appearance.whole_px(size) for metric, size in _MEASURES.items()}

    def pixelMetric(self, metric: QStyle.PixelMetric, option: QStyleOption | None = None,
                    widget: QWidget | None = None) -> int:
        """Qt's question for a measure."""
        scaled = self._scaled.get(metric)
        return super().pixelMetric(metric, option, widget) if scaled is None else scaled

    def drawItemText(
        self, painter: QPainter, place: QRect, flags: int, colors: QPalette | Qt.GlobalColor | QColor, enabled: bool,
        text: str, role: QPalette.ColorRole = QPalette.ColorRole.NoRole,
    ) -> None:
        """Write the title of a dock in the font of today: Qt keeps the one of the day the dock was made."""
        if isinstance(painter.device(), QDockWidget):
            painter.setFont(self._appearance.font())
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        super().drawItemText(painter, place, flags, colors, enabled, text, role)

    def polish(  # type: ignore[override]  # one for the three that C++ has
        self, target: QWidget | QApplication | QPalette
    ) -> QPalette | None:
        """Mend what a style sheet does not reach in labels, spin boxes, lists of combo boxes and buttons of dialogs."""
        if isinstance(target, QLabel):
            # Letters such as g, and _, reach further down than the font says: a label of its height would cut them.
            margins = target.contentsMargins()
            margins.setBottom(self._appearance.whole_px(_LABEL_FOOT))
            target.setContentsMargins(margins)
        if isinstance(target, QLineEdit) and isinstance(target.parent(), QAbstractSpinBox):
            target.setTextMargins(QMargins(self._appearance.whole_px(_SPIN_BOX_MARGIN), 0, 0, 0))
        if isinstance(target, QComboBox) and not isinstance(target.itemDelegate(), QStyledItemDelegate):
            target.setItemDelegate(QStyledItemDelegate(target))
        if isinstance(target, QPushButton) and isinstance(target.parent(), QDialogButtonBox):
            target.setIcon(QIcon())  # Fusion's pictures are of no theme of ours
        return super().polish(target)
