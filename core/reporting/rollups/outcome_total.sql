-- one row per account, span of days, marketplace, category and currency: the results of the cases decided in the span.
--
-- A span is a `day`, a `third` of a month or a `month` from its first day, or `all` cases, including undecided ones, so that any
-- period reads few rows (derived.spans). A case is `priced` where it is decided and states its claim; the squares and the product
-- of the two amounts are for the confidence interval of their ratio. x * x is exact, x ^ 2 is rounded to 16 digits
with told as (
    select
        c.account_id,
        c.marketplace,
        c.category,
        c.currency,
        c.status,
        c.claimed_amount,
        c.recovered_amount,
        c.origin = 'case_file' as is_filed,
        c.origin = 'case_file' and c.status in ('fully_reimbursed', 'partially_reimbursed') as is_won,
        c.origin = 'case_file' and c.status = 'not_eligible' as is_lost,
        derived.decided_on(c.status, c.decided_on, c.closed_on) as decided_on
    from claim_case as c
    where c.account_id = any(:accounts)
),

priced as (
    select t.*, (t.is_won or t.is_lost) and t.claimed_amount is not null as is_priced
    from told as t
)

select
    p.account_id,
    s.span,
    s.begins_on,
    p.marketplace,
    p.category,
    p.currency,
    count(*) filter (where p.is_won) as won,
    count(*) filter (where p.is_lost) as lost,
    count(*) filter (where p.is_filed and p.status = 'open') as open,
    count(*) filter (where p.is_filed and p.status = 'closed') as closed,
    count(*) filter (where not p.is_filed) as elsewhere,
    count(*) filter (where p.is_priced) as priced,
    coalesce(sum(p.claimed_amount) filter (where p.is_priced), 0) as claimed,
    coalesce(sum(p.recovered_amount) filter (where p.is_priced), 0) as recovered,
    coalesce(sum(p.claimed_amount * p.claimed_amount) filter (where p.is_priced), 0) as claimed_squared,
    coalesce(sum(p.recovered_amount * p.recovered_amount) filter (where p.is_priced), 0) as recovered_squared,
    coalesce(sum(p.claimed_amount * p.recovered_amount) filter (where p.is_priced), 0) as product
from priced as p
cross join lateral (
    values
        ('all', '-infinity'::date),
        ('month', date_trunc('month', p.decided_on)::date),
        ('third', derived.third(p.decided_on)),
        ('day', p.decided_on)
) as s (span, begins_on)
where s.begins_on is not null
group by p.account_id, s.span, s.begins_on, p.marketplace, p.category, p.currency
