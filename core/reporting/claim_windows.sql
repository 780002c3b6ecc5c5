-- one row per rule of the claim windows
create view reporting.claim_windows with (security_invoker = true) as
select
    rule,
    channel,
    marketplaces,
    category,
    clock,
    opens_after_days || ' days' as opens_after,
    coalesce(closes_after_days || ' days', closes_after_months || ' months') as closes_after,
    valid_from,
    valid_to,
    source,
    checked_on,
    confidence
from claim_window
