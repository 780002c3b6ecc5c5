"""What a visitor of a page gets to see, and what the browser gets at all."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from core.ui.components.deadlines import WEEKLY
from core.ui.outcomes.numbers import BUCKETS
from core.vocabulary import CATEGORIES, GLOSSARY, MARKETPLACES, STAGES, Channel


def texts(app: AppTest) -> str:
    """All that is said in words: titles, captions, messages, tiles, links."""
    headings = [*app.title, *app.header, *app.subheader]
    said = [*headings, *app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.error]
    tiles = [f"{tile.label} {tile.value}" for tile in app.metric]
    links = [link.proto.label for link in app.get("page_link")]
    return "\n".join([*(str(each.value) for each in said), *tiles, *links])


def everything(app: AppTest) -> str:
    """All that is sent: the words, the widgets with their options, every cell and every figure."""
    cells = [frame.value.to_csv() for frame in app.dataframe]
    figures = [str(figure.proto) for figure in app.get("plotly_chart")]
    return "\n".join([repr(app.main), repr(app.sidebar), texts(app), *cells, *figures])


def old_words(app: AppTest) -> set[str]:
    """Words on the page that stood for a term of the glossary before."""
    heads = [str(frame.proto.columns) for frame in app.dataframe] + [each.label for each in app.expander]
    sent = "\n".join([everything(app), *heads])
    return {word for term in GLOSSARY.values() for word in term.never if re.search(word, sent)}


def listed(app: AppTest, column: str) -> pd.DataFrame:
    """The rows of the table that has this column, as only one of a page has it; none where there is no such table."""
    frames = [frame.value.rename(columns=labels(frame.proto)) for frame in app.dataframe]
    found = [frame for frame in frames if column in frame.columns]
    return found[0] if found else pd.DataFrame({"SKU": [], "Case": []})


def labels(table: Any) -> dict[str, str]:
    """What stands above the columns of a table, by their names."""
    config = json.loads(table.columns or "{}")
    return {name: each["label"] for name, each in config.items() if each.get("label")}


def tile(app: AppTest, label: str) -> str:
    """The figure of the tile whose label has these words."""
    found = [str(metric.value) for metric in app.metric if label in str(metric.label)]
    assert len(found) == 1, f"{label}: {found}"
    return found[0]


_CODES: dict[str, tuple[str, dict[str, str]]] = {
    "Week": ("week", {span.label: code for code, span in WEEKLY.items()}),
    "Category": ("category", {entry.label: code for code, entry in CATEGORIES.items()}),
    "Marketplace": ("marketplace", {entry.label: code for code, entry in MARKETPLACES.items()}),
    "Reason": ("stage", {entry.label: code for code, entry in STAGES.items()}),
    "Age": ("age", {label: code for code, label in BUCKETS.items()}),
    "From": ("channel", {channel.label: channel.value for channel in Channel}),
}


def cell(row: "Mapping[Any, Any] | pd.Series[Any]", column: str = "") -> dict[str, Any]:
    """A cell of a chart's numbers as the page knows it when it is marked: the codes of its row are not sent."""
    part = {name: codes[row[label]] for label, (name, codes) in _CODES.items() if label in row}
    if "Month" in row:
        part["month"] = f"{datetime.strptime(row['Month'], '%b %Y'):%Y-%m}"  # noqa: DTZ007 (no day)
    if "Currency" in row:
        part["currency"] = row["Currency"]
    return part | {"column": column}
