"""The words of Recoup: one registry per kind of thing, each with its label, its order and its meaning.

Everything that names a marketplace, a category, a stage, a status or a role takes it from here. The registries are
copied into small shared tables by `python -m core migrate`, so that SQL reads the same words.
"""

from core.vocabulary.categories import CATEGORIES, GROUPS, Category, CategoryGroup
from core.vocabulary.marketplaces import (
    MARKETPLACES,
    UNASSIGNED,
    Channel,
    Marketplace,
    marketplace,
    marketplaces_for_country,
    marketplaces_for_currency,
)
from core.vocabulary.reasons import (
    ADJUSTMENT_REASONS,
    PAYMENT_REASONS,
    AdjustmentReason,
    PaymentReason,
    fold,
)
from core.vocabulary.reports import REPORTS, Report
from core.vocabulary.roles import ROLES, Role
from core.vocabulary.stages import STAGES, TOTALS, Stage, Total
from core.vocabulary.statuses import CASE_STATUSES, CaseStatus

__all__ = [
    "ADJUSTMENT_REASONS",
    "CASE_STATUSES",
    "CATEGORIES",
    "GROUPS",
    "MARKETPLACES",
    "PAYMENT_REASONS",
    "REPORTS",
    "ROLES",
    "STAGES",
    "TOTALS",
    "UNASSIGNED",
    "AdjustmentReason",
    "CaseStatus",
    "Category",
    "CategoryGroup",
    "Channel",
    "Marketplace",
    "PaymentReason",
    "Report",
    "Role",
    "Stage",
    "Total",
    "fold",
    "marketplace",
    "marketplaces_for_country",
    "marketplaces_for_currency",
]
