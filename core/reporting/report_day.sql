-- one row per report, region, currency and day with rows, whatever their files. The region is that of the row's marketplace; for an
-- unknown marketplace that of its currency, else of its file's other rows, else the account's only one; empty where none of these
-- determines it. The currency is empty where the report has none
create view derived.report_day with (security_invoker = true) as
with row_day as (
    select
        account_id,
        'amazon_customer_returns' as format,
        marketplace,
        '' as currency,
        file_id,
        returned_on as day,
        count(*) as rows
    from customer_return
    group by account_id, marketplace, file_id, returned_on
    union all
    select account_id, 'walmart_returns', marketplace, '', file_id, coalesce(status_on, requested_on), count(*)
    from return_order_line
    where coalesce(status_on, requested_on) is not null
    group by account_id, marketplace, file_id, coalesce(status_on, requested_on)
    union all
    select
        account_id,
        case channel when 'amazon' then 'amazon_settlement_v2' else 'walmart_reconciliation' end,
        marketplace, currency, file_id, posted_on, count(*)
    from settlement_line
    group by account_id, channel, marketplace, currency, file_id, posted_on
    union all
    select account_id, 'amazon_settlement_v1', marketplace, currency, file_id, posted_on, count(*)
    from settlement_v1_row
    group by account_id, marketplace, currency, file_id, posted_on
    union all
    select account_id, 'amazon_replacements', marketplace, '', file_id, shipped_on, count(*)
    from replacement
    group by account_id, marketplace, file_id, shipped_on
    union all
    select account_id, 'amazon_orders', marketplace, currency, file_id, purchased_on, count(*)
    from order_line
    group by account_id, marketplace, currency, file_id, purchased_on
    union all
    select account_id, 'amazon_reimbursements', marketplace, currency, file_id, approved_on, count(*)
    from reimbursement
    group by account_id, marketplace, currency, file_id, approved_on
    union all
    select
        account_id,
        case channel when 'amazon' then 'amazon_ledger_detail' else 'walmart_inventory_log' end,
        marketplace, '', file_id, event_on, count(*)
    from inventory_event
    group by account_id, channel, marketplace, file_id, event_on
    union all
    select
        account_id,
        case channel when 'amazon' then 'amazon_inbound_shipments' else 'walmart_inbound_shipments' end,
        marketplace, '', file_id, created_on, count(*)
    from inbound_shipment
    where created_on is not null
    group by account_id, channel, marketplace, file_id, created_on
    union all
    select account_id, 'amazon_removal_shipments', marketplace, '', file_id, shipped_on, count(*)
    from removal_shipment
    group by account_id, marketplace, file_id, shipped_on
    union all
    select account_id, 'amazon_removal_orders', marketplace, '', file_id, requested_on, count(*)
    from removal_order
    group by account_id, marketplace, file_id, requested_on
),

placed as (
    select
        r.account_id,
        f.channel,
        f.kind,
        r.format,
        case when f.is_of_periods then r.currency else '' end as currency,
        r.day,
        r.rows,
        coalesce(nullif(m.region, ''), by_currency.region) as region,
        case
            when min(m.region) filter (where m.region <> '') over of_file = max(m.region) over of_file
                then max(m.region) over of_file
        end as region_of_file,
        only_one.region as only_region
    from row_day as r
    inner join covered_format as f on f.format = r.format
    left join marketplace as m on m.marketplace = r.marketplace
    left join derived.account_region as by_currency
        on
            by_currency.account_id = r.account_id
            and by_currency.channel = f.channel
            and by_currency.currency = r.currency
            and r.currency <> ''
    left join derived.account_region as only_one
        on only_one.account_id = r.account_id and only_one.channel = f.channel and only_one.currency = ''
    window of_file as (partition by r.account_id, r.format, r.file_id)
)

select
    account_id,
    channel,
    kind as report,
    format,
    coalesce(region, region_of_file, only_region, '') as region,
    currency,
    day,
    sum(rows) as rows
from placed
group by account_id, channel, kind, format, coalesce(region, region_of_file, only_region, ''), currency, day
