"""Fields that show labels while the URL has codes.

Streamlit 1.67 writes the label of a bound field into the URL. So the code in the URL is turned into a label before the
field reads it, and back into a code afterwards. URLs and saved views of earlier versions have labels and still work.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.ui.shell import internals

Labels = Mapping[str, str]
"""The labels of a field's options by code. The first is the default."""

FORMER: dict[str, tuple[str, ...]] = {
    "May expire": ("at_risk",),
    "Soonest deadline": ("soonest",),
    "No currency": ("none",),
    "Several categories": ("several",),
    "Without a value": ("without",),
    "Largest": ("largest",),
    "Largest amount": ("largest",),
    "Largest claim": ("claimed",),
    "Claimed": ("claimed_amount",),
    "Claimed units": ("claimed_units",),
    "Latest change": ("changed",),
    "Newest event": ("newest",),
    "Reimbursed Cases": ("reimbursed",),
    "Says how much it claims": ("stated",),
    "Does not say": ("not_stated",),
    "Approved, not paid": ("approved", "approved_not_paid"),
    "Last 12 months": ("last_year",),
    "Recovered": ("recovered",),
    "Reversed": ("reversed",),
    "Paid, not reported": ("paid_not_reported",),
    "Surplus": ("surpluses",),
    "Today": ("today",),
    "Tomorrow": ("tomorrow",),
    "this week": ("week_0",),
}
"""Labels in URLs of earlier versions, and the codes that they may mean. Labels of defaults are missing: a URL never has
them.
"""


def code_of(value: str, labels: Labels) -> str:
    """The code for a value from the URL, which may be a code or a label; the value itself if it is neither."""
    if value in labels:
        return value
    by_label = {label: code for code, label in labels.items()}
    former = (code for code in FORMER.get(value, ()) if code in labels)
    return by_label.get(value) or next(former, value)


def chosen(key: str, labels: Labels) -> str:
    """The code in the URL for a choice without a field; the first option if the URL has none."""
    said = st.query_params.get(key, "")
    code = code_of(said, labels)
    if code not in labels:
        return next(iter(labels))
    if code != said:
        st.query_params[key] = code
    return code


def choose(key: str, code: str, *, default: str) -> None:
    """Put the code of a choice without a field into the URL; a default is left out."""
    if code == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = code


def select(label: str, labels: Labels, *, key: str, **options: Any) -> str:
    """Show a select box and return the chosen code."""
    chosen = _field(st.selectbox, label, labels, key=key, **options)
    return chosen if chosen in labels else next(iter(labels))


def segments(label: str, labels: Labels, *, key: str, default: str = "", **options: Any) -> str:
    """Show a segmented control and return the chosen code."""
    default = default or next(iter(labels))
    chosen = _field(st.segmented_control, label, labels, key=key, default=default, required=True, **options)
    return chosen if chosen in labels else default


def pills(label: str, labels: Labels, *, key: str, **options: Any) -> list[str]:
    """Show pills and return the chosen codes."""
    chosen = _field(st.pills, label, labels, key=key, selection_mode="multi", **options)
    return [code for code in chosen if code in labels]


def _field(field: Any, label: str, labels: Labels, *, key: str, **options: Any) -> Any:
    _read(key, labels)
    chosen = field(
        label, list(labels), format_func=lambda code: labels.get(code, code), key=key, bind="query-params", **options
    )
    _write(key, chosen, options.get("default") or next(iter(labels), None))
    return chosen


def _read(key: str, labels: Labels) -> None:
    """Turn the codes in the URL into labels, which the field expects."""
    said = internals.initial_values(key)
    if said is not None:
        codes = (code_of(value, labels) for value in said)
        internals.set_initial_values(key, [labels.get(code, code) for code in codes])


def _write(key: str, chosen: str | Sequence[str] | None, default: str | None) -> None:
    """Write the code to the URL instead of Streamlit's label. Streamlit itself leaves out the default."""
    if chosen and chosen != default:
        internals.write_address(key, chosen)
