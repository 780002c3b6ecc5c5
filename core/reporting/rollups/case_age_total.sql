-- one row per account, part, day of opening, days, marketplace, category and currency of the cases: for the durations of cases. The
-- part `resolved` has the duration as `days`; for the unresolved parts the day of opening determines the age on any day: infinity
-- where it is unknown. `elsewhere` is open and was not filed by the team; `ended` is neither open nor paid in part, with an unknown
-- end; `undated` is resolved after unknown days
with dated as (
    select
        c.*,
        c.origin = 'case_file' as is_filed,
        derived.decided_on(c.status, c.decided_on, c.closed_on) as resolved_on
    from claim_case as c
    where c.account_id = any(:accounts)
),

parted as (
    select
        d.*,
        case
            when not d.is_filed then 'elsewhere'
            when d.resolved_on is not null and d.opened_on is not null then 'resolved'
            when d.resolved_on is not null then 'undated'
            when d.status = 'open' then 'open'
            when d.status = 'partially_reimbursed' and d.stage = 'open' then 'paid_in_part'
            else 'ended'
        end as part
    from dated as d
    where d.is_filed or d.status = 'open'
)

select
    p.account_id,
    p.part,
    s.opened_on,
    s.days,
    p.marketplace,
    p.category,
    p.currency,
    count(*) as cases,
    count(*) filter (where p.outcome in ('approved', 'partially_approved')) as approved,
    coalesce(sum(p.claimed_amount), 0) as claimed
from parted as p
cross join lateral (
    select
        case when p.resolved_on is null then coalesce(p.opened_on, 'infinity') else '-infinity' end as opened_on,
        case p.part when 'resolved' then p.resolved_on - p.opened_on else 0 end as days
) as s
group by p.account_id, p.part, s.opened_on, s.days, p.marketplace, p.category, p.currency
