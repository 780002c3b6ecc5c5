"""The vocabulary: one registry per kind of thing, each entry with a label, an order and a meaning.

Names of marketplaces, categories, stages, statuses and roles come from here only. `python -m core migrate` copies the
registries into small shared tables, so that SQL reads the same words.
"""

from core.vocabulary.bounds import BOUNDS, Bound
from core.vocabulary.case_addresses import CASE_PAGES, case_address
from core.vocabulary.categories import CATEGORIES, GROUPS, Category, CategoryGroup
from core.vocabulary.contract_rates import CONTRACT_RATES, ContractRate
from core.vocabulary.coverage import COVERED_FORMATS, CoveredFormat
from core.vocabulary.currencies import CURRENCIES, CURRENCY_SIGNS
from core.vocabulary.fee_periods import FEE_PERIODS, FeePeriod
from core.vocabulary.glossary import GLOSSARY, Term
from core.vocabulary.known_words import KNOWN_WORDS
from core.vocabulary.marketplaces import (
    MARKETPLACES,
    REGIONS,
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
    reason_in_words,
)
from core.vocabulary.reports import REPORTS, Report
from core.vocabulary.review_reasons import REVIEW_REASONS, ReviewReason
from core.vocabulary.roles import ROLES, Role
from core.vocabulary.stages import STAGES, TOTALS, Stage, Total
from core.vocabulary.statuses import CASE_STATUSES, CaseStatus
from core.vocabulary.surpluses import SURPLUS_KINDS, SurplusKind
from core.vocabulary.values import CASE_ORIGINS, CONFIDENCES, VALUE_BASES
from core.vocabulary.words import REPORT_WORDS, ReportWord

__all__ = [
    "ADJUSTMENT_REASONS",
    "BOUNDS",
    "CASE_ORIGINS",
    "CASE_PAGES",
    "CASE_STATUSES",
    "CATEGORIES",
    "CONFIDENCES",
    "CONTRACT_RATES",
    "COVERED_FORMATS",
    "CURRENCIES",
    "CURRENCY_SIGNS",
    "FEE_PERIODS",
    "GLOSSARY",
    "GROUPS",
    "KNOWN_WORDS",
    "MARKETPLACES",
    "PAYMENT_REASONS",
    "REGIONS",
    "REPORTS",
    "REPORT_WORDS",
    "REVIEW_REASONS",
    "ROLES",
    "STAGES",
    "SURPLUS_KINDS",
    "TOTALS",
    "UNASSIGNED",
    "VALUE_BASES",
    "AdjustmentReason",
    "Bound",
    "CaseStatus",
    "Category",
    "CategoryGroup",
    "Channel",
    "ContractRate",
    "CoveredFormat",
    "FeePeriod",
    "Marketplace",
    "PaymentReason",
    "Report",
    "ReportWord",
    "ReviewReason",
    "Role",
    "Stage",
    "SurplusKind",
    "Term",
    "Total",
    "case_address",
    "fold",
    "marketplace",
    "marketplaces_for_country",
    "marketplaces_for_currency",
    "reason_in_words",
]
