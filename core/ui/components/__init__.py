"""Components shared by pages. A component renders the data that it gets; it runs no queries."""

from core.ui.components.categories import Categories, categories_of, category_bars, category_choice
from core.ui.components.chart import after_tiles, chart
from core.ui.components.choices import columns_left_out, currency_choice, one_of
from core.ui.components.heat_map import Heat, heat_map, heat_of
from core.ui.components.how_to_claim import how_to_claim
from core.ui.components.laws import Laws, laws_check, laws_of
from core.ui.components.list_link import list_link
from core.ui.components.listing import Listing, list_table, listing_of
from core.ui.components.money_tiles import KEY, money_table, money_tiles
from core.ui.components.nothing import nothing
from core.ui.components.paging import Page, Pager
from core.ui.components.periods import period_choice
from core.ui.components.stage_tiles import StageTiles, stage_tiles_of
from core.ui.components.status_cards import Statuses, chosen_statuses, status_cards, statuses_of
from core.ui.components.table import Sheet
from core.ui.components.tile_tabs import Tile, tile_tabs
from core.ui.components.without_amount import without_amount

__all__ = [
    "KEY",
    "Categories",
    "Heat",
    "Laws",
    "Listing",
    "Page",
    "Pager",
    "Sheet",
    "StageTiles",
    "Statuses",
    "Tile",
    "after_tiles",
    "categories_of",
    "category_bars",
    "category_choice",
    "chart",
    "chosen_statuses",
    "columns_left_out",
    "currency_choice",
    "heat_map",
    "heat_of",
    "how_to_claim",
    "laws_check",
    "laws_of",
    "list_link",
    "list_table",
    "listing_of",
    "money_table",
    "money_tiles",
    "nothing",
    "one_of",
    "period_choice",
    "stage_tiles_of",
    "status_cards",
    "statuses_of",
    "tile_tabs",
    "without_amount",
]
