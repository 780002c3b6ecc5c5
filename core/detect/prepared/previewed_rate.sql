-- one row per SKU and fee preview with a commission: the rate, as exact as the preview's cents allow
with preview as (
    select
        account_id,
        row_id,
        previewed_on,
        marketplace,
        currency,
        sku,
        fnsku,
        asin,
        coalesce(nullif(sales_price, 0), your_price) as price,
        referral_fee as fee
    from fee_preview
    where account_id = :account_id
    union all
    select p.account_id, p.row_id, p.previewed_on, p.marketplace, m.currency, p.sku, '', p.asin, p.price, p.referral_fee
    from referral_fee_preview as p
    inner join marketplace as m on m.marketplace = p.marketplace
    where p.account_id = :account_id
),

exact as (
    select
        p.*,
        m.country = '' as is_unassigned,
        s.value as smallest,
        -- published rates are whole or tenth per cents; any other is a mixture of two, valid at its own price only
        case
            when abs(round(p.fee / p.price, 2) * p.price - p.fee) <= s.value / 2 then round(p.fee / p.price, 2)
            when abs(round(p.fee / p.price, 3) * p.price - p.fee) <= s.value / 2 then round(p.fee / p.price, 3)
        end as published
    from preview as p
    inner join marketplace as m on m.marketplace = p.marketplace
    inner join detection_bound as s on s.bound = 'smallest_amount' and s.marketplace = p.marketplace
    left join detection_bound as l on l.bound = 'minimum_referral_fee' and l.marketplace = p.marketplace
    -- a minimum fee implies no rate
    where p.price > 0 and p.fee > coalesce(l.value, 0)
)

select
    e.account_id,
    e.row_id,
    e.marketplace,
    e.is_unassigned,
    e.currency,
    e.sku,
    e.fnsku,
    e.asin,
    e.price,
    e.smallest,
    coalesce(e.published, e.fee / e.price) as rate,
    case when e.published is null then e.smallest / 2 / e.price else 0 end as rate_error,
    e.published is not null as is_flat,
    e.previewed_on,
    -- a charge is compared with the nearest previews before and after it
    max(e.previewed_on) over (of_goods range between unbounded preceding and '1 day' preceding) as next_before,
    min(e.previewed_on) over (of_goods range between '1 day' following and unbounded following) as next_after
from exact as e
window of_goods as (partition by e.account_id, e.marketplace, e.currency, e.sku order by e.previewed_on)
