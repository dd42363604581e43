"""The one style sheet, made from the look. Widgets choose a style by their `role` property, never by their own rules."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tutor.paths import resources_folder
from tutor.ui.look import Look
from tutor.ui.theme import contrast

_SHEET = Template("""
* { outline: none; }
QWidget { color: $text; font-size: ${f15}px; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: ${p4}px ${p8}px; }
QWidget[role="window"], QMainWindow { background: $window; }
QWidget[role="pane"] { background: $surface; }
QWidget[role="bar"] { background: $window; border: 0; }
QWidget[role="header"] { background: $window; border: 0; border-bottom: 1px solid $border; }
QWidget[role="footer"] { background: $window; border: 0; border-top: 1px solid $border; }
QWidget[role="overlay-right"] { background: $surface; border: 0; border-left: 1px solid $border; }
QWidget[role="overlay"] { background: $surface; border: 0; border-right: 1px solid $border; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${f20}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${f17}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${f13}px; }
QLabel[role="small-text"] { font-size: ${f13}px; }
QLabel[role="code"] { font-family: "$code"; }
QLabel[role="place-code"] { font-family: "$code"; font-size: ${f20}px; }
QLabel[role="good"] { color: $good; font-weight: 600; }
QLabel[role="wrong"] { color: $wrong; font-weight: 600; }
QLabel[role="caution"] { color: $caution; font-weight: 600; }

QFrame[role="popup"] { background: $surface; border: 1px solid $control; border-radius: ${r}px; }
QFrame[role="line"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: ${r}px; }
QFrame[role="sunken"] { background: $sunken; border: 1px solid $border; border-radius: ${r}px; }
QLabel[role="sunken"] { font-family: "$code"; }
QFrame[role="info-card"] { background: $accent_soft; border: $card_edge; border-radius: ${r}px; }
QFrame[role="good-card"] { background: $good_soft; border: $card_edge; border-radius: ${r}px; }
QFrame[role="wrong-card"] { background: $wrong_soft; border: $card_edge; border-radius: ${r}px; }
QFrame[role="caution-card"] { background: $caution_soft; border: $card_edge; border-radius: ${r}px; }

QPushButton {
    background: $surface; color: $text; border: 1px solid $control; border-radius: ${r}px;
    padding: ${p6}px ${p14}px; min-height: ${p20}px; text-align: center;
}
QPushButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed { background: $sunken; }
QPushButton:disabled { color: $muted; border: $off_edge; background: transparent; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:disabled { background: $accent_soft; color: $muted; border: $off_edge; }
QPushButton[role="status"] { background: transparent; border-color: transparent; color: $text; padding-left: 0; }
QPushButton[role="status"]:hover { color: $accent; }
QPushButton[role="status"]:disabled { color: $muted; border: 1px solid transparent; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $text; }
QPushButton[role="quiet"]:hover { background: $accent_soft; border-color: $accent_soft_edge; }
QPushButton[role="quiet"]:disabled { color: $muted; border: $quiet_off_edge; }
QPushButton[role="link"] { background: transparent; border: 0; color: $accent; padding: ${p4}px 0; text-align: left; text-decoration: underline; }
QPushButton[role="link"]:hover { color: $text; }
QPushButton[role="fold"] {
    background: transparent; border: 0; color: $muted; padding: ${p4}px 0; text-align: left; min-height: ${p20}px;
}
QPushButton[role="fold"]:hover { color: $text; }
QPushButton::menu-indicator { image: none; width: 0; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${r}px; padding: ${p6}px; }
QToolButton:hover { background: $accent_soft; border-color: $accent_soft_edge; }
QToolButton:pressed, QToolButton:checked { background: $sunken; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit {
    background: $surface; border: 1px solid $control; border-radius: ${r}px; padding: ${p6}px ${p8}px;
    selection-background-color: $selection; selection-color: $on_selection;
}
QLineEdit[role="code"] { font-family: "$code"; }
QLineEdit:disabled { color: $muted; border: $off_edge; }

QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QTextBrowser, QPlainTextEdit, QTextEdit {
    background: $surface; border: 0; selection-background-color: $selection; selection-color: $on_selection;
}
QPlainTextEdit[role="output"] { background: $sunken; font-family: "$code"; }
QPlainTextEdit[role="code-input"] {
    background: $surface; font-family: "$code"; border: 1px solid $control; border-radius: ${r}px; padding: ${p4}px;
}

QRadioButton, QCheckBox { spacing: ${p12}px; background: transparent; padding: ${p4}px 0; }
QRadioButton::indicator, QCheckBox::indicator {
    width: ${p16}px; height: ${p16}px; border: ${p2}px solid $control; background: $surface;
}
QRadioButton::indicator { border-radius: ${radio}px; }
QCheckBox::indicator { border-radius: ${p4}px; }
QRadioButton::indicator:hover, QCheckBox::indicator:hover { border-color: $accent; }
QRadioButton::indicator:checked {
    border-color: $accent;
    background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
        stop:0 $accent, stop:0.5 $accent, stop:0.6 $surface, stop:1 $surface);
}
QCheckBox::indicator:checked { border-color: $accent; background: $accent; image: url("$tick"); }
QRadioButton:disabled, QCheckBox:disabled { color: $text; }

QTabBar { background: transparent; border: 0; }
QTabBar::tab {
    background: transparent; color: $muted; border: 0; border-bottom: ${p2}px solid transparent;
    padding: ${p8}px ${p4}px ${p6}px ${p4}px; margin-right: ${p16}px;
}
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:disabled { color: $muted; }

QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent; }
QSplitter::handle:horizontal { width: 1px; margin: 0; }
QSplitter::handle:vertical { height: 1px; margin: 0; }

QProgressBar { background: transparent; border: 0; max-height: ${p2}px; min-height: ${p2}px; }
QProgressBar::chunk { background: $accent; }

QScrollArea { background: transparent; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: ${p12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: 0; }
QScrollBar::handle { background: $control; border-radius: ${p3}px; margin: ${p3}px; }
QScrollBar::handle:vertical { min-height: ${p24}px; }
QScrollBar::handle:horizontal { min-width: ${p24}px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QListView, QTreeView {
    background: $surface; border: 0; selection-background-color: $accent_soft; selection-color: $text;
}
QListView::item { padding: ${p6}px ${p8}px; border-radius: ${r}px; }
QListView::item:selected { background: $accent_soft; color: $text; border: $selected_edge; }
QListView::item:hover { background: $sunken; }

QTableWidget { background: $sunken; border: 0; gridline-color: $border; }
QTableWidget::item { padding: 0 ${p8}px; }
QHeaderView::section {
    background: $surface; color: $text; border: 0; border-bottom: 1px solid $border; border-right: 1px solid $border;
    padding: ${p4}px ${p8}px; font-weight: 600;
}
QTableCornerButton::section { background: $surface; border: 0; }
QMenu { background: $surface; border: 1px solid $border; padding: ${p4}px; }
QMenu::item { padding: ${p6}px ${p24}px ${p6}px ${p24}px; border-radius: ${r}px; }
QMenu::item:selected { background: $accent_soft; color: $text; border: $selected_edge; }
QMenu::separator { height: 1px; background: $border; margin: ${p4}px; }
QComboBox, QSpinBox {
    background: $surface; border: 1px solid $control; border-radius: ${r}px; padding: ${p6}px ${p8}px;
    min-height: ${p20}px; selection-background-color: $selection; selection-color: $on_selection;
}
QComboBox:disabled, QSpinBox:disabled { color: $muted; border: $off_edge; }
QComboBox::drop-down { border: 0; width: ${p24}px; }
QComboBox::down-arrow { image: url("$arrow"); width: ${p16}px; height: ${p16}px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; selection-background-color: $accent_soft;
    selection-color: $text; }
QSlider::groove:horizontal { height: ${p4}px; background: $border; border-radius: ${p2}px; }
QSlider::handle:horizontal { width: ${p16}px; margin: -${p6}px 0; border-radius: ${p8}px; background: $accent; }
QListWidget[role="lines"] { background: $sunken; border: 1px solid $border; border-radius: ${r}px; padding: ${p4}px; }
QListWidget[role="lines"]::item { padding: 0; border: 0; }
""")


def style_sheet(look: Look) -> str:
    """The style sheet of a look."""
    theme = look.theme
    edges = theme.high_contrast
    sizes = {f"p{n}": look.px(n) for n in (2, 3, 4, 6, 8, 12, 14, 16, 20, 24)}
    fonts = {f"f{n}": look.px(n) for n in (13, 15, 17, 20)}
    return _SHEET.substitute(
        **theme.colours(),
        **sizes,
        **fonts,
        r=look.px(6),
        radio=look.px(16) // 2 + look.px(2),
        code=look.code_family,
        card_edge=f"1px solid {theme.border}" if edges else "0",
        # Where all words have one colour, a broken outline says that something cannot be used now.
        off_edge=f"1px {'dashed' if edges else 'solid'} {theme.border}",
        quiet_off_edge=f"1px dashed {theme.border}" if edges else "1px solid transparent",
        selected_edge=f"1px solid {theme.accent}" if edges else "0",
        accent_soft_edge=theme.accent if edges else theme.accent_soft,
        accent_hover=theme.text if edges else theme.accent,
        tick=_picture("tick", theme.on_accent),
        arrow=_picture("arrow", theme.text),
    )


def _picture(name: str, colour: str) -> str:
    """The file of a picture that a style sheet can only name: it comes in white and in black."""
    shade = "white" if contrast(colour, "#000000") > contrast(colour, "#FFFFFF") else "black"
    return (resources_folder() / "icons" / f"{name}-{shade}.svg").as_posix()


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget one of the style sheet's roles, also after it has been shown."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    # A plain widget paints no ground of the style sheet without this.
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    restyle(widget)


def set_primary(widget: QWidget, primary: bool) -> None:
    """Fill a button (the one next action), or make it quiet again."""
    if bool(widget.property("primary")) == primary:
        return
    widget.setProperty("primary", primary)
    restyle(widget)


def restyle(widget: QWidget) -> None:
    """Have Qt read a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
