-- what day it is in a marketplace: recoup.today where that is set, else the date in its time zone
create function derived.today(time_zone text) returns date
language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('recoup.today', true), '')::date, (now() at time zone time_zone)::date) $$;

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
as $$ select 19 $$
