-- one row per candidate whose unit has a value while it is not paid: what the seller's goods cost to source at the event's date,
-- else what the marketplace last paid per unit for the SKU before it, else the first after it
with sourced as (
    select distinct on (c.account_id, c.item_id)
        c.account_id,
        c.item_id,
        s.unit_cost as unit_value,
        s.row_id
    from judged as c
    inner join sourcing_cost as s
        on
            s.account_id = c.account_id
            and s.sku = c.sku
            and s.currency = c.currency
            and coalesce(s.marketplace, c.marketplace) = c.marketplace
            and s.valid_from <= c.event_on
    order by c.account_id, c.item_id, s.marketplace nulls last, s.valid_from desc
),

price as (
    select distinct on (p.account_id, p.sku, p.marketplace, p.currency, p.approved_on)
        p.account_id,
        p.sku,
        p.marketplace,
        p.currency,
        p.approved_on as paid_on,
        p.amount / p.units_cash as unit_value,
        p.row_id
    from derived.payment as p
    inner join category as k on k.category = p.category and k.category_group not in ('overcharged_fees', 'other')
    where p.account_id = :account_id and p.units_cash > 0 and p.amount > 0 and p.sku <> ''
    order by p.account_id, p.sku, p.marketplace, p.currency, p.approved_on, p.reimbursement_id, p.row_id
),

timeline as (
    -- candidates and prices side by side, so that the nearest price is found by one sort and not by comparing all pairs
    select account_id, sku, marketplace, currency, event_on as day, item_id, null::date as paid_on from judged
    union all
    select account_id, sku, marketplace, currency, paid_on, null, paid_on from price
),

nearest as (
    select
        account_id,
        sku,
        marketplace,
        currency,
        item_id,
        coalesce(
            max(paid_on) over (
                partition by account_id, sku, marketplace, currency
                order by day range between unbounded preceding and interval '1 day' preceding
            ),
            min(paid_on) over (
                partition by account_id, sku, marketplace, currency
                order by day desc range between unbounded preceding and current row
            )
        ) as paid_on
    from timeline
)

select
    j.account_id,
    j.item_id,
    coalesce(s.unit_value, p.unit_value) as unit_value,
    case when s.item_id is not null then 'sourcing_cost' else 'last_paid' end as value_basis,
    coalesce(s.row_id, p.row_id) as value_row_id
from nearest as j
left join sourced as s on s.account_id = j.account_id and s.item_id = j.item_id
left join price as p
    on
        p.account_id = j.account_id
        and p.sku = j.sku
        and p.marketplace = j.marketplace
        and p.currency = j.currency
        and p.paid_on = j.paid_on
where j.item_id is not null and (s.item_id is not null or p.row_id is not null)
