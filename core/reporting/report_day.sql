-- one row per report, region, currency and day with rows, whatever their files. The region is that of the row's marketplace; for an
-- unknown marketplace that of its currency, else of its file's other rows, else the account's only one; empty where none of these
-- determines it. The currency is empty where the report has none
create view derived.report_day with (security_invoker = true) as
with row_day as (
    select account_id, format, marketplace, currency, file_id, day, rows
    from report_row_day
    where rows > 0
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
