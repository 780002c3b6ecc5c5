-- what day it is in a marketplace: recoup.today where that is set, else the date in its time zone. A case, not coalesce, which
-- PostgreSQL takes for leaky: under row security no index would be asked for a day then
create function derived.today(time_zone text) returns date
language sql stable parallel safe
as $$
    select case
        when nullif(current_setting('recoup.today', true), '') is not null
            then current_setting('recoup.today', true)::date
        else (now() at time zone time_zone)::date
    end
$$;

-- a code as codes are compared: lower case, letters and digits of ASCII alone (core.vocabulary.fold says the same in Python).
-- Not lower(), which asks the server's locale
create function derived.fold(code text) returns text
language sql immutable parallel safe
as $$
    select translate(
        regexp_replace(code, '[^0-9A-Za-z]+', '', 'g'), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'
    )
$$;

-- codes with commas between them, each as codes are compared
create function derived.fold_list(codes text) returns text
language sql immutable parallel safe
as $$ select regexp_replace(lower(codes), '[^0-9a-z,]+', '', 'g') $$;

-- a GTIN as GTINs are compared: 14 digits, whether a report has the 12 of a UPC or pads them
create function derived.gtin(gtin text) returns text
language sql immutable parallel safe
as $$ select case when gtin ~ '^[0-9]{8,14}$' then lpad(gtin, 14, '0') else gtin end $$;

-- a report row as it came: the names of its file's columns with the values of its line
create function derived.raw(columns text[], source_line text) returns jsonb
language sql immutable parallel safe
as $$ select jsonb_object(columns, string_to_array(source_line, e'\x1f')) $$;

-- how many days may lie between the approval of a reimbursement and its line in a settlement: a settlement covers 14, and the
-- reports are up to 5 behind (Amazon help 200732720)
create function derived.days_to_cash() returns int
language sql immutable parallel safe
as $$ select 19 $$;

-- until when a marketplace takes an appeal of what it denied, by the rule in force on that day; null where no rule is known
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

-- the day on which a case was decided, else that on which it ended; null for one that is open, or whose day is not known
create function derived.decided_on(status text, decided_on date, closed_on date) returns date
language sql immutable parallel safe
as $$ select case when status <> 'open' then coalesce(decided_on, closed_on) end $$;

-- the third of its month in which a day is, by its first day: the 1st, 11th or 21st
create function derived.third(on_day date) returns date
language sql immutable parallel safe
as $$ select date_trunc('month', on_day)::date + 10 * least((extract(day from on_day)::int - 1) / 10, 2) $$;

-- the spans of a kept total that together are the days between two, both inclusive: the whole months, before and after them the
-- whole thirds of months, and before and after these the days; where neither day is given, all. What `begins_on` between
-- `first_on` and `last_on` is meant; that may be none
create function derived.spans(first date, last date) returns table (span text, first_on date, last_on date)
language sql immutable parallel safe
as $$
    with asked as (
        select
            -- the first third, and the first month, that begin not before the first day
            case
                when first is null then '-infinity'
                when extract(day from first) > 21 then (date_trunc('month', first) + interval '1 month')::date
                else derived.third(first + 9)
            end as thirds_from,
            case
                when first is null then '-infinity'
                else date_trunc('month', first - 1 + interval '1 month')::date
            end as months_from,
            -- and the first that end after the last day
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
