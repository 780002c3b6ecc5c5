-- one row per amount that Amazon approved (a row of the reimbursements report) or paid in cash (a line of a settlement, of either
-- version, or a transaction on a day without a settlement). Only approved amounts count as paid; the cash is compared with them
create view derived.cash_movement with (security_invoker = true) as
select
    p.account_id,
    p.row_id,
    'approved' as side,
    p.marketplace,
    p.approved_on as moved_on,
    p.reason,
    coalesce(k.category_group, 'other') as category_group,
    p.sku,
    p.order_id,
    p.amount,
    p.currency,
    p.reimbursement_id as document,
    p.file_id,
    p.line
from derived.amazon_payment as p
left join category as k on k.category = p.category
where p.amount <> 0
union all
select
    s.account_id,
    s.row_id,
    'paid',
    s.marketplace,
    s.posted_on,
    s.reason,
    coalesce(k.category_group, 'other'),
    s.sku,
    s.order_id,
    s.amount,
    s.currency,
    s.document,
    s.file_id,
    s.line
from (
    select
        account_id,
        row_id,
        marketplace,
        posted_on,
        description as reason,
        sku,
        order_id,
        amount,
        currency,
        document,
        file_id,
        line,
        lower(amount_type) = 'fba inventory reimbursement' as is_named
    from settlement_line
    where channel = 'amazon' and lower(transaction_type) = 'other-transaction'
    union all
    select
        o.account_id,
        o.row_id,
        o.marketplace,
        o.posted_on,
        o.transaction_type,
        o.sku,
        o.order_id,
        o.other_amount,
        o.currency,
        o.document, o.file_id, o.line, false
    from settlement_v1_row as o
    where
        o.other_amount is not null
        and not exists (
            select 1 from settlement_line as n
            where n.account_id = o.account_id and n.channel = 'amazon' and n.document = o.document
        )
    union all
    select
        t.account_id, t.row_id, t.marketplace, t.posted_on,
        regexp_replace(t.description, '^FBA Inventory Reimbursement *-? *', '', 'i'),
        t.sku, t.order_id, t.amount, t.currency, t.transaction_id, t.file_id, t.line,
        t.description ~* '^FBA Inventory Reimbursement'
    from finance_transaction as t
    where
        not exists (
            select 1
            from coverage as c
            inner join covered_format as f on f.format = c.format and f.channel = 'amazon' and f.is_of_periods
            where
                c.account_id = t.account_id
                and c.currency in ('', t.currency)
                and t.posted_on between c.covered_from and c.covered_through
        )
) as s
left join payment_reason as p on p.channel = 'amazon' and p.reason = derived.fold(s.reason)
left join category as k on k.category = p.category
where s.amount <> 0 and (s.is_named or p.reason is not null)
