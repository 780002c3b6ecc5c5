-- one row per account and report that was synced or refused; `format` is empty for files of no known report.
--
-- A gap is a time without a row between the data of two files, longer than `quiet_days`: a file may be missing. Between consecutive
-- documents (settlements) one day is a gap. Daily reports are quiet for a week at most; occasional ones for ten times the mean
-- distance of their rows (120 days where there are few rows); and state reports have no gaps. An empty file says nothing about any
-- report. The next sync is expected after the median distance between the days of past syncs; a rhythm takes at least two distances
with run as (
    select
        s.*,
        (s.finished_at at time zone 'UTC')::date as synced_on,
        s.status = 'taken' as is_taken,
        s.status = 'refused' as is_refused,
        coalesce(r.rhythm, 'now and then') as rhythm
    from sync_run as s
    left join unnest(cast(:formats as text[]), cast(:rhythms as text[])) as r (format, rhythm) on r.format = s.format
    where s.account_id = any(:accounts) and {of_report} and (s.format is not null or s.status = 'refused')
),

spanned as (
    select
        *,
        sum(new) filter (where is_taken) over report as rows_told,
        max(data_through) filter (where is_taken) over report
        - min(data_from) filter (where is_taken) over report
        + 1 as days_told
    from run
    window report as (partition by account_id, format)
),

placed as (
    select
        *,
        case rhythm
            when 'document' then 0
            when 'daily' then 7
            when 'now and then' then case when rows_told >= 8 then greatest(7, 10 * days_told / rows_told) else 120 end
        end::int as quiet_days,
        max(data_through) filter (where is_taken) over (
            partition by account_id, format
            order by data_from, data_through rows between unbounded preceding and 1 preceding
        ) as through_before,
        nullif(synced_on - lag(synced_on) over (
            partition by account_id, format, is_refused order by synced_on
        ), 0) as distance
    from spanned
)

select
    account_id,
    coalesce(format, '') as format,
    max(rhythm) as rhythm,
    count(*) filter (where is_taken) as files,
    count(*) filter (where is_refused) as files_refused,
    coalesce(sum(rows) filter (where is_taken), 0) as rows,
    coalesce(sum(refused) filter (where is_taken), 0) as rows_refused,
    max(finished_at) filter (where not is_refused) as last_synced_at,
    min(data_from) as data_from,
    max(data_through) as data_through,
    max(quiet_days) as quiet_days,
    coalesce(
        array_agg(through_before + 1 || ' to ' || data_from - 1 order by data_from)
            filter (where is_taken and data_from > through_before + 1 + quiet_days),
        '{}'
    ) as holes,
    case
        when count(distance) filter (where not is_refused) >= 2
            then
                max(synced_on) filter (where not is_refused)
                + percentile_disc(0.5) within group (order by distance) filter (where not is_refused)
    end as next_expected_on
from placed
group by account_id, format
