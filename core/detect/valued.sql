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

paid as (
    select distinct on (c.account_id, c.item_id)
        c.account_id,
        c.item_id,
        p.amount / p.units_cash as unit_value,
        p.row_id
    from judged as c
    inner join derived.payment as p
        on
            p.account_id = c.account_id
            and p.sku = c.sku
            and p.currency = c.currency
            and p.marketplace = c.marketplace
    inner join category as k on k.category = p.category and k.category_group not in ('overcharged_fees', 'other')
    where p.account_id = :account_id and p.units_cash > 0 and p.amount > 0 and p.sku <> ''
    order by
        c.account_id,
        c.item_id,
        p.approved_on < c.event_on desc,
        abs(p.approved_on - c.event_on),
        p.reimbursement_id,
        p.row_id
)

select
    j.account_id,
    j.item_id,
    coalesce(s.unit_value, p.unit_value) as unit_value,
    case when s.item_id is not null then 'sourcing_cost' else 'last_paid' end as value_basis,
    coalesce(s.row_id, p.row_id) as value_row_id
from judged as j
left join sourced as s on s.account_id = j.account_id and s.item_id = j.item_id
left join paid as p on p.account_id = j.account_id and p.item_id = j.item_id
where s.item_id is not null or p.item_id is not null
