"""What is made once and sent again is what would have been made anew, and nobody else's."""

from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest
from streamlit.dataframe_util import convert_arrow_table_to_arrow_bytes, convert_pandas_df_to_arrow_bytes

from core.charts.settled import Settled
from core.ui.components.table import sheet
from tests.pages.conftest import Open
from tests.pages.seen import everything

ROWS = pd.DataFrame({"Account": ["All", "Alpine"], "Today": [Decimal("12.50"), Decimal(0)]}, dtype=object)


def test_a_settled_figure_is_sent_as_it_would_be() -> None:
    figure = go.Figure(go.Bar(x=[1.5, 2.5], y=["a", "b"], customdata=["$1.50", "$2.50"]), layout={"height": 300})
    figure.update_xaxes(title=None)  # a copy of plotly's would leave it out
    once = Settled(figure)
    assert plotly.io.to_json(once) == plotly.io.to_json(once) == plotly.io.to_json(figure)


@pytest.mark.parametrize("rows", [ROWS, ROWS.iloc[::-1], ROWS[ROWS["Today"] > 0]], ids=("all", "turned", "some"))
def test_a_table_is_sent_as_its_rows_would_be(rows: pd.DataFrame) -> None:
    assert convert_arrow_table_to_arrow_bytes(sheet(rows).cells) == convert_pandas_df_to_arrow_bytes(rows)


@pytest.mark.parametrize("page", ["overview", "amazon", "walmart", "expiring", "case_tracker", "outcomes"])
def test_a_page_shows_the_same_again_and_to_each_their_own(visit: Open, page: str) -> None:
    file, emails = f"pages/{page}.py", ("manager@example.com", "staff@example.com", "alpine@example.com")
    first = {email: everything(visit(file, email)) for email in emails}
    assert len(set(first.values())) == len(emails)
    assert {email: everything(visit(file, email).run()) for email in emails} == first
