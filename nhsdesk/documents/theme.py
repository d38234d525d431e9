"""Colours, type and measures that workbooks and printed papers share. The NHS palette, never its logo."""

from __future__ import annotations

BLUE = "#005EB8"
"""Headings: 6.4 to 1 on white."""

DARK_BLUE = "#003087"
"""The mark on a page: 11.9 to 1 on white."""

TEXT = "#212B32"
"""Body text: 14.4 to 1 on white."""

SECONDARY = "#4C6272"
"""Footers and sources: 6.4 to 1 on white."""

RULE = "#768692"
"""Lines between rows; too pale for words."""

PALE = "#F0F4F5"
"""Behind a heading row; dark text only."""

GROUNDS = ("#FFFFFF", "#D5E3F0", "#9DC0E0", BLUE)
"""Under words in a picture, from none to the darkest, each told from the next in grey; on the last, white words."""

ON_DARK = "#FFFFFF"
"""Words on the darkest ground: 6.4 to 1."""

SHEET_FONT = "Arial"
"""Named, not carried: it is on every computer that has a spreadsheet."""

SHEET_SIZE = 12
SHEET_TITLE_SIZE = 16
"""Points."""

NARROWEST_COLUMN = 12
WIDEST_COLUMN = 60
COVER_WIDTH = 80
"""Characters of the sheet's own type."""

PAGE_FONT = "OpenSans"
PAGE_FONT_BOLD = "OpenSans-Bold"
"""Carried inside each printed paper."""

BODY_SIZE = 12
TABLE_SIZE = 11
SMALL_SIZE = 10
TITLE_SIZE = 24
SUBTITLE_SIZE = 16
HEADING_SIZE = 16
LINE = 1.4
"""Points, and the height of a line as a multiple of its type."""

PAGE_MARGIN = 51
"""Points: 18 mm."""

LINE_HEIGHT = 16
TITLE_HEIGHT = 22
TALLEST_ROW = 409
"""Points; 409 is the most that a spreadsheet allows."""
