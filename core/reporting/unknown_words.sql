-- one row per account, report, column, unknown word and currency
create view reporting.unknown_words with (security_invoker = true) as
select
    a.code as account,
    w.format,
    w.column_name,
    w.word,
    w.rows,
    w.units,
    w.amount,
    nullif(w.currency, '') as currency,
    w.first_on,
    w.last_on
from unknown_word as w
inner join account as a on a.account_id = w.account_id
