-- one row per candidate whose unpaid unit has a value, by the best basis for its kind: the event's own value; after a customer's
-- order the average sale less fees, else the last payment; otherwise the seller's cost, else the last payment, else the average
-- sale; for events from before the marketplace paid the seller's cost, that cost comes last
with event as (
    select
        j.account_id,
        j.item_id,
        j.sku,
        j.marketplace,
        j.currency,
        coalesce(j.event_on, j.noted_on) as day,
        j.unit_value,
        k.is_of_money,
        k.is_after_order,
        not k.is_after_order and coalesce(coalesce(j.event_on, j.noted_on) >= m.pays_cost_since, true) as is_at_cost
    from judged as j
    inner join category as k on k.category = j.category
    inner join marketplace as m on m.marketplace = j.marketplace
),

sourced as (
    select distinct on (e.account_id, e.item_id)
        e.account_id,
        e.item_id,
        s.unit_cost as unit_value,
        s.row_id
    from event as e
    inner join sourcing_cost as s
        on
            s.account_id = :account_id
            and s.account_id = e.account_id
            and s.sku = e.sku
            and s.currency = e.currency
            and coalesce(s.marketplace, e.marketplace) = e.marketplace
            and s.valid_from <= e.day
    order by e.account_id, e.item_id, s.marketplace nulls last, s.valid_from desc
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
    from payment as p
    inner join category as k on k.category = p.category and k.category_group not in ('overcharged_fees', 'other')
    where p.account_id = :account_id and p.units_cash > 0 and p.amount > 0 and p.sku <> ''
    order by p.account_id, p.sku, p.marketplace, p.currency, p.approved_on, p.reimbursement_id, p.row_id
),

sale as (
    select
        a.account_id,
        a.sku,
        a.marketplace,
        a.currency,
        a.posted_on as sold_on,
        sum(a.amount) as kept,
        sum(a.quantity) filter (where a.part = 'principal') as units
    from derived.order_amount as a
    inner join (
        select distinct account_id, sku from event where unit_value is null and sku <> ''
    ) as e on e.account_id = a.account_id and e.sku = a.sku
    where
        a.account_id = :account_id
        and a.entry in ('order', 'sale')
        and a.part in ('principal', 'item_promotion', 'commission', 'fulfilment_fee')
    group by a.account_id, a.sku, a.marketplace, a.currency, a.posted_on
),

timeline as (
    -- events, payments and sales in one list: one sort finds the predecessors instead of comparing all pairs
    select
        account_id,
        sku,
        marketplace,
        currency,
        day,
        item_id,
        null::date as paid_on,
        null::numeric as kept,
        null::bigint as units
    from event
    union all
    select account_id, sku, marketplace, currency, paid_on, null, paid_on, null, null from price
    union all
    select account_id, sku, marketplace, currency, sold_on, null, null, kept, units from sale
),

nearest as (
    select
        account_id,
        sku,
        marketplace,
        currency,
        item_id,
        coalesce(
            max(paid_on) over before,
            min(paid_on) over (
                partition by account_id, sku, marketplace, currency
                order by day desc range between unbounded preceding and current row
            )
        ) as paid_on,
        sum(kept) over before / nullif(sum(units) over before, 0) as average
    from timeline
    window before as (
        partition by account_id, sku, marketplace, currency
        order by day range between unbounded preceding and interval '1 day' preceding
    )
),

known as (
    select
        e.account_id,
        e.item_id,
        e.unit_value as own,
        s.unit_value as cost,
        s.row_id as cost_row_id,
        p.unit_value as paid,
        p.row_id as paid_row_id,
        case when n.average > 0 then n.average end as average,
        e.is_of_money,
        e.is_after_order,
        e.is_at_cost
    from event as e
    left join nearest as n on n.account_id = e.account_id and n.item_id = e.item_id
    left join sourced as s on s.account_id = e.account_id and s.item_id = e.item_id
    left join price as p
        on
            p.account_id = n.account_id
            and p.sku = n.sku
            and p.marketplace = n.marketplace
            and p.currency = n.currency
            and p.paid_on = n.paid_on
),

chosen as (
    select
        *,
        case
            when own is not null and is_of_money then 'difference'
            when own is not null then 'sale_price_less_fees'
            when is_at_cost and cost is not null then 'sourcing_cost'
            when not is_at_cost and average is not null then 'average_sale'
            when paid is not null then 'last_paid'
            when average is not null then 'average_sale'
            when cost is not null and not is_after_order then 'sourcing_cost'
        end as value_basis
    from known
)

select
    account_id,
    item_id,
    case value_basis
        when 'sourcing_cost' then cost
        when 'last_paid' then paid
        when 'average_sale' then average
        else own
    end as unit_value,
    value_basis,
    case value_basis when 'sourcing_cost' then cost_row_id when 'last_paid' then paid_row_id end as value_row_id
from chosen
where value_basis is not null
