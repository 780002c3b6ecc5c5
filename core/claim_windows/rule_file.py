"""Reads rule files such as `windows.toml`, and refuses ambiguous or contradictory rules."""

import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from core.claim_windows.window import CLOCKS, OTHER_DEADLINES, ClaimWindow, Confidence
from core.errors import ConfigurationError
from core.vocabulary import CATEGORIES, MARKETPLACES, Channel

_TABLES = {"sets", "clocks", "rule"}
_REQUIRED: dict[str, type] = {
    "name": str,
    "categories": list,
    "marketplaces": list,
    "opens_after_days": int,
    "source": str,
    "checked_on": date,
    "confidence": str,
}
_OPTIONAL: dict[str, type] = {
    "assumed_for": list,
    "clock": str,
    "closes_after_days": int,
    "closes_after_months": int,
    "cut_on": date,
    "cut_after_days": int,
    "doubtful_after_months": int,
    "valid_from": date,
    "valid_to": date,
    "note": str,
}
_ASSUMED = "Assumed here, without a source of its own."


def parse(text: str) -> tuple[ClaimWindow, ...]:
    """The rules of a text, in its order, one window for each category of a rule.

    Marketplaces for which a rule is only assumed get windows of their own, named `…_assumed` and unconfirmed. Raises
    ConfigurationError that names the rule at fault.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"The claim windows can not be read: {error}.") from error
    if unknown := content.keys() - _TABLES:
        raise ConfigurationError(f"The claim windows have no table {', '.join(sorted(unknown))}.")
    windows = tuple(window for entry in content.get("rule", []) for window in _windows_of(entry, content))
    _refuse_equal_names(windows)
    _refuse_overlaps(windows)
    return windows


def _windows_of(entry: dict[str, Any], content: dict[str, Any]) -> Iterator[ClaimWindow]:
    _refuse_wrong_fields(entry)
    _refuse_wrong_values(entry)
    sets = content.get("sets", {}).get("marketplaces", {})
    sourced = _expanded(entry["marketplaces"], sets)
    yield from _windows_in(sourced, entry, content)
    if assumed := _expanded(entry.get("assumed_for", []), sets):
        follows = {
            "name": f"{entry['name']}_assumed",
            "confidence": Confidence.UNCONFIRMED,
            "note": f"{_ASSUMED} {entry.get('note', '')}".strip(),
        }
        yield from _windows_in(assumed, entry | follows, content)


def _windows_in(marketplaces: tuple[str, ...], entry: dict[str, Any], content: dict[str, Any]) -> Iterator[ClaimWindow]:
    name = entry["name"]
    channel = _channel(name, marketplaces)
    categories = _expanded(entry["categories"], content.get("sets", {}).get("categories", {}))
    for category in categories:
        _refuse_unknown_category(name, category, channel)
        yield ClaimWindow(
            rule=name if len(categories) == 1 else f"{name}/{category}",
            channel=channel,
            marketplaces=marketplaces,
            category=category,
            clock=_clock(name, entry.get("clock", content.get("clocks", {}).get(category, ""))),
            opens_after_days=entry["opens_after_days"],
            closes_after_days=entry.get("closes_after_days"),
            closes_after_months=entry.get("closes_after_months"),
            cut_on=entry.get("cut_on"),
            cut_after_days=entry.get("cut_after_days"),
            doubtful_after_months=entry.get("doubtful_after_months"),
            valid_from=entry.get("valid_from"),
            valid_to=entry.get("valid_to"),
            source=entry["source"],
            checked_on=entry["checked_on"],
            confidence=Confidence(entry["confidence"]),
            note=entry.get("note", ""),
        )


def _expanded(names: list[str], sets: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(code for name in names for code in sets.get(name, [name]))


def _clock(name: str, clock: str) -> str:
    if clock not in CLOCKS:
        raise _fault(name, f"its clock is none of {', '.join(CLOCKS)}")
    return clock


def _channel(name: str, marketplaces: tuple[str, ...]) -> Channel:
    for code in marketplaces:
        if code not in MARKETPLACES or MARKETPLACES[code].is_unassigned:
            raise _fault(name, f"{code} is not a marketplace")
    channels = {MARKETPLACES[code].channel for code in marketplaces}
    if len(channels) != 1:
        raise _fault(name, "its marketplaces are not of one channel")
    return channels.pop()


def _refuse_wrong_fields(entry: dict[str, Any]) -> None:
    name = str(entry.get("name", "without a name"))
    fields = _REQUIRED | _OPTIONAL
    for field, value in entry.items():
        if field not in fields:
            raise _fault(name, f"{field} is not a field of a rule")
        if type(value) is not fields[field]:  # not isinstance: it accepts True for a number and a datetime for a date
            raise _fault(name, f"{field} must be of type {fields[field].__name__}")
    for field in _REQUIRED:
        if entry.get(field) in (None, "", []):
            raise _fault(name, f"{field} is missing")


def _refuse_wrong_values(entry: dict[str, Any]) -> None:
    name, opens = entry["name"], entry["opens_after_days"]
    days, months = entry.get("closes_after_days"), entry.get("closes_after_months")
    if days is not None and months is not None:
        raise _fault(name, "it closes after days and after months, and can not do both")
    if opens < 0:
        raise _fault(name, "it opens before the event")
    if (days is not None and days < opens) or (months is not None and months * 28 < opens):
        raise _fault(name, "it closes before it opens")
    if entry.get("valid_from", date.min) > entry.get("valid_to", date.max):
        raise _fault(name, "valid_to is before valid_from")
    _refuse_wrong_changes(entry)
    if entry["confidence"] not in list(Confidence):
        raise _fault(name, f"its confidence is none of {', '.join(Confidence)}")


def _refuse_wrong_changes(entry: dict[str, Any]) -> None:
    name = entry["name"]
    if ("cut_on" in entry) != ("cut_after_days" in entry):
        raise _fault(name, "cut_on and cut_after_days belong together")
    if "cut_on" in entry and entry["cut_on"] <= entry.get("valid_to", date.max):
        raise _fault(name, "it is cut before it ends")
    if entry.get("doubtful_after_months", 0) > entry.get("closes_after_months", 0):
        raise _fault(name, "it is doubtful after it closes")


def _refuse_unknown_category(name: str, category: str, channel: Channel) -> None:
    channels = CATEGORIES[category].channels if category in CATEGORIES else OTHER_DEADLINES.get(category, ())
    if channel not in channels:
        raise _fault(name, f"{category} is not a category of {channel.label}")


def _refuse_equal_names(windows: tuple[ClaimWindow, ...]) -> None:
    seen: set[str] = set()
    for window in windows:
        if window.rule in seen:
            raise _fault(window.rule, "another rule has this name")
        seen.add(window.rule)


def _refuse_overlaps(windows: tuple[ClaimWindow, ...]) -> None:
    judged: dict[tuple[str, str], list[ClaimWindow]] = {}
    for window in windows:
        for marketplace in window.marketplaces:
            judged.setdefault((marketplace, window.category), []).append(window)
    for (marketplace, category), rules in judged.items():
        for earlier, later in pairwise(sorted(rules, key=lambda window: window.valid_from or date.min)):
            if (later.valid_from or date.min) <= (earlier.valid_to or date.max):
                raise _fault(later.rule, f"it overlaps {earlier.rule} for {category} in {marketplace}")


def _fault(rule: str, reason: str) -> ConfigurationError:
    return ConfigurationError(f"Claim window {rule}: {reason}.")
