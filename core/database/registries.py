"""Copies the registries of core.vocabulary and the rules of core.claim_windows into tables for SQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from core import claim_windows
from core.vocabulary import (
    ADJUSTMENT_REASONS,
    BOUNDS,
    CATEGORIES,
    CONTRACT_RATES,
    COVERED_FORMATS,
    FEE_PERIODS,
    GROUPS,
    KNOWN_WORDS,
    MARKETPLACES,
    PAYMENT_REASONS,
    REPORT_WORDS,
    STAGES,
    fold,
)
from core.vocabulary.categories import AUTOMATIC_PAYMENT

Rows = Sequence[Mapping[str, Any]]


def refresh(connection: Connection) -> None:
    """Make the registry tables equal to the registries: insert, update and delete rows as needed."""
    for table, key, rows in (
        ("marketplace", ("marketplace",), _marketplaces()),
        ("category", ("category",), _categories()),
        ("stage", ("stage",), _stages()),
        ("adjustment_reason", ("channel", "reason"), _adjustment_reasons()),
        ("payment_reason", ("channel", "reason"), _payment_reasons()),
        ("claim_window", ("rule",), _claim_windows()),
        ("report_word", ("channel", "subject", "word"), _report_words()),
        ("contract_rate", ("category",), [vars(entry) for entry in CONTRACT_RATES]),
        ("detection_bound", ("bound", "marketplace"), [vars(entry) for entry in BOUNDS]),
        ("covered_format", ("format",), _covered_formats()),
        ("fee_period", ("kind", "marketplace", "starts_on"), [vars(entry) for entry in FEE_PERIODS]),
    ):
        _make_equal(connection, table, key, rows)


def _make_equal(connection: Connection, table: str, key: tuple[str, ...], rows: Rows) -> None:
    columns = list(rows[0])
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    connection.execute(
        text(
            f"insert into {table} ({', '.join(columns)}) values ({', '.join(f':{column}' for column in columns)})"
            f" on conflict ({', '.join(key)}) do update set {updates}"
        ),
        [dict(row) for row in rows],
    )
    kept = {tuple(row[column] for column in key) for row in rows}
    for stored in connection.execute(text(f"select {', '.join(key)} from {table}")).all():
        if tuple(stored) not in kept:
            where = " and ".join(f"{column} = :{column}" for column in key)
            connection.execute(text(f"delete from {table} where {where}"), dict(zip(key, stored, strict=True)))


def _marketplaces() -> Rows:
    return [
        {
            "marketplace": entry.code,
            "channel": entry.channel.value,
            "country": entry.country,
            "label": entry.label,
            "currency": entry.currency,
            "time_zone": entry.time_zone,
            "region": entry.region,
            "pays_cost_since": entry.pays_cost_since,
            "sort_order": order,
        }
        for order, entry in enumerate(MARKETPLACES.values())
    ]


def _categories() -> Rows:
    return [
        {
            "category": entry.code,
            "category_group": entry.group.value,
            "label": entry.label,
            "group_label": GROUPS[entry.group],
            "paid_automatically_by": [channel.value for channel in entry.paid_automatically_by],
            "automatic_payment_days": AUTOMATIC_PAYMENT.days,
            "is_after_order": entry.is_after_order,
            "is_of_money": entry.is_of_money,
            "sort_order": order,
        }
        for order, entry in enumerate(CATEGORIES.values())
    ]


def _stages() -> Rows:
    return [
        {"stage": entry.code, "total": entry.total.value, "label": entry.label, "sort_order": order}
        for order, entry in enumerate(STAGES.values())
    ]


def _adjustment_reasons() -> Rows:
    return [
        {
            "channel": entry.channel.value,
            "reason": fold(entry.code),
            "meaning": entry.meaning,
            "sign": entry.sign,
            "label": entry.label,
            "doubt": entry.doubt,
        }
        for entry in ADJUSTMENT_REASONS
    ]


def _payment_reasons() -> Rows:
    return [
        {
            "channel": entry.channel.value,
            "reason": fold(entry.reason),
            "category": entry.category,
            "also": list(entry.also),
        }
        for entry in PAYMENT_REASONS
    ]


def _report_words() -> Rows:
    return [
        {"channel": entry.channel.value, "subject": entry.subject, "word": fold(entry.word), "meaning": entry.meaning}
        for entry in (*REPORT_WORDS, *KNOWN_WORDS)
    ]


def _claim_windows() -> Rows:
    return [
        {
            "rule": window.rule,
            "channel": window.channel,
            "marketplaces": list(window.marketplaces),
            "category": window.category,
            "clock": window.clock,
            "opens_after_days": window.opens_after_days,
            "closes_after_days": window.closes_after_days,
            "closes_after_months": window.closes_after_months,
            "cut_on": window.cut_on,
            "cut_after_days": window.cut_after_days,
            "doubtful_after_months": window.doubtful_after_months,
            "valid_from": window.valid_from,
            "valid_to": window.valid_to,
            "source": window.source,
            "checked_on": window.checked_on,
            "confidence": window.confidence,
            "note": window.note,
        }
        for window in claim_windows.load()
    ]


def _covered_formats() -> Rows:
    return [
        {
            "format": entry.code,
            "channel": entry.channel.value,
            "kind": entry.kind,
            "label": entry.label,
            "is_of_periods": entry.is_of_periods,
            "sort_order": order,
        }
        for order, entry in enumerate(COVERED_FORMATS.values())
    ]
