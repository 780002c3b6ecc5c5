-- what day it is in a marketplace: recoup.today where that is set, else the date in its time zone. A case, not coalesce, which
-- is leaky to PostgreSQL: under row security it would prevent an index on a day
create function derived.today(time_zone text) returns date
language sql stable parallel safe
as $$
    select case
        when nullif(current_setting('recoup.today', true), '') is not null
            then current_setting('recoup.today', true)::date
        else (now() at time zone time_zone)::date
    end
$$;

-- a code folded for comparison: lower case, ASCII letters and digits only (same as core.vocabulary.fold in Python). Not lower(),
-- which depends on the server's locale
create function derived.fold(code text) returns text
language sql immutable parallel safe
as $$
    select translate(
        regexp_replace(code, '[^0-9A-Za-z]+', '', 'g'), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'
    )
$$;

-- comma-separated codes, each folded
create function derived.fold_list(codes text) returns text
language sql immutable parallel safe
as $$ select regexp_replace(lower(codes), '[^0-9a-z,]+', '', 'g') $$;

-- a GTIN of 14 digits, whether a report pads it or has the 12 digits of a UPC
create function derived.gtin(gtin text) returns text
language sql immutable parallel safe
as $$ select case when gtin ~ '^[0-9]{8,14}$' then lpad(gtin, 14, '0') else gtin end $$;

-- a report row as stored: its file's column names with the line's values
create function derived.raw(columns text[], source_line text) returns jsonb
language sql immutable parallel safe
as $$ select jsonb_object(columns, string_to_array(source_line, e'\x1f')) $$;

-- the most days between the approval of a reimbursement and its settlement line: a settlement covers 14, and reports lag up to 5
-- (Amazon help 200732720)
create function derived.days_to_cash() returns int
language sql immutable parallel safe
as $$ select 19 $$;

-- the last day to appeal a denial, by the rule in force on the day of the denial; null without a rule
create function derived.appeal_until(place text, denied_on date) returns date
language sql stable parallel safe
as $$
    select min(
        (denied_on + make_interval(
            days => coalesce(w.closes_after_days, 0), months => coalesce(w.closes_after_months, 0)
        ))::date
    )
    from public.claim_window as w
    where
        w.category = 'appeal'
        and place = any(w.marketplaces)
        and denied_on >= coalesce(w.valid_from, denied_on)
        and denied_on <= coalesce(w.valid_to, denied_on)
$$;

-- the day on which a case was decided, else closed; null for an open case, or an unknown day
create function derived.decided_on(status text, decided_on date, closed_on date) returns date
language sql immutable parallel safe
as $$ select case when status <> 'open' then coalesce(decided_on, closed_on) end $$;

-- the third of the month that contains a day, by its first day: the 1st, 11th or 21st
create function derived.third(on_day date) returns date
language sql immutable parallel safe
as $$ select date_trunc('month', on_day)::date + 10 * least((extract(day from on_day)::int - 1) / 10, 2) $$;

-- the rollup spans that together cover the days from one to another, both inclusive: whole months, around them whole thirds of
-- months, around these days; without both days, the span `all`. A span matches if its `begins_on` is between `first_on` and
-- `last_on`, a range that may be empty
create function derived.spans(first date, last date) returns table (span text, first_on date, last_on date)
language sql immutable parallel safe
as $$
    with asked as (
        select
            -- the first third and the first month that begin on the first day or later
            case
                when first is null then '-infinity'
                when extract(day from first) > 21 then (date_trunc('month', first) + interval '1 month')::date
                else derived.third(first + 9)
            end as thirds_from,
            case
                when first is null then '-infinity'
                else date_trunc('month', first - 1 + interval '1 month')::date
            end as months_from,
            -- the first third and the first month that end after the last day
            case when last is null then 'infinity' else derived.third(last + 1) end as thirds_before,
            case when last is null then 'infinity' else date_trunc('month', last + 1)::date end as months_before
    )

    select 'all', date '-infinity', date '-infinity' where first is null and last is null
    union all
    select 'month', months_from, months_before - 1 from asked where first is not null or last is not null
    union all
    select 'third', thirds_from, least(months_from, thirds_before) - 1 from asked where first is not null
    union all
    select 'third', greatest(months_from, months_before), thirds_before - 1 from asked where last is not null
    union all
    select 'day', first, least(thirds_from - 1, coalesce(last, 'infinity')) from asked where first is not null
    union all
    select 'day', greatest(thirds_from, thirds_before), last from asked where last is not null
$$
