"""The page of all keys, by menu; each can be changed."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.actions.action import Action
from gui.actions.action_set import ActionSet
from gui.actions.fuzzy import score
from gui.actions.keymap import KeyTakenError, shown
from gui.appearance import Appearance
from gui.paragraph import Paragraph

_ID = Qt.ItemDataRole.UserRole


class ShortcutPage(QDialog):
    """All actions by menu with their keys; the chosen one's can be set, taken away or put back."""

    def __init__(
        self, actions: ActionSet, appearance: Appearance, parent: QWidget, save: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shortcut page")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        self._appearance = appearance
        self._save = save
        self._build()
        self._update_texts()
        self._update_list()
        room = self.screen().availableSize() * 0.9
        self.resize(QSize(appearance.whole_px(620), appearance.whole_px(560)).boundedTo(room))
        appearance.changed.connect(self._update_texts)
        appearance.changed.connect(self._update_list)
        actions.keys_changed.connect(self._update_list)

    def _build(self) -> None:
        self._search = QLineEdit(self)
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._update_list)
        self._tree = QTreeWidget(self)
        self._tree.setColumnCount(2)
        self._tree.header().setStretchLastSection(False)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.currentItemChanged.connect(self._update_chosen)
        self._problem = Paragraph(parent=self)
        self._problem.setProperty("kind", "error")
        self._field = QKeySequenceEdit(self)
        self._field.setMaximumSequenceLength(1)
        self._field.keySequenceChanged.connect(self._update_chosen_key)
        self._buttons = [self._button(done) for done in (self._set, self.take_over, self._remove, self._put_back)]
        self._all = self._button(self.put_all_back)
        self._close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._close.rejected.connect(self.close)
        self._arrange()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(self._search)
        layout.addWidget(self._tree)
        layout.addWidget(self._problem)
        add, take_over, remove, put_back = self._buttons
        for widgets in ((self._field, add, take_over), (remove, put_back)):
            row = QHBoxLayout()
            for widget in widgets:
                row.addWidget(widget)
            layout.addLayout(row)
        last = QHBoxLayout()
        last.addWidget(self._all)
        last.addStretch()
        last.addWidget(self._close)
        layout.addLayout(last)

    def _button(self, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(self)
        button.setAutoDefault(False)
        button.clicked.connect(pressed)
        return button

    def _update_texts(self) -> None:
        say = self._appearance.say
        self.setWindowTitle(say("Keys"))
        self._search.setPlaceholderText(say("Search"))
        self._tree.setHeaderLabels([say("Action"), say("Keys")])
        texts = (say("Add this key"), say("Take it over"), say("Remove its keys"), say("Default keys"))
        for button, text in zip(self._buttons, texts, strict=True):
            button.setText(text)
        self._all.setText(say("All keys as they were"))
        self._close.button(QDialogButtonBox.StandardButton.Close).setText(say("Close"))

    def _update_list(self) -> None:
        chosen = self._chosen()
        self._tree.clear()
        menus: dict[str, QTreeWidgetItem] = {}
        for action in self._actions.actions:
            text = self._actions.text(action).strip()
            keys = self._actions.keymap.keys(action.id)
            if self._search.text().strip() and score(self._search.text(), f"{text} {' '.join(keys)}") is None:
                continue
            if action.menu not in menus:
                menus[action.menu] = QTreeWidgetItem(self._tree, [self._appearance.say(action.menu)])
                menus[action.menu].setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = QTreeWidgetItem(menus[action.menu], [text, ",  ".join(shown(key) for key in keys)])
            item.setData(0, _ID, action.id)
            if chosen is not None and action.id == chosen.id:
                self._tree.setCurrentItem(item)
        self._tree.expandAll()
        self._update_chosen()

    def choose(self, name: str) -> None:
        """Choose an action by its id."""
        for item in self._tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
            if item.data(0, _ID) == name:
                self._tree.setCurrentItem(item)

    def enter_key(self, key: str) -> None:
        """Enter a key as if it were pressed in the field."""
        self._field.setKeySequence(QKeySequence(key))

    def problem(self) -> str:
        """The sentence that is shown; empty if there is none."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _chosen(self) -> Action | None:
        item = self._tree.currentItem()
        name = item.data(0, _ID) if item is not None else None
        return next((action for action in self._actions.actions if action.id == name), None)

    def _key(self) -> str:
        return self._field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _update_chosen(self) -> None:
        self._field.clear()
        self._update_hint()
        self._problem.hide()
        self._update_chosen_key()

    def _update_hint(self) -> None:
        """Qt puts its own English words there at every change."""
        for line in self._field.findChildren(QLineEdit):
            line.setPlaceholderText(self._appearance.say("Press a key"))

    def _update_chosen_key(self) -> None:
        chosen, key = self._chosen(), self._key()
        owner = self._actions.keymap.owner(key) if key else None
        conflict = chosen is not None and owner is not None and owner != chosen.id
        self._field.setEnabled(chosen is not None)
        add, take_over, remove, put_back = self._buttons
        add.setEnabled(chosen is not None and bool(key) and not conflict)
        add.setVisible(not conflict)
        take_over.setVisible(conflict)
        for button in (remove, put_back):
            button.setEnabled(chosen is not None)
        if conflict:
            self._tell_taken(key, str(owner))
        elif key:
            self._problem.hide()

    def _tell_taken(self, key: str, owner: str) -> None:
        name = next(self._actions.text(action).strip() for action in self._actions.actions if action.id == owner)
        self._problem.setText(
            self._appearance.say("The key {key} belongs to “{owner}”.", key=shown(key), owner=name)
        )
        self._problem.show()

    def _set(self) -> None:
        self._assign(take_over=False)

    def take_over(self) -> None:
        """Give the chosen action the entered key, whoever had it."""
        self._assign(take_over=True)

    def _assign(self, *, take_over: bool) -> None:
        chosen, key = self._chosen(), self._key()
        if chosen is not None and key:
            keymap = self._actions.keymap
            keymap.assign(chosen.id, (*keymap.keys(chosen.id), key), take_over=take_over)
            self._changed()

    def _remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._actions.keymap.assign(chosen.id, ())
            self._changed()

    def _put_back(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        try:
            self._actions.keymap.reset(chosen.id)
        except KeyTakenError as error:
            self._tell_taken(str(error.values["key"]), str(error.values["owner"]))
            return
        self._changed()

    def put_all_back(self) -> None:
        """The default keys for all actions."""
        self._actions.keymap.reset()
        self._changed()

    def _changed(self) -> None:
        self._actions.update_keys()
        self._save()
