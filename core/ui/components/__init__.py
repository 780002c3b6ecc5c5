"""What pages are put together from. A part takes frames and places them; it asks nothing itself."""

from core.ui.components.categories import Categories, categories_of, category_choice, category_table
from core.ui.components.chart import after_tiles, chart
from core.ui.components.choices import columns_left_out, currency_choice, one_of
from core.ui.components.follow_up_table import follow_up_table
from core.ui.components.heat_map import Heat, heat_map, heat_of
from core.ui.components.how_to_claim import how_to_claim
from core.ui.components.laws import Laws, laws_check, laws_of
from core.ui.components.listing import Named, case_list, case_sheet, item_columns, item_list, item_sheet
from core.ui.components.money_tiles import KEY, money_tiles
from core.ui.components.nothing import nothing
from core.ui.components.paging import Page, Pager
from core.ui.components.payment_table import CASE, payment_table
from core.ui.components.recovery_tiles import Recovery, recovery_tiles
from core.ui.components.status_strip import Statuses, status_strip, statuses_of
from core.ui.components.table import Sheet
from core.ui.components.without_amount import without_currency, without_value

__all__ = [
    "CASE",
    "KEY",
    "Categories",
    "Heat",
    "Laws",
    "Named",
    "Page",
    "Pager",
    "Recovery",
    "Sheet",
    "Statuses",
    "after_tiles",
    "case_list",
    "case_sheet",
    "categories_of",
    "category_choice",
    "category_table",
    "chart",
    "columns_left_out",
    "currency_choice",
    "follow_up_table",
    "heat_map",
    "heat_of",
    "how_to_claim",
    "item_columns",
    "item_list",
    "item_sheet",
    "laws_check",
    "laws_of",
    "money_tiles",
    "nothing",
    "one_of",
    "payment_table",
    "recovery_tiles",
    "status_strip",
    "statuses_of",
    "without_currency",
    "without_value",
]
