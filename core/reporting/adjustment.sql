-- one row per inventory adjustment whose reason is known by its code, else by its description, with the meaning of the reason. A
-- negative find reverses an earlier find
create view derived.adjustment with (security_invoker = true) as
with event as (
    select
        account_id,
        row_id,
        channel,
        marketplace,
        event_on,
        reason,
        reason_text,
        quantity,
        reconciled,
        unreconciled,
        reference_id,
        sku,
        fnsku,
        asin,
        gtin,
        fulfilment_center,
        disposition
    from inventory_event
    where lower(event_type) in ('adjustments', 'adjustment')
    union all
    -- the ledger's version of an event wins; the two reports may date it a day apart
    select
        l.account_id,
        l.row_id,
        'amazon',
        l.marketplace,
        l.adjusted_on,
        l.reason,
        '',
        l.quantity,
        null,
        null,
        l.transaction_id,
        l.sku,
        l.fnsku,
        '',
        '',
        l.fulfilment_center,
        l.disposition
    from legacy_adjustment as l
    where
        not exists (
            select 1
            from inventory_event as e
            where
                e.account_id = l.account_id
                and e.channel = 'amazon'
                and lower(e.event_type) in ('adjustments', 'adjustment')
                and e.fnsku = l.fnsku
                and e.fulfilment_center = l.fulfilment_center
                and e.reason = l.reason
                and e.event_on between l.adjusted_on - 1 and l.adjusted_on + 1
        )
)

select
    e.*,
    coalesce(by_code.meaning, by_text.meaning) as meaning,
    coalesce(by_code.doubt, by_text.doubt) as doubt
from event as e
left join adjustment_reason as by_code
    on by_code.channel = e.channel and by_code.reason = derived.fold(e.reason)
left join adjustment_reason as by_text
    on by_text.channel = e.channel and by_text.reason = derived.fold(e.reason_text)
where
    (
        sign(e.quantity) = coalesce(by_code.sign, by_text.sign)
        or coalesce(by_code.meaning, by_text.meaning) = 'found' and e.quantity < 0
    )
    and coalesce(by_code.meaning, by_text.meaning) <> 'not_money'
