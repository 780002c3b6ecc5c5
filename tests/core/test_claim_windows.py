"""The claim windows: that the file says what the marketplaces say, and that a wrong file is refused."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from core.claim_windows import APPEAL, OTHER_DEADLINES, RE_EVALUATION, ClaimWindow, load, parse, window_for
from core.errors import ConfigurationError
from core.vocabulary import CATEGORIES, MARKETPLACES, Channel

KNOWN = """
marketplace category                  event      | opens      deadline   | clock                confidence
AMAZON_US   inventory_lost            2026-03-01 | 2026-03-01 2026-04-30 | reported             verified
AMAZON_US   inventory_damaged         2024-10-23 | 2024-10-23 2024-12-22 | reported             verified
AMAZON_US   inventory_destroyed       2024-10-22 | 2024-10-22 2024-12-21 | reported             verified
AMAZON_US   return_lost               2024-10-23 | 2024-12-22 2025-02-20 | refund               verified
AMAZON_US   replacement_lost          2026-03-01 | 2026-04-30 2026-06-29 | replacement_shipment verified
AMAZON_US   return_carrier_damaged    2026-03-01 | 2026-04-30 2026-06-29 | refund               verified
AMAZON_US   refunded_more             2024-10-22 | 2024-12-21 2025-02-19 | refund               verified
AMAZON_US   return_delayed            2021-06-17 | 2021-08-16 2022-12-17 | refund               verified
AMAZON_US   return_lost               2021-06-16 | 2021-07-31 2022-12-16 | refund               verified
AMAZON_US   shipment_lost             2026-05-31 | 2026-05-31 2027-02-28 | delivery             verified
AMAZON_US   shipment_damaged          2023-05-31 | 2023-05-31 2024-02-29 | delivery             verified
AMAZON_US   removal_lost              2024-10-23 | 2024-11-07 2025-01-06 | removal_shipment     secondary
AMAZON_US   removal_lost              2024-10-22 | 2024-10-22 2025-01-05 | removal_shipment     secondary
AMAZON_US   removal_damaged           2026-03-01 | 2026-03-01 2026-04-30 | removal_delivery     secondary
AMAZON_US   fulfilment_fee_overcharge 2026-03-01 | 2026-03-01 2026-05-30 | charge               verified
AMAZON_US   referral_fee_overcharge   2026-03-01 | 2026-03-01 2026-05-30 | charge               verified
AMAZON_US   re_evaluation             2026-03-01 | 2026-03-01 2026-04-30 | reimbursement        secondary
AMAZON_UK   inventory_lost            2025-01-09 | 2025-01-09 2025-03-10 | reported             secondary
AMAZON_DE   inventory_lost            2025-01-08 | 2025-01-08 2025-03-09 | reported             secondary
AMAZON_DE   return_lost               2025-01-09 | 2025-02-23 2025-04-24 | refund               secondary
AMAZON_UK   return_lost               2025-01-08 | 2025-02-22 2025-04-23 | refund               secondary
AMAZON_PL   shipment_lost             2025-05-31 | 2025-05-31 2026-02-28 | delivery             secondary
AMAZON_IE   removal_lost              2026-03-01 | 2026-03-16 2026-05-15 | removal_shipment     secondary
AMAZON_FR   removal_damaged           2026-03-01 | 2026-03-01 2026-04-30 | removal_delivery     secondary
AMAZON_FR   fulfilment_fee_overcharge 2026-03-01 | 2026-03-01 2026-05-30 | charge               verified
AMAZON_IT   referral_fee_overcharge   2023-01-13 | 2023-01-13 2023-04-13 | charge               verified
AMAZON_IT   referral_fee_overcharge   2023-01-12 | 2023-01-12 never      | charge               unconfirmed
AMAZON_DE   re_evaluation             2026-03-01 | 2026-03-01 2026-04-30 | reimbursement        unconfirmed
AMAZON_CA   inventory_lost            2024-10-23 | 2024-10-23 2024-12-22 | reported             unconfirmed
AMAZON_CA   return_lost               2024-10-23 | 2024-12-22 2025-02-20 | refund               unconfirmed
AMAZON_CA   return_lost               2024-10-22 | 2024-12-06 2025-02-19 | refund               unconfirmed
AMAZON_AU   shipment_lost             2026-03-01 | 2026-03-01 2026-12-01 | delivery             unconfirmed
AMAZON_AU   fulfilment_fee_overcharge 2026-03-01 | 2026-03-01 2026-05-30 | charge               verified
AMAZON_TR   return_lost               2026-03-01 | 2026-04-15 2026-06-14 | refund               unconfirmed
AMAZON_ZA   removal_lost              2026-03-01 | 2026-03-16 2026-05-15 | removal_shipment     unconfirmed
AMAZON_IN   inventory_lost            2024-09-05 | 2024-09-05 2024-11-04 | reported             verified
AMAZON_AE   shipment_lost             2024-09-05 | 2024-09-20 2024-11-04 | delivery             verified
AMAZON_SA   removal_lost              2024-09-05 | 2024-09-20 2024-11-19 | removal_shipment     verified
AMAZON_AE   removal_damaged           2024-09-05 | 2024-09-05 2024-10-05 | removal_delivery     verified
AMAZON_AE   removal_damaged           2024-09-04 | 2024-09-04 never      | removal_delivery     unconfirmed
AMAZON_IN   return_lost               2026-03-01 | 2026-04-30 never      | refund               unconfirmed
AMAZON_IN   re_evaluation             2026-03-01 | 2026-03-01 2026-04-30 | reimbursement        verified
AMAZON_JP   inventory_lost            2025-01-10 | 2025-01-10 2025-03-11 | reported             secondary
AMAZON_JP   inventory_lost            2025-01-09 | 2025-02-08 2025-03-10 | reported             unconfirmed
AMAZON_JP   return_lost               2026-03-01 | 2026-04-15 2026-06-14 | refund               secondary
AMAZON_JP   removal_lost              2026-03-01 | 2026-03-16 2026-05-15 | removal_shipment     unconfirmed
AMAZON_JP   removal_damaged           2026-03-01 | 2026-03-01 2026-04-30 | removal_delivery     unconfirmed
AMAZON_JP   shipment_lost             2026-05-31 | 2026-05-31 2027-02-28 | delivery             unconfirmed
WALMART_US  shipment_lost             2026-03-01 | 2026-03-11 2026-04-20 | delivery             verified
WALMART_US  return_lost               2026-03-01 | 2026-03-01 2026-04-15 | refund               verified
WALMART_US  referral_fee_overcharge   2026-03-01 | 2026-03-01 2026-05-30 | settlement           verified
WALMART_US  appeal                    2026-03-01 | 2026-03-01 2026-03-31 | denial               verified
"""

RULE = """
[clocks]
inventory_lost = "reported"

[[rule]]
name = "given"
categories = ["inventory_lost"]
marketplaces = ["AMAZON_US"]
opens_after_days = 0
closes_after_days = 60
valid_from = 2024-10-23
source = "help"
checked_on = 2026-11-22
confidence = "verified"
"""


def known() -> Iterator[list[str]]:
    return (line.replace("|", "").split() for line in KNOWN.strip().splitlines()[1:])


def amazon_marketplaces() -> list[str]:
    return [m.code for m in MARKETPLACES.values() if m.channel is Channel.AMAZON and not m.is_unassigned]


def amazon_categories() -> list[str]:
    return [c.code for c in CATEGORIES.values() if Channel.AMAZON in c.channels and c.code != "other"]


def known_window(marketplace: str, category: str, event_on: date) -> ClaimWindow:
    window = window_for(marketplace, category, event_on)
    assert window is not None
    return window


@pytest.mark.parametrize(
    ("marketplace", "category", "event", "opens", "deadline", "clock", "confidence"), list(known())
)
def test_an_event_gets_the_window_that_its_marketplace_published(
    marketplace: str, category: str, event: str, opens: str, deadline: str, clock: str, confidence: str
) -> None:
    event_on = date.fromisoformat(event)
    window = known_window(marketplace, category, event_on)
    closes_on = window.deadline_on(event_on)
    assert window.opens_on(event_on).isoformat() == opens
    assert (closes_on.isoformat() if closes_on else "never") == deadline
    assert (window.clock, window.confidence) == (clock, confidence)


def test_the_sixtieth_day_is_the_last_one_and_still_open() -> None:
    event_on = date(2026, 3, 1)
    deadline = known_window("AMAZON_US", "inventory_lost", event_on).deadline_on(event_on)
    assert deadline == event_on + timedelta(days=60)


def test_the_rule_of_the_events_own_day_judges_it_when_a_rule_changes() -> None:
    before = known_window("AMAZON_US", "inventory_lost", date(2024, 10, 22))
    after = known_window("AMAZON_US", "inventory_lost", date(2024, 10, 23))
    assert (before.closes_after_months, before.valid_to) == (18, date(2024, 10, 22))
    assert (after.closes_after_days, after.valid_from) == (60, date(2024, 10, 23))


@pytest.mark.parametrize(
    ("event_on", "deadline"),
    [
        (date(2023, 4, 1), date(2024, 10, 1)),  # closed before the change
        (date(2023, 5, 1), date(2024, 10, 23)),  # the old window would be open for a week more
        (date(2024, 8, 1), date(2024, 10, 23)),  # the new window had closed on the day of the change
        (date(2024, 10, 1), date(2024, 11, 30)),  # the new window
        (date(2024, 10, 22), date(2024, 12, 21)),
    ],
)
def test_a_change_takes_the_claims_of_earlier_events_too(event_on: date, deadline: date) -> None:
    assert known_window("AMAZON_US", "inventory_lost", event_on).deadline_on(event_on) == deadline


def test_of_europes_shipments_the_sources_differ_after_six_months() -> None:
    window = known_window("AMAZON_DE", "shipment_lost", date(2026, 3, 31))
    assert window.doubtful_from(date(2026, 3, 31)) == date(2026, 9, 30)
    assert window.deadline_on(date(2026, 3, 31)) == date(2026, 12, 31)
    assert known_window("AMAZON_US", "shipment_lost", date(2026, 3, 31)).doubtful_from(date(2026, 3, 31)) is None


@pytest.mark.parametrize(
    ("delivered_on", "deadline"),
    [
        (date(2025, 5, 31), date(2026, 2, 28)),
        (date(2027, 5, 31), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2026, 11, 28)),
        (date(2026, 3, 31), date(2026, 12, 31)),
        (date(2026, 4, 1), date(2027, 1, 1)),
        (date(2025, 12, 31), date(2026, 9, 30)),
    ],
)
def test_nine_months_are_calendar_months_and_stop_at_the_end_of_a_shorter_one(
    delivered_on: date, deadline: date
) -> None:
    assert known_window("AMAZON_US", "shipment_lost", delivered_on).deadline_on(delivered_on) == deadline


def test_every_amazon_event_of_every_day_is_judged_by_exactly_one_rule() -> None:
    turns = {date(2024, 1, 1)}
    for window in load():
        turns |= {window.valid_from} if window.valid_from else set()
        turns |= {window.valid_to, window.valid_to + timedelta(days=1)} if window.valid_to else set()
    for marketplace in amazon_marketplaces():
        for category in amazon_categories():
            rules = [w for w in load() if w.category == category and marketplace in w.marketplaces]
            for day in turns:
                in_force = [w.rule for w in rules if w.is_in_force_on(day)]
                assert len(in_force) == 1, (marketplace, category, day, in_force)


def test_a_window_that_never_closes_is_unconfirmed_so_nothing_becomes_ready_by_it() -> None:
    open_ended = {w.confidence for w in load() if w.closes_after_days is None and w.closes_after_months is None}
    assert open_ended == {"unconfirmed"}


def test_walmart_has_no_rule_for_goods_lost_in_the_warehouse_because_it_published_none() -> None:
    for category in ("inventory_lost", "inventory_damaged", "inventory_destroyed"):
        assert window_for("WALMART_US", category, date(2026, 3, 1)) is None


def test_walmart_has_a_rule_for_everything_else() -> None:
    ruled = {w.category for w in load() if w.channel is Channel.WALMART}
    warehouse = {"inventory_lost", "inventory_damaged", "inventory_destroyed"}
    served = {c.code for c in CATEGORIES.values() if Channel.WALMART in c.channels}
    assert ruled == served - warehouse - {"other"} | {APPEAL}


def test_a_payment_of_an_unnamed_kind_has_no_window() -> None:
    assert window_for("AMAZON_US", "other", date(2026, 3, 1)) is None


def test_an_event_of_an_unknown_marketplace_has_no_window() -> None:
    assert window_for("AMAZON_UNASSIGNED", "inventory_lost", date(2026, 3, 1)) is None


def test_every_rule_names_its_source_and_the_day_it_was_checked() -> None:
    for window in load():
        assert window.source, window.rule
        assert window.checked_on >= date(2026, 11, 22), window.rule


def test_what_is_only_assumed_is_unconfirmed_and_says_so() -> None:
    assumed = [w for w in load() if "_assumed" in w.rule]
    assert assumed
    assert all(w.confidence == "unconfirmed" and w.note.startswith("Assumed here") for w in assumed)


def test_the_other_deadlines_are_no_categories_of_an_item() -> None:
    assert set(OTHER_DEADLINES) == {RE_EVALUATION, APPEAL}
    assert not set(OTHER_DEADLINES) & set(CATEGORIES)


def test_a_set_of_categories_gives_each_of_them_a_rule_of_its_own_name() -> None:
    goods = 'sets.categories.goods = ["inventory_lost", "inventory_damaged"]\nclocks.inventory_damaged = "reported"\n'
    text = goods + RULE.replace("[clocks]\n", "clocks.").replace('["inventory_lost"]', '["goods"]')
    assert [w.rule for w in parse(text)] == ["given/inventory_lost", "given/inventory_damaged"]


def test_the_rules_that_the_wrong_ones_are_made_from_are_right() -> None:
    assert [w.rule for w in parse(RULE)] == ["given"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"AMAZON_US"', '"AMAZON_XX"', "AMAZON_XX is not a marketplace"),
        ('"AMAZON_US"', '"AMAZON_UNASSIGNED"', "AMAZON_UNASSIGNED is not a marketplace"),
        ('"AMAZON_US"', '"AMAZON_US", "WALMART_US"', "not of one channel"),
        ('["inventory_lost"]', '["inventory_eaten"]', "inventory_eaten is not a category of Amazon"),
        ('["inventory_lost"]', '["appeal"]', "appeal is not a category of Amazon"),
        ('"verified"', '"certain"', "confidence is none of verified, secondary, unconfirmed"),
        ('= "reported"', '= "moonrise"', "clock is none of"),
        ("closes_after_days = 60", "closes_after_days = 60\ncloses_after_months = 2", "can not do both"),
        ("opens_after_days = 0", "opens_after_days = 61", "closes before it opens"),
        ("opens_after_days = 0", "opens_after_days = -1", "opens before the event"),
        ("opens_after_days = 0", "opens_after_days = true", "opens_after_days must be of type int"),
        ("opens_after_days = 0", "", "opens_after_days is missing"),
        ("closes_after_days", "closes_after_dys", "closes_after_dys is not a field"),
        ("2024-10-23", "2024-10-23\nvalid_to = 2024-10-22", "valid_to is before valid_from"),
        ("2024-10-23", "2024-10-23\ncut_on = 2025-01-01", "cut_on and cut_after_days belong together"),
        (
            "2024-10-23",
            "2024-10-23\nvalid_to = 2025-01-09\ncut_on = 2025-01-09\ncut_after_days = 60",
            "it is cut before it ends",
        ),
        ("2024-10-23", "2024-10-23\ndoubtful_after_months = 1", "it is doubtful after it closes"),
        ("2024-10-23", "2024-10-23T00:00:00", "valid_from must be of type date"),
        ('source = "help"', 'source = ""', "source is missing"),
    ],
)
def test_a_wrong_rule_is_refused_by_its_name(old: str, new: str, reason: str) -> None:
    assert old in RULE
    with pytest.raises(ConfigurationError, match=f"given.*{reason}"):
        parse(RULE.replace(old, new))


SECOND_RULE = RULE[RULE.index("[[rule]]") :].replace('"given"', '"earlier"')


def test_a_rule_may_end_on_the_day_before_the_next_one_begins() -> None:
    earlier = SECOND_RULE.replace("valid_from = 2024-10-23", "valid_to = 2024-10-22")
    assert [w.rule for w in parse(RULE + earlier)] == ["given", "earlier"]


def test_two_rules_for_one_day_are_refused() -> None:
    earlier = SECOND_RULE.replace("valid_from = 2024-10-23", "valid_to = 2024-10-23")
    with pytest.raises(ConfigurationError, match="given: it overlaps earlier for inventory_lost in AMAZON_US"):
        parse(RULE + earlier)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="given: another rule"):
        parse(RULE + SECOND_RULE.replace('"earlier"', '"given"'))


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="can not be read"):
        parse("[[rule")


def test_a_misspelt_table_is_refused_rather_than_skipped() -> None:
    with pytest.raises(ConfigurationError, match="no table rules"):
        parse(RULE.replace("[[rule]]", "[[rules]]"))
