"""The command palette: every action by its name, in any language."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.actions.action import Action
from gui.actions.action_set import ActionSet
from gui.actions.fuzzy import score
from gui.actions.keymap import shown
from gui.appearance import Appearance
from gui.language import Language, read_language

_KEYS = Qt.ItemDataRole.UserRole + 1
_REASON = Qt.ItemDataRole.UserRole + 2
_ID = Qt.ItemDataRole.UserRole + 3
_WIDTH, _HEIGHT = 620.0, 420.0
_LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class CommandPalette(QDialog):
    """A field and the actions that answer what is typed, the best first; what is off says why."""

    def __init__(self, actions: ActionSet, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("command palette")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = parent.window()
        self._actions = actions
        self._appearance = appearance
        self._names = _names_in_all_languages(actions, appearance)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(appearance.say("What would you like to do?"))
        self._field.setClearButtonEnabled(True)
        self._field.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Row(appearance, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self._field.textChanged.connect(self._update_list)
        self._field.returnPressed.connect(self._carry_out)
        self._list.clicked.connect(self._carry_out)
        self._update_list()

    def _update_list(self) -> None:
        self._model.clear()
        for action in self.found():
            item = QStandardItem(self._actions.text(action).strip())
            item.setData(", ".join(shown(key) for key in self._actions.keymap.keys(action.id)), _KEYS)
            item.setData(self._actions.reason(action), _REASON)
            item.setData(action.id, _ID)
            item.setEditable(False)
            self._model.appendRow(item)
        self._list.setCurrentIndex(self._model.index(0, 0))

    def found(self) -> list[Action]:
        """The actions that answer what is typed, the best first."""
        query = self._field.text()
        if not query.strip():
            return sorted(self._actions.actions, key=lambda action: (action.menu != "Run", bool(self._reason(action))))
        ranked = []
        for place, action in enumerate(self._actions.actions):
            scores = [value for name in self._names[action.id] if (value := score(query, name)) is not None]
            if scores:
                ranked.append((-max(scores), place, action))
        return [action for _, _, action in sorted(ranked, key=lambda row: row[:2])]

    def _reason(self, action: Action) -> str:
        return self._actions.reason(action)

    def _carry_out(self) -> None:
        name = self._list.currentIndex().data(_ID)
        action = next((action for action in self._actions.actions if action.id == name), None)
        if action is not None and action.enabled(self._actions.desk):
            self.close()
            self._actions.trigger(action)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the place below the middle of the window's upper edge."""
        window = self._window
        px = self._appearance.whole_px
        width, height = min(px(_WIDTH), window.width() - px(20)), min(px(_HEIGHT), window.height() - px(60))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.setGeometry(corner.x() + (window.width() - width) // 2, corner.y() + px(40), width, height)
        self._field.setFocus()
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line around it, since it has no frame."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._appearance.color("line_strong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while one types."""
        if watched is self._field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) \
                and event.key() in _LIST_KEYS:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)


class _Row(QStyledItemDelegate):
    """Name on the left, keys on the right; the reason below the name of what is off."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Two lines for what is off."""
        return QSize(0, self._appearance.whole_px(44 if index.data(_REASON) else 28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        looks, px = self._appearance, self._appearance.whole_px
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, looks.color("selection"))
        reason = index.data(_REASON)
        ink = looks.color("selection_ink" if chosen else "ink_quiet" if reason else "ink")
        room = option.rect.adjusted(px(10), px(3), -px(10), -px(3))
        line = QRect(room.left(), room.top(), room.width(), px(22))
        painter.setPen(ink if chosen else looks.color("ink_quiet"))
        painter.setFont(looks.font(12.0))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, index.data(_KEYS))
        keys = painter.fontMetrics().horizontalAdvance(index.data(_KEYS))
        if reason:
            below = QRect(room.left(), line.bottom(), room.width(), room.bottom() - line.bottom())
            text = painter.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(ink)
        painter.setFont(looks.font())
        width = room.width() - keys - px(12)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _names_in_all_languages(actions: ActionSet, appearance: Appearance) -> dict[str, list[str]]:
    folder = appearance.resources / "translations"
    languages: list[Language] = [read_language(folder, code) for code, _ in appearance.languages()]
    return {
        action.id: [_full_name(action, actions, language) for language in languages] for action in actions.actions
    }


def _full_name(action: Action, actions: ActionSet, language: Language) -> str:
    name = language.say(action.text, **actions.values(action, language.code))
    within = f"{language.say(action.menu)} {language.say(action.submenu) if action.submenu else ''}"
    return f"{name} {within}"
