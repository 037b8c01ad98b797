"""Who else hands Qt a text that is not written where it is set: over the syntax trees of all that draws."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PLAIN: Final = Path("widgets/common/plain.py")

# What takes a text, with the place among the arguments at which it does; an icon may stand before it.
SETTERS: Final = {
    **dict.fromkeys(("setToolTip", "setStatusTip", "setWhatsThis", "setText", "setIconText"), 0),
    **dict.fromkeys(("setWindowTitle", "setWindowIconText", "setTitle", "setLabelText"), 0),
    **dict.fromkeys(("setAccessibleName", "setAccessibleDescription", "setPlaceholderText"), 0),
    **dict.fromkeys(("setInformativeText", "setDetailedText", "setCancelButtonText"), 0),
    **dict.fromkeys(("setHeaderLabels", "setHorizontalHeaderLabels", "setVerticalHeaderLabels"), 0),
    **dict.fromkeys(("addItem", "addItems", "addRow", "addAction", "addMenu", "addSection"), 0),
    **dict.fromkeys(("setTabText", "setTabToolTip", "setItemText", "addTab"), 1),
    **dict.fromkeys(("insertItem", "insertItems", "insertRow", "insertSection"), 1),
    **dict.fromkeys(("insertTab",), 2),
}
MADE: Final = {
    **dict.fromkeys(("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton"), 0),
    **dict.fromkeys(("QCommandLinkButton",), 0),
    **dict.fromkeys(("QAction", "QMenu", "QGroupBox", "QDockWidget"), 0),
    **dict.fromkeys(("QListWidgetItem", "QTableWidgetItem", "QTreeWidgetItem", "QStandardItem"), 0),
    **dict.fromkeys(("QFileDialog", "QColorDialog"), 1),
}
PROPERTIES: Final = {"text", "title", "toolTip", "statusTip", "whatsThis", "windowTitle", "accessibleName"}
ROLES: Final = {"ToolTipRole", "StatusTipRole", "WhatsThisRole"}
# What reads HTML, or shows texts in labels of its own that do. None of it is needed: dialogs are made of
# `label()`, and whoever needs one of these gives it a function in the plain module.
UNUSED: Final = {
    *("setHtml", "insertHtml", "appendHtml", "setMarkdown", "insertMarkdown", "setTextFormat"),
    *("RichText", "AutoText", "MarkdownText", "QTextDocument", "QTextEdit", "QTextBrowser", "QStaticText"),
    *("QMessageBox", "QErrorMessage", "QInputDialog", "QProgressDialog", "QSystemTrayIcon", "QSplashScreen"),
    *("QWhatsThis", "QWizard", "QToolTip", "showMessage"),
    *("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
}
# What stands where a text could, and is none.
OBJECTS: Final = {
    *(
        "self",
        "parent",
        "window",
        "self.list",
        "self.show_button",
        "field_itself",
        "its_caption",
        "self._languages",
        "self._slow_group",
    ),
    *(
        "self._panel",
        "self.tags",
        "self._slow_menu",
        "self._accounts_menu",
        "self.scenes",
        "QLineEdit.ActionPosition.LeadingPosition",
    ),
}
MAKERS: Final = {"caption", "label", "QListWidgetItem"}


def is_ours(node: ast.expr) -> bool:
    """Whether this is a text written here: a literal, `tr()` of literals, or one or another of these."""
    match node:
        case ast.Constant():
            return True
        case ast.IfExp(body=body, orelse=other):
            return is_ours(body) and is_ours(other)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return all(is_ours(part) for part in parts)
        case ast.Call(func=ast.Attribute(attr="tr") | ast.Name(id="translate"), args=parts):
            return all(isinstance(part, ast.Constant) for part in parts)
    return False


def is_no_text(node: ast.expr) -> bool:
    """Whether this is known to be something else than a text."""
    if isinstance(node, ast.Call):
        return name_of(node.func) in MAKERS
    return ast.unparse(node) in OBJECTS


def is_plain_tooltip(node: ast.expr) -> bool:
    return is_ours(node) or (isinstance(node, ast.Call) and ast.unparse(node.func) == "plain.tooltip")


def name_of(node: ast.expr) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def texts(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that Qt takes as texts."""
    name = name_of(call.func)
    if ast.unparse(call.func).endswith("clipboard().setText"):
        return
    if name in SETTERS or name in MADE:
        place = SETTERS[name] if name in SETTERS else MADE[name]
        after = [part for part in call.args[place:] if not ast.unparse(part).startswith(("icon(", "QIcon("))]
        yield from after[:1]
    elif (
        name == "setProperty" and isinstance(call.args[0], ast.Constant) and call.args[0].value in PROPERTIES
    ):
        yield call.args[1]
    if name.startswith("Q") or name in SETTERS:
        yield from (keyword.value for keyword in call.keywords if keyword.arg in PROPERTIES)


def texts_of_base(made: ast.ClassDef) -> Iterator[ast.expr]:
    """What a class hands the Qt class that it is, where that takes it as its text."""
    places = [MADE[base] for base in map(name_of, made.bases) if base in MADE]
    for node in ast.walk(made):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"), args=args
            ):
                yield from (args[place] for place in places[:1] if len(args) > place)


def settled(tree: ast.AST) -> Iterator[ast.expr]:
    """Names of setters and roles that stand where `texts` looks at what they get, or with a plain tooltip."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="setData"), args=[*_, role, value]) if is_plain_tooltip(
                value
            ):
                yield role
            case ast.Call(func=function):
                yield function
            case ast.Dict(keys=keys, values=values):
                pairs = zip(keys, values, strict=True)
                yield from (key for key, value in pairs if key is not None and is_plain_tooltip(value))


def strays(tree: ast.AST) -> Iterator[ast.expr]:
    """Texts that reach Qt by themselves, and names by which they could."""
    known = set(settled(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (text for text in texts(node) if not is_ours(text) and not is_no_text(text))
        if isinstance(node, ast.ClassDef):
            yield from (text for text in texts_of_base(node) if not is_ours(text) and not is_no_text(text))
        if isinstance(node, ast.Attribute | ast.Name):
            name = name_of(node)
            if name in UNUSED or ((name in ROLES or name in SETTERS) and node not in known):
                yield node


def desktop() -> list[Path]:
    found = (path for package in ("studio", "widgets") for path in (ROOT / package).rglob("*.py"))
    return sorted(path.relative_to(ROOT) for path in found if path.relative_to(ROOT) != PLAIN)


@pytest.mark.parametrize("path", desktop(), ids=str)
def test_only_the_plain_module_hands_qt_a_text_that_is_not_written_there(path: Path) -> None:
    found = strays(ast.parse((ROOT / path).read_text()))
    assert [f"{path}:{node.lineno}: {ast.unparse(node)}" for node in found] == []


@pytest.mark.parametrize(
    "line",
    [
        "item.setToolTip(viewer.name)",
        "item.setToolTip(f'{name}')",
        "item.setToolTip(self.tr('{name} came in').format(name=name))",
        "item.setToolTip(self.tr(name))",
        "box.setToolTip(name if name else '')",
        "dock.windowTitleChanged.connect(shown.setText)",
        "self.setWindowTitle(product.title)",
        "self.setAccessibleName(product.title)",
        "self.setStatusTip(text)",
        "box.setItemText(0, name)",
        "box.addItem(icon('face'), name)",
        "tabs.addTab(page, name)",
        "fields.addRow(name, edit)",
        "menu.addAction(name)",
        "QLabel(name)",
        "QLabel(toolTip=name)",
        "item.setToolTip(toolTip=name)",
        "menu.addAction(text=name)",
        "class Name(QLabel):\n    def __init__(self, name):\n        super().__init__(name, self)",
        "QListWidgetItem(icon('face'), name, shown)",
        "QFileDialog(self, title)",
        "shown.setProperty('toolTip', name)",
        "{Qt.ItemDataRole.ToolTipRole: product.title}",
        "if role == Qt.ItemDataRole.ToolTipRole: ...",
        "item.setData(Qt.ItemDataRole.ToolTipRole, name)",
        "item.setData(0, Qt.ItemDataRole.ToolTipRole, name)",
        "QToolTip.showText(at, name)",
        "QMessageBox.warning(self, title, text)",
        "tray.showMessage(title, text)",
        "shown.setTextFormat(Qt.TextFormat.PlainText)",
    ],
)
def test_a_line_that_goes_around_the_plain_module_is_found(line: str) -> None:
    assert list(strays(ast.parse(line))) != []


@pytest.mark.parametrize(
    "line",
    [
        "item.setToolTip('Close')",
        "item.setToolTip(self.tr('Close'))",
        "item.setText(self.tr('Close') if is_open else self.tr('Open'))",
        "table.setHorizontalHeaderLabels([self.tr('What'), self.tr('Key')])",
        "box.addItem(self.tr('Everything'), None)",
        "plain.set_text(shown, viewer.name)",
        "{Qt.ItemDataRole.ToolTipRole: plain.tooltip(product.title)}",
        "item.setData(Qt.ItemDataRole.ToolTipRole, plain.tooltip(name))",
        "QGuiApplication.clipboard().setText(link)",
    ],
)
def test_a_line_that_sets_a_text_of_ours_is_left_alone(line: str) -> None:
    assert list(strays(ast.parse(line))) == []
