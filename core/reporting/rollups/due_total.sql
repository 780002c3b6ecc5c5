-- one row per account, span of days, marketplace, currency and part of the open units and the money in review with a deadline in
-- the span: a `day`, a `third` of a month or a `month` from its first day (derived.spans). Summed from deadline_total, which is
-- refreshed before
select
    d.account_id,
    s.span,
    s.begins_on,
    d.marketplace,
    d.currency,
    d.part,
    sum(d.items) as items,
    sum(d.amount) as amount
from deadline_total as d
cross join lateral (
    values
        ('month', date_trunc('month', d.deadline_on)::date),
        ('third', derived.third(d.deadline_on)),
        ('day', d.deadline_on)
) as s (span, begins_on)
where d.account_id = any(:accounts) and d.part <> 'both' and d.deadline_on < 'infinity'
group by d.account_id, s.span, s.begins_on, d.marketplace, d.currency, d.part
