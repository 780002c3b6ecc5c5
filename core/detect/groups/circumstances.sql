-- what a judgement depends on besides the rows of its own group: one row. A gap that begins after the newest data holds nothing yet
select
    jsonb_build_object(
        'rules', cast(:rules as text),
        'marketplaces', (
            select jsonb_agg(marketplace order by marketplace) from account_marketplace where account_id = :account_id
        ),
        'gaps', (
            select jsonb_agg(jsonb_build_array(h.report, h.currency, h.gap) order by h.report, h.currency, h.gap)
            from derived.hole as h
            where h.account_id = :account_id and h.hole_from <= n.newest_of_account
        ),
        'periods', (
            select
                jsonb_agg(
                    jsonb_build_array(c.format, c.region, c.currency, c.covered_from, c.covered_through)
                    order by c.format, c.region, c.currency, c.covered_from, c.covered_through
                )
            from coverage as c
            inner join covered_format as f on f.format = c.format and f.is_of_periods
            where c.account_id = :account_id
        ),
        -- the older version of a settlement is ignored where the newer one is there
        'settlements of both versions', (
            select jsonb_agg(distinct o.document)
            from source_file as o
            inner join source_file as v
                on v.account_id = o.account_id and v.document = o.document and v.format = 'amazon_settlement_v2'
            where o.account_id = :account_id and o.format = 'amazon_settlement_v1'
        ),
        'warehouses', (
            select
                jsonb_agg(
                    jsonb_build_array(w.channel, w.fulfilment_center, w.marketplace)
                    order by w.channel, w.fulfilment_center
                )
            from ({warehouse}) as w
        )
    ) as judged_in,
    greatest(n.newest_of_account, n.synced_through) as judged_through
from (
    select
        (select max(newest_of_account) from derived.data_through where account_id = :account_id) as newest_of_account,
        (select max(data_through) from report_state where account_id = :account_id) as synced_through
) as n
