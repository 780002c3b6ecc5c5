-- one row per table with rows of an account or a person that row security does not guard
select
    '' as account,
    '' as currency,
    'table ' || c.relname || ' has no row security' as what
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'public'
where
    c.relkind in ('r', 'p')
    and exists (
        select 1 from pg_attribute as a
        where a.attrelid = c.oid and a.attname in ('account_id', 'user_id') and not a.attisdropped
    )
    and not (
        c.relrowsecurity
        and exists (select 1 from pg_policy as p where p.polrelid = c.oid)
    )
