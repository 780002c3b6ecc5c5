-- one row per refund or replacement, with the category owed for its returned or missing units; and one per order line for units
-- returned damaged without a refund. The first unit due back is the first unit returned
with due_in_turn as (
    select
        *,
        row_number()
            over (partition by account_id, channel, order_key, sku order by noted_on, cause, row_id, unit)
            as turn
    from (select *, generate_series(1, units) as unit from due) as d
),

back as (
    select
        b.*,
        coalesce(m.marketplace, s.marketplace, b.marketplace) as back_marketplace,
        s.currency as sold_currency,
        s.gtin as sold_gtin,
        s.unit_value as sold_unit_value,
        -- a report without a marketplace was dated in the channel's time zone
        case
            when m.marketplace is null and b.came_at is not null then (b.came_at at time zone l.time_zone)::date
            else b.came_on
        end as back_on
    from derived.unit_back as b
    left join sold as s
        on s.account_id = b.account_id and s.channel = b.channel and s.order_key = b.order_key and s.sku = b.sku
    left join marketplace as m on m.marketplace = b.marketplace and m.country <> ''
    left join marketplace as l on l.marketplace = coalesce(m.marketplace, s.marketplace, b.marketplace)
    where b.account_id = :account_id
),

back_in_turn as (
    select
        account_id,
        channel,
        order_key,
        sku,
        back_marketplace,
        sold_currency,
        sold_gtin,
        sold_unit_value,
        order_id as back_order_id,
        fnsku,
        asin as back_asin,
        back_on as came_on,
        return_by_on,
        is_damaged,
        is_said_paid,
        is_kept,
        row_id as back_row_id,
        unit = 1 as is_first_of_row,
        row_number() over (partition by account_id, channel, order_key, sku order by back_on, row_id, unit) as turn
    from (select *, generate_series(1, units) as unit from back) as b
),

matched as (
    select
        *,
        array_agg(back_row_id) filter (where is_first_of_row) over (
            partition by account_id, channel, order_key, sku order by back_row_id
            rows between unbounded preceding and unbounded following
        ) as all_back_row_ids
    from due_in_turn
    full join back_in_turn using (account_id, channel, order_key, sku, turn)
),

taken_back as (
    -- refunds charged back to the customer: no return is owed for them
    select distinct account_id, channel, first_order as order_key, sku from refunded where principal > principal_left
),

unsettled as (
    select account_id, channel, currency, hole_from, hole_through
    from hole
    where account_id = :account_id and report = 'settlements'
),

told as (
    select
        m.*,
        case
            when m.came_on is null and m.cause = 'replacement' then 'replacement_lost'
            -- Walmart does not pay for the fault of the customer or the seller; it does pay for a late return
            when m.came_on is null and m.fault = 'seller' then null
            when m.came_on is null then 'return_lost'
            when m.is_kept or (m.cause is null and t.order_key is not null) then null
            -- Walmart does not charge the seller for its own fault: the reconciliation report is covered and has no refund
            when m.cause is null and m.channel = 'walmart' and u.account_id is null then null
            when m.is_damaged then 'return_carrier_damaged'
            -- a window that opens at once does not limit the return; the customer's last day to send it does
            when m.cause = 'refund' and (o.opens_after_days > 0 or m.return_by_on is not null)
                and m.came_on > greatest(m.clock_on + o.opens_after_days, m.return_by_on)
                then 'return_delayed'
            when m.cause = 'refund' and m.channel = 'walmart' and m.fault = 'marketplace' then 'marketplace_fault'
        end as category
    from matched as m
    left join taken_back as t
        on t.account_id = m.account_id and t.channel = m.channel and t.order_key = m.order_key and t.sku = m.sku
    left join unsettled as u
        on
            u.account_id = m.account_id
            and u.channel = m.channel
            and u.currency = coalesce(m.currency, m.sold_currency, 'USD')
            and m.came_on between u.hole_from and u.hole_through
    left join derived.opening as o
        on
            o.account_id = :account_id
            and o.category = 'return_delayed'
            and o.marketplace = m.marketplace
            and m.clock_on >= coalesce(o.valid_from, m.clock_on)
            and m.clock_on <= coalesce(o.valid_to, m.clock_on)
)

select
    account_id,
    channel,
    category,
    order_key,
    sku,
    coalesce(line, '') as line,
    coalesce(cause, 'return') as cause,
    coalesce(min(marketplace), min(back_marketplace)) as marketplace,
    coalesce(min(currency), min(sold_currency), '') as currency,
    coalesce(min(order_id), min(back_order_id)) as order_id,
    coalesce(max(fnsku), '') as fnsku,
    coalesce(nullif(max(asin), ''), max(back_asin), '') as asin,
    coalesce(max(gtin), max(sold_gtin), '') as gtin,
    min(clock_on) as clock_on,
    noted_on,
    min(came_on) as came_on,
    max(fault) as fault,
    count(*)::int as units,
    coalesce(min(unit_value), min(sold_unit_value)) as unit_value,
    case
        when coalesce(max(doubt), '') <> '' then max(doubt) when bool_or(is_said_paid) then 'return_says_paid' else ''
    end as doubt,
    min(coalesce(row_id, back_row_id)::text)::uuid as row_id,
    array_remove(coalesce(max(row_ids), '{}') || array_agg(distinct back_row_id), null) as made_by,
    coalesce(max(all_back_row_ids), '{}') as reduced_by
from told
where category is not null
group by account_id, channel, category, order_key, sku, coalesce(line, ''), cause, noted_on
