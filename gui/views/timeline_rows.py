"""The rows of the timeline, from top to bottom, in pixels at a scale."""

from gui.appearance import Appearance


class TimelineRows:
    """Where each row lies: ``top`` and height of the time steps' labels, brackets, marks, breakpoints, phases."""

    def __init__(self, appearance: Appearance) -> None:
        px = appearance.px
        self.label_font = appearance.font(12, family="math")
        self.label_font_italic = appearance.font(12, family="math", italic=True)
        self.phase_font = appearance.font(11.5)
        self.margin = px(14)
        self.gap = px(16)
        self.widest = px(22)
        self.tall = px(3)
        self.labels = (px(1), px(15))
        self.brackets = (px(16), px(5))
        self.marks = (px(24), px(15))
        self.breakpoints = (px(42), px(6))
        self.phases = (px(47), px(14))
        self.overview = (px(62), px(4))
        self.height = round(px(67))
