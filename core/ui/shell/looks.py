"""What no setting of Streamlit's theme or of an element gives: a few lines of CSS, sent once with each page."""

import streamlit as st

ONE_PAGE = "one_page_of_"
"""What the key of a list's container begins with: its table has one page of the list."""

FIELDS = "row_of_fields"
"""What the key of a row of fields with their labels begins with."""

LINES = "lines_with_links"
"""The key of lines with links above the figures."""

_TILES = "tiles_of_lines_"
_MOST_LINES = 9


def tiles_key(lines: int) -> str:
    """The key of a row of tiles, each with so many lines."""
    return f"{_TILES}{min(lines, _MOST_LINES)}"


# A table's own search and download would know the rows of one page only, and so would the sorting in its columns' menu.
_CSS = f"""<style>
[class*="st-key-{ONE_PAGE}"] :is([data-testid="stElementToolbar"], .gdg-search-bar) {{ display: none; }}
[data-testid="stDataFrameColumnMenu"] [role="menu"] > [role="menuitem"]:is(:nth-child(2), :nth-child(3)) {{
    display: none;
}}
/* what is above the first rows has its height before it is loaded, so that nothing below moves */
[class*="st-key-{FIELDS}"] {{ min-height: 4.25rem; }}
{" ".join(f".st-key-{_TILES}{n} {{ min-height: {0.6 + 1.4 * n:.1f}rem; }}" for n in range(2, _MOST_LINES + 1))}
/* a way to a list breaks into lines where it is wider than a phone */
[data-testid="stPageLink-NavLink"] :is(span, p) {{ white-space: normal; overflow: visible; }}
/* and a line of text with a link is no higher before */
.st-key-{LINES} [data-testid="stSkeleton"] {{ height: 1.5rem; }}
/* on the dark theme's primary colour white is not read */
[data-testid^="stBaseButton-primary"] {{ color: light-dark(#ffffff, #0b141e); }}
</style>"""


def apply() -> None:
    """Send the CSS."""
    st.html(_CSS)
