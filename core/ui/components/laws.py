"""Check of the laws: the three totals against the detected amount, and Claimed against the reimbursement rows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from core.ui.components import sums
from core.ui.components.chart import OPENED
from core.ui.components.table import table
from core.ui.shell import links
from core.ui.text.words import NO_CURRENCY, amount, count
from core.vocabulary import Total


@dataclass(frozen=True)
class Laws:
    """Whether both laws hold, a one-line summary, and the table of `proof_of_laws`."""

    hold: bool
    sentence: str
    proof: pd.DataFrame


def laws_of(amounts: pd.DataFrame, detected: pd.DataFrame, paid: pd.DataFrame) -> Laws:
    """Data of `laws_check`. `amounts` come from the stages, `detected` from the items, `paid` from the reports."""
    proof = proof_of_laws(amounts, detected, paid)
    hold = not proof["Difference"].any() and not proof["Difference of claimed"].any()
    return Laws(hold, _sentence(proof), proof)


def laws_check(laws: Laws) -> None:
    """Show in one line whether the laws hold; expanded, it shows the proof with one row per currency."""
    sign = ":blue[:material/check_circle:] Adds up" if laws.hold else ":material/error: Does not add up"
    shown = st.expander(f"{sign}: {laws.sentence}", key=f"overview_laws{OPENED}", on_change="rerun")
    if shown.open:
        with shown:
            _show(laws.proof)
    if not laws.hold:
        st.error("The totals do not add up. Open the line above, and tell whoever runs Recoup: `python -m core check`.")


def _show(proof: pd.DataFrame) -> None:
    st.markdown(
        "Per currency, to the cent: *unclaimed + claimed + lost = detected*, and *claimed* is the sum of the"
        " reimbursement rows that were synced. Each side comes from tables of its own."
    )
    table(proof.replace({"Currency": {"": NO_CURRENCY}}), alt="Proof that the totals add up")
    st.page_link(
        links.file_of("Payments"),
        label="All reimbursement rows",
        icon=":material/arrow_forward:",
        icon_position="right",
    )


def proof_of_laws(amounts: pd.DataFrame, detected: pd.DataFrame, paid: pd.DataFrame) -> pd.DataFrame:
    """One row per currency: both sides of both laws and the differences, which are zero if the laws hold. Rows without
    a currency are included if any of their figures isn't zero.
    """
    whole = _by_currency(detected, "detected")
    received, payments = _by_currency(paid, "paid"), _by_currency(paid, "payments")
    known = sums.currencies(amounts)
    rows = []
    for currency in [*known, *sorted({*whole, *received} - {*known})]:
        own = amounts[amounts["currency"] == currency]
        unclaimed, claimed, lost = (sums.of_total(own, total) for total in Total)
        rows.append(
            {
                "Currency": currency,
                "Unclaimed": unclaimed,
                "Claimed": claimed,
                "Lost": lost,
                "Detected": whole.get(currency, Decimal(0)),
                "Difference": unclaimed + claimed + lost - whole.get(currency, Decimal(0)),
                "Reimbursement rows": payments.get(currency, 0),
                "Their sum": received.get(currency, Decimal(0)),
                "Difference of claimed": claimed - received.get(currency, Decimal(0)),
            }
        )
    return pd.DataFrame([row for row in rows if row["Currency"] or any(list(row.values())[1:])], dtype=object)


def _by_currency(rows: pd.DataFrame, column: str) -> dict[str, Any]:
    return dict(zip(rows["currency"], rows[column], strict=True))


def _sentence(proof: pd.DataFrame) -> str:
    payments = count(int(proof["Reimbursement rows"].sum()), "reimbursement row")
    if len(proof) > 1:
        return f"every total in each of {count(len(proof), 'currency', 'currencies')}, from {payments}"
    found = ", ".join(amount(row["Detected"], row["Currency"]) for _, row in proof.iterrows())
    return f"detected {found} = unclaimed + claimed + lost · claimed = {payments}"
