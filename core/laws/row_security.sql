-- law: one row per table or view with rows of an account or a person that lacks row security, and per privilege of the pages' roles
-- that bypasses it
with relation as (
    select
        c.oid,
        c.relname,
        c.relkind,
        n.nspname,
        c.relrowsecurity,
        coalesce('security_invoker=true' = any(c.reloptions), false) as reads_as_its_reader
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('public', 'reporting', 'derived') and c.relkind in ('r', 'p', 'v', 'm')
),

of_somebody as (
    select r.*
    from relation as r
    where
        r.relkind in ('r', 'p')
        and exists (
            select 1 from pg_attribute as a
            where a.attrelid = r.oid and a.attname in ('account_id', 'user_id') and not a.attisdropped
        )
)

select '' as account, '' as currency, 'table ' || t.relname || ' has no row security' as what
from of_somebody as t
where not t.relrowsecurity
union all
select '', '', 'table ' || t.relname || ' has no policy that names who is asking'
from of_somebody as t
where
    t.relrowsecurity
    and not exists (
        select 1 from pg_policy as p
        where p.polrelid = t.oid and pg_get_expr(p.polqual, p.polrelid) ~ '(granted|granted_sums|entered)\(\)'
    )
union all
select '', '', 'policy ' || p.polname || ' of ' || t.relname || ' shows every row to the pages'
from of_somebody as t
inner join pg_policy as p on p.polrelid = t.oid
inner join pg_roles as r on r.rolname = 'recoup_app' and p.polroles && array[r.oid, 0::oid]
where p.polpermissive and pg_get_expr(p.polqual, p.polrelid) !~ '(granted|granted_sums|entered)\(\)'
union all
select '', '', 'view ' || v.nspname || '.' || v.relname || ' does not read as its reader'
from relation as v
where v.relkind in ('v', 'm') and not v.reads_as_its_reader
union all
select '', '', 'role ' || r.rolname || ' can pass row security by'
from pg_roles as r
where r.rolname in ('recoup_app', 'recoup_staff', 'recoup_loader') and (r.rolsuper or r.rolbypassrls)
