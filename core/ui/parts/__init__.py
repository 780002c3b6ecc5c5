"""What pages are put together from. A part takes frames and places them; it asks nothing itself."""

from core.ui.parts.categories import category_choice, category_table
from core.ui.parts.chart import after_tiles, chart
from core.ui.parts.choices import columns_left_out, currency_choice, one_of
from core.ui.parts.follow_up_table import follow_up_table
from core.ui.parts.how_to_claim import how_to_claim
from core.ui.parts.laws import laws_check
from core.ui.parts.listing import Named, case_list, item_columns, item_list
from core.ui.parts.money_tiles import KEY, money_tiles
from core.ui.parts.nothing import nothing
from core.ui.parts.paging import Pager
from core.ui.parts.payment_table import CASE, payment_table
from core.ui.parts.recovery_tiles import Recovery, recovery_tiles
from core.ui.parts.status_strip import status_strip
from core.ui.parts.without_amount import without_currency, without_value

__all__ = [
    "CASE",
    "KEY",
    "Named",
    "Pager",
    "Recovery",
    "after_tiles",
    "case_list",
    "category_choice",
    "category_table",
    "chart",
    "columns_left_out",
    "currency_choice",
    "follow_up_table",
    "how_to_claim",
    "item_columns",
    "item_list",
    "laws_check",
    "money_tiles",
    "nothing",
    "one_of",
    "payment_table",
    "recovery_tiles",
    "status_strip",
    "without_currency",
    "without_value",
]
