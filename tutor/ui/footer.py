"""The bottom line of the window: what this is, whether the work is safe, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tutor.session.events import SaveState, SavingChanged
from tutor.ui.labels import button, dress, text_label
from tutor.ui.look import Look
from tutor.ui.product_words import learning_banner, unofficial_name
from tutor.ui.stylesheet import set_primary, set_role


class Footer(QWidget):
    """The learning banner (never hidden), the saving line, Back and Next."""

    next_requested = Signal()
    previous_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._banner = text_label(learning_banner())
        self._name = text_label("", "small", wrap=False)
        self._saving = text_label("", "small", wrap=False)
        self._saving_icon = QLabel()
        self.back = button(self.tr("Back"), self.tr("The step before (Ctrl+Page Up)"))
        self.next = button(self.tr("Next"), self.tr("The next step (Ctrl+Page Down)"))
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.back.clicked.connect(self.previous_requested)
        self.next.clicked.connect(self.next_requested)
        self._state = SavingChanged(SaveState.SAVED)
        self._scratch = self._low = False
        under = QHBoxLayout()
        under.addWidget(self._name)
        under.addWidget(self._saving_icon)
        under.addWidget(self._saving)
        under.addStretch(1)
        words = QVBoxLayout()
        words.addWidget(self._banner)
        words.addLayout(under)
        self._box = QHBoxLayout(self)
        self._box.addLayout(words, 1)
        self._box.addWidget(self.back)
        self._box.addWidget(self.next)
        self._under, self._words = under, words
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name.setText(unofficial_name())
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setSpacing(look.px(8))
        self._under.setSpacing(look.px(6))
        self._words.setSpacing(look.px(2))
        self._fit()
        self.show_saving(self._state)

    def set_low(self, low: bool) -> None:
        """Whether the window is so low that the banner has to do with small letters."""
        self._low = low
        self._fit()

    def _fit(self) -> None:
        look, low = self._look, self._low
        set_role(self._banner, "small-text" if low else "")
        above, beside = look.px(4 if low else 8), look.px(16 if low else 24)
        self._box.setContentsMargins(beside, above, beside, above)
        for made in (self.back, self.next):
            made.setMinimumWidth(0 if low else look.px(96))
        self._icons()

    def _icons(self) -> None:
        if self._low:  # the words say it, and the banner needs the width
            for made in (self.back, self.next):
                made.setIcon(QIcon())
            return
        primary = bool(self.next.property("primary"))
        dress(self.back, self._look, "back")
        dress(
            self.next,
            self._look,
            "book" if self._scratch else "next",
            self._look.theme.on_accent if primary else None,
        )

    def set_primary(self, primary: bool) -> None:
        """Fill the Next button: it is the one thing to do now."""
        set_primary(self.next, primary)
        self._icons()

    def show_ends(self, *, first: bool, last: bool) -> None:
        """Whether there is anything before and after this step."""
        self.back.setEnabled(not first)
        self.next.setEnabled(not last)

    def show_scratch(self, scratch: bool) -> None:
        """Beside the scratch program the way on is the way back to the lesson."""
        self._scratch = scratch
        self.back.setVisible(not scratch)
        self.next.setText(self.tr("Back to the lesson") if scratch else self.tr("Next"))
        words = (
            self.tr("Go on where you were in the lesson (Ctrl+Page Down)")
            if scratch
            else self.tr("The next step (Ctrl+Page Down)")
        )
        self.next.setAccessibleDescription(words)
        self.next.setToolTip(words)
        self._icons()

    @property
    def saving(self) -> str:
        """What is said about the learner's work."""
        return self._saving.text()

    def words(self) -> tuple[str, str]:
        """The banner, and the name under it, where they can be seen."""
        shown = [label.text() if label.isVisible() else "" for label in (self._banner, self._name)]
        return shown[0], shown[1]

    def show_saving(self, state: SavingChanged) -> None:
        """Say whether the learner's work is safe."""
        self._state = state
        words = {
            SaveState.SAVED: self.tr("Your work is saved"),
            SaveState.WAITING: self.tr("Saving your work"),
            SaveState.FAILED: self.tr("Your work is not saved"),
        }[state.state]
        more = " ".join(part for part in (state.what, state.do) if part)
        failed = state.state is SaveState.FAILED
        self._saving.setText(words)
        # A text that grows is drawn cut until the next layout: make room at once.
        self._saving.setMinimumWidth(self._saving.fontMetrics().horizontalAdvance(words) + self._look.px(4))
        self._saving.setToolTip(more)
        self._saving.setAccessibleDescription(more)
        set_role(self._saving, "wrong" if failed else "small")
        theme = self._look.theme
        icon = {SaveState.SAVED: "saved", SaveState.WAITING: "save", SaveState.FAILED: "warning"}[state.state]
        colour = theme.wrong if failed else theme.muted
        self._saving_icon.setPixmap(self._look.picture(icon, colour, 16))
