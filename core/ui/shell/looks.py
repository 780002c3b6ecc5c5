"""CSS for looks that neither Streamlit's theme nor its elements can set, sent once with each page."""

import streamlit as st

ONE_PAGE = "one_page_of_"
"""Key prefix of a list's container; its table has one page of the list."""

FIELDS = "row_of_fields"
"""Key prefix of a row of labelled fields."""

LINES = "lines_with_links"
"""Key of the lines with links above the figures."""

_TILES = "tiles_of_lines_"
_MOST_LINES = 9


def tiles_key(lines: int) -> str:
    """The key of a row of tiles with this number of lines each."""
    return f"{_TILES}{min(lines, _MOST_LINES)}"


# A table's own search, download and column-menu sorting are hidden: they would only cover the rows of one page.
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
