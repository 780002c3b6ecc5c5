-- one row per candidate, with its currency and the claim window in force on its date
with possible as (
    -- the possible marketplaces of a candidate: its own or, while unknown, all of the account's on the channel
    select c.account_id, c.item_id, c.channel, c.category, c.event_on, c.marketplace
    from candidate as c
    inner join marketplace as m on m.marketplace = c.marketplace and m.country <> ''
    union all
    select c.account_id, c.item_id, c.channel, c.category, c.event_on, o.marketplace
    from candidate as c
    inner join marketplace as u on u.marketplace = c.marketplace and u.country = ''
    inner join account_marketplace as a on a.account_id = c.account_id
    inner join marketplace as o on o.marketplace = a.marketplace and o.channel = c.channel
),

windowed as (
    select
        p.account_id,
        p.item_id,
        m.currency,
        w.rule,
        w.confidence,
        p.event_on + w.opens_after_days as opens_on,
        -- a later rule that also applies to earlier events leaves them open until its own last day, or the day of its change
        least(
            coalesce(
                p.event_on + w.closes_after_days, (p.event_on + make_interval(months => w.closes_after_months))::date
            ),
            greatest(p.event_on + w.cut_after_days, w.cut_on)
        ) as deadline_on,
        -- by the newest data: no rule depends on the current date
        (p.event_on + make_interval(months => w.doubtful_after_months))::date
        < (select max(r.data_through) from report_state as r where r.account_id = :account_id) as is_past_certainty,
        -- a marketplace with any rule for the category has one on every day that can still be claimed
        w.rule is null and exists (
            select 1 from claim_window as r where r.category = p.category and p.marketplace = any(r.marketplaces)
        ) as has_gap
    from possible as p
    inner join marketplace as m on m.marketplace = p.marketplace
    left join claim_window as w
        on
            w.channel = p.channel
            and w.category = p.category
            and p.marketplace = any(w.marketplaces)
            and p.event_on >= coalesce(w.valid_from, p.event_on)
            and p.event_on <= coalesce(w.valid_to, p.event_on)
),

agreed as (
    select
        account_id,
        item_id,
        -- sqlfluff reads `distinct (` as a call
        count(distinct (opens_on, deadline_on, rule is null)) = 1 as is_shared,  -- noqa: LT01, LT06
        min(rule) as rule,
        min(opens_on) as opens_on,
        min(deadline_on) as deadline_on,
        bool_or(confidence = 'unconfirmed') as is_unconfirmed,
        coalesce(bool_or(is_past_certainty), false) as is_past_certainty,
        case when bool_or(confidence = 'unconfirmed') then 'unconfirmed' else min(confidence) end as confidence,
        bool_or(has_gap) as has_gap,
        case when count(distinct currency) = 1 then min(currency) else '' end as currency
    from windowed
    group by account_id, item_id
),

unpaid as (
    -- payments are not covered for some of the days since the event; a payment may take a week
    select c.account_id, c.item_id, min(h.gap) as gap
    from candidate as c
    inner join marketplace as m on m.marketplace = c.marketplace
    inner join newest as n on n.account_id = c.account_id and n.channel = c.channel
    inner join hole as h
        on
            h.account_id = c.account_id
            and h.channel = c.channel
            and h.report = case c.channel when 'amazon' then 'reimbursements' else 'settlements' end
            and h.region = m.region
            and h.currency in ('', m.currency)
            and h.hole_from <= n.newest_of_account - 7
            and h.hole_through >= coalesce(c.event_on, c.noted_on)
    where coalesce(c.event_on, c.noted_on) <= n.newest_of_account - 7
    group by c.account_id, c.item_id
)

select
    c.account_id,
    c.item_id,
    c.category,
    c.item_key,
    c.row_id,
    c.made_by,
    c.reduced_by,
    c.channel,
    c.marketplace,
    -- the currency in the event's own report has priority
    coalesce(nullif(c.currency, ''), a.currency, '') as currency,
    c.event_on,
    c.noted_on,
    c.sku,
    c.fnsku,
    c.asin,
    c.gtin,
    c.order_id,
    c.shipment_id,
    c.units,
    c.most_open,
    c.unit_value,
    case when a.is_shared then a.rule end as window_rule,
    case when a.is_shared then a.confidence end as window_confidence,
    -- nothing is ready before the day on which it can be known, or while an automatic payment may still arrive
    case
        when a.is_shared and c.channel = any(k.paid_automatically_by)
            then greatest(a.opens_on, c.noted_on, c.event_on + k.automatic_payment_days)
        when a.is_shared then greatest(a.opens_on, c.noted_on)
    end as opens_on,
    case when a.is_shared then a.deadline_on end as deadline_on,
    -- the reasons for Review, the most important first
    array_remove(array[
        nullif(c.doubt, ''),
        case when m.country = '' then 'marketplace_unknown' end,
        case when c.event_on is null then 'clock_unknown' end,
        case when a.has_gap then 'window_unknown' end,
        case when a.is_unconfirmed then 'window_unconfirmed' end,
        case when a.is_past_certainty then 'window_contradicted' end,
        'payments_not_covered' || e'\x1f' || u.gap
    ], null) as doubts
from candidate as c
inner join category as k on k.category = c.category
inner join marketplace as m on m.marketplace = c.marketplace
left join agreed as a on a.account_id = c.account_id and a.item_id = c.item_id
left join unpaid as u on u.account_id = c.account_id and u.item_id = c.item_id
