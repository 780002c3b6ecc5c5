-- one row per name and day: once the account's data reach the day, the name's group is judged anew even without a new row. Reads
-- the prepared tables and the candidates of a detection
insert into waiting_group (account_id, name, until_on)
with event as (
    select
        *,
        coalesce(
            nullif(order_id, ''), nullif(fnsku, ''), nullif(sku, ''), nullif(asin, ''), nullif(gtin, ''), shipment_id
        ) as name
    from candidate
)

select :account_id, w.name, min(w.until_on)
from (
    -- a payment or a find may be missing a week after the event
    select
        c.name,
        coalesce(c.event_on, c.noted_on) + 7 as until_on
    from event as c
    where
        exists (
            select 1
            from hole as h
            where
                h.channel = c.channel
                and h.report in ('reimbursements', 'settlements', 'ledger')
                and h.hole_from <= cast(:judged_through as date)
                and h.hole_through >= coalesce(c.event_on, c.noted_on)
        )
    union all
    -- some windows are certain only for a time
    select
        c.name,
        (c.event_on + make_interval(months => w.doubtful_after_months))::date + 1
    from event as c
    inner join claim_window as w
        on w.channel = c.channel and w.category = c.category and w.doubtful_after_months is not null
    union all
    -- a shipment is received within some days
    select l.shipment_id, l.arrived_on + b.value::int
    from shipment_line as l
    inner join detection_bound as b on b.bound = 'receiving_days' and b.marketplace = l.marketplace
    union all
    -- a parcel arrives within some days
    select p.order_id, p.shipped_on + b.value::int
    from removal_parcel as p
    inner join detection_bound as b on b.bound = 'removal_days' and b.marketplace = p.marketplace
    union all
    -- goods may come back until the window opens
    select m.order_id, m.opens_on
    from missing as m
    union all
    -- the refund of returned goods may come later
    select b.order_id, b.came_on + 45
    from derived.unit_back as b
    where b.account_id = :account_id
) as w
where w.until_on > cast(:judged_through as date)
group by w.name
