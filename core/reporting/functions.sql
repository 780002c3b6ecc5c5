-- what day it is in a marketplace: recoup.today where that is set, else the date in its time zone. A case, not coalesce, which
-- PostgreSQL takes for leaky: under row security no index would be asked for a day then
create function derived.today(time_zone text) returns date
language sql stable parallel safe
as $$
    select case
        when nullif(current_setting('recoup.today', true), '') is not null then current_setting('recoup.today', true)::date
        else (now() at time zone time_zone)::date
    end
$$;

-- a code as codes are compared: lower case, letters and digits alone (core.vocabulary.fold says the same in Python)
create function derived.fold(code text) returns text
language sql immutable parallel safe
as $$ select regexp_replace(lower(code), '[^0-9a-z]+', '', 'g') $$;

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
$$
