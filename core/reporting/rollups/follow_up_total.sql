-- one row per account, list of follow-ups, last day to act, marketplace and currency; infinity without a last day. Summed from
-- cash_difference, among others, which is refreshed before; an unknown marketplace is empty
select
    f.account_id,
    f.list,
    f.until_on,
    f.marketplace,
    f.currency,
    count(*) as rows,
    sum(f.amount) as amount
from (
    select
        i.account_id,
        'underpaid' as list,
        coalesce(i.re_evaluation_until, 'infinity') as until_on,
        i.marketplace,
        i.currency,
        i.underpaid as amount
    from item as i
    where i.account_id = any(:accounts) and i.units_underpaid > 0
    union all
    select
        d.account_id,
        case d.side when 'approved' then 'approved_not_paid' else 'paid_not_reported' end,
        'infinity',
        coalesce(d.marketplace, ''),
        d.currency,
        d.amount
    from cash_difference as d
    where d.account_id = any(:accounts)
    union all
    select w.account_id, 'withdrawn', 'infinity', w.marketplace, w.currency, w.detected
    from withdrawn_item as w
    where w.account_id = any(:accounts)
    union all
    select s.account_id, 'surpluses', 'infinity', s.marketplace, s.currency, s.amount
    from surplus as s
    where s.account_id = any(:accounts)
) as f
group by f.account_id, f.list, f.until_on, f.marketplace, f.currency
