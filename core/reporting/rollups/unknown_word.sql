-- one row per account, report, column, unknown word and currency: words that no registry has and no rule judges. Words of one
-- column are grouped before they are compared, so that each is folded once
with known as (
    select channel, subject, word from report_word
    union all
    select channel, 'payment_reason', reason from payment_reason
    union all
    select channel, 'adjustment_reason', reason from adjustment_reason
),

reimbursed as (
    select
        account_id,
        reason,
        currency,
        count(*) as rows,
        sum(units_cash + units_inventory) as units,
        sum(amount) as amount,
        min(approved_on) as first_on,
        max(approved_on) as last_on
    from reimbursement
    where account_id = any(:accounts)
    group by account_id, reason, currency
),

moved as (
    select
        account_id,
        channel,
        event_type,
        reason,
        reason_text,
        disposition,
        count(*) as rows,
        sum(abs(quantity)) as units,
        min(event_on) as first_on,
        max(event_on) as last_on
    from inventory_event
    where account_id = any(:accounts)
    group by account_id, channel, event_type, reason, reason_text, disposition
),

adjusted as (
    select
        account_id,
        reason,
        disposition,
        count(*) as rows,
        sum(abs(quantity)) as units,
        min(adjusted_on) as first_on,
        max(adjusted_on) as last_on
    from legacy_adjustment
    where account_id = any(:accounts)
    group by account_id, reason, disposition
),

returned as (
    select
        account_id,
        disposition,
        status,
        count(*) as rows,
        sum(quantity) as units,
        min(returned_on) as first_on,
        max(returned_on) as last_on
    from customer_return
    where account_id = any(:accounts)
    group by account_id, disposition, status
),

asked_back as (
    select
        account_id,
        reason,
        status,
        delivery_status,
        tracking_events,
        currency,
        count(*) as rows,
        sum(coalesce(refunded_units, quantity, 0)) as units,
        sum(line_total) as amount,
        min(requested_on) as first_on,
        max(requested_on) as last_on
    from return_order_line
    where account_id = any(:accounts)
    group by account_id, reason, status, delivery_status, tracking_events, currency
),

removed as (
    select
        account_id,
        order_type,
        status,
        disposition,
        count(*) as rows,
        sum(requested_units) as units,
        min(requested_on) as first_on,
        max(requested_on) as last_on
    from removal_order
    where account_id = any(:accounts)
    group by account_id, order_type, status, disposition
),

sent as (
    select
        account_id,
        order_type,
        disposition,
        count(*) as rows,
        sum(quantity) as units,
        min(shipped_on) as first_on,
        max(shipped_on) as last_on
    from removal_shipment
    where account_id = any(:accounts)
    group by account_id, order_type, disposition
),

settled as (
    select
        account_id,
        channel,
        transaction_type,
        amount_type,
        description,
        fulfilment_type,
        currency,
        count(*) as rows,
        sum(quantity) as units,
        sum(amount) as amount,
        min(posted_on) as first_on,
        max(posted_on) as last_on
    from settlement_line
    where account_id = any(:accounts)
    group by account_id, channel, transaction_type, amount_type, description, fulfilment_type, currency
),

settled_before as (
    select
        account_id,
        transaction_type,
        price_type,
        item_fee_type,
        currency,
        count(*) as rows,
        sum(quantity) as units,
        sum(
            coalesce(shipment_fee, 0) + coalesce(order_fee, 0) + coalesce(price, 0) + coalesce(item_fee, 0)
            + coalesce(miscellaneous_fee, 0) + coalesce(other_fee, 0) + coalesce(promotion, 0)
            + coalesce(direct_payment, 0) + coalesce(other_amount, 0)
        ) as amount,
        min(posted_on) as first_on,
        max(posted_on) as last_on
    from settlement_v1_row
    where account_id = any(:accounts)
    group by account_id, transaction_type, price_type, item_fee_type, currency
),

transacted as (
    select
        account_id,
        transaction_type,
        description,
        currency,
        count(*) as rows,
        sum(amount) as amount,
        min(posted_on) as first_on,
        max(posted_on) as last_on
    from finance_transaction
    where account_id = any(:accounts)
    group by account_id, transaction_type, description, currency
),

shipped as (
    select account_id, channel, status, count(*) as rows
    from inbound_shipment
    where account_id = any(:accounts)
    group by account_id, channel, status
),

ordered as (
    select
        account_id,
        fulfilment_type,
        currency,
        count(*) as rows,
        sum(quantity) as units,
        sum(item_price) as amount,
        min(purchased_on) as first_on,
        max(purchased_on) as last_on
    from order_line
    where account_id = any(:accounts)
    group by account_id, fulfilment_type, currency
),

seen as (
    select
        r.account_id,
        'amazon_reimbursements' as format,
        'amazon' as channel,
        'reason' as column_name,
        array['payment_reason'] as subjects,
        r.reason as word,
        '' as also,
        r.currency,
        r.rows,
        r.units,
        r.amount,
        r.first_on,
        r.last_on
    from reimbursed as r
    union all
    select
        m.account_id,
        case m.channel when 'amazon' then 'amazon_ledger_detail' else 'walmart_inventory_log' end,
        m.channel,
        w.column_name,
        w.subjects,
        w.word,
        -- Walmart's reasons are known by their code or by their text
        case w.column_name when 'reason' then m.reason_text else '' end,
        '',
        m.rows,
        m.units,
        null,
        m.first_on,
        m.last_on
    from moved as m
    cross join lateral (values
        ('event_type', array['event_type'], m.event_type),
        -- a reason describes an adjustment; receipts, shipments and returns have a known cause
        (
            'reason',
            array['adjustment_reason'],
            case
                when
                    derived.fold(m.event_type) like any(
                        array['receipt%', 'ship%', 'return%', 'customerreturn%', 'vendorreturn%', 'whsetransfer%']
                    )
                    then ''
                else m.reason
            end
        ),
        ('disposition', array['disposition'], case m.channel when 'amazon' then m.disposition else '' end)
    ) as w (column_name, subjects, word)
    union all
    select
        a.account_id, 'amazon_adjustments_legacy', 'amazon', w.column_name, w.subjects, w.word, '', '', a.rows, a.units,
        null, a.first_on, a.last_on
    from adjusted as a
    cross join lateral (values
        ('reason', array['adjustment_reason'], a.reason),
        ('disposition', array['disposition'], a.disposition)
    ) as w (column_name, subjects, word)
    union all
    select
        r.account_id, 'amazon_customer_returns', 'amazon', w.column_name, w.subjects, w.word, '', '', r.rows, r.units,
        null, r.first_on, r.last_on
    from returned as r
    cross join lateral (values
        ('disposition', array['disposition'], r.disposition),
        ('status', array['return_status'], r.status)
    ) as w (column_name, subjects, word)
    union all
    select
        r.account_id, 'walmart_returns', 'walmart', w.column_name, w.subjects, w.word, '', r.currency, r.rows, r.units,
        r.amount, r.first_on, r.last_on
    from asked_back as r
    cross join lateral (values
        ('reason', array['return_reason'], r.reason),
        ('status', array['return_status', 'return_progress'], r.status),
        ('delivery_status', array['return_event'], r.delivery_status)
    ) as w (column_name, subjects, word)
    union all
    select
        r.account_id, 'walmart_returns', 'walmart', 'tracking_events', array['return_event'], w.word, '', r.currency,
        r.rows, r.units, r.amount, r.first_on, r.last_on
    from asked_back as r
    cross join lateral string_to_table(r.tracking_events, ',') as w (word)
    union all
    select
        r.account_id, 'amazon_removal_orders', 'amazon', w.column_name, w.subjects, w.word, '', '', r.rows, r.units,
        null, r.first_on, r.last_on
    from removed as r
    cross join lateral (values
        ('order_type', array['removal_type'], r.order_type),
        ('status', array['removal_status'], r.status),
        ('disposition', array['disposition'], r.disposition)
    ) as w (column_name, subjects, word)
    union all
    select
        s.account_id, 'amazon_removal_shipments', 'amazon', w.column_name, w.subjects, w.word, '', '', s.rows, s.units,
        null, s.first_on, s.last_on
    from sent as s
    cross join lateral (values
        ('order_type', array['removal_type'], s.order_type),
        ('disposition', array['disposition'], s.disposition)
    ) as w (column_name, subjects, word)
    union all
    select
        s.account_id,
        case s.channel when 'amazon' then 'amazon_settlement_v2' else 'walmart_reconciliation' end,
        s.channel,
        w.column_name,
        w.subjects,
        w.word,
        '',
        s.currency,
        s.rows,
        s.units,
        s.amount,
        s.first_on,
        s.last_on
    from settled as s
    cross join lateral (values
        ('transaction_type', array['transaction_type', 'payment_reason', 'refund'], s.transaction_type),
        ('amount_type', array['amount_type'], s.amount_type),
        -- a promotion's description is the seller's own name for it, and a dispute's is free text
        (
            'description',
            array['amount', 'payment_reason', 'refund'],
            case
                when derived.fold(s.amount_type) = 'promotion' or derived.fold(s.transaction_type) = 'dispute' then ''
                else s.description
            end
        ),
        ('fulfilment_type', array['fulfilment'], s.fulfilment_type)
    ) as w (column_name, subjects, word)
    union all
    select
        s.account_id,
        'amazon_settlement_v1',
        'amazon',
        w.column_name,
        w.subjects,
        w.word,
        '',
        s.currency,
        s.rows,
        s.units,
        s.amount, s.first_on, s.last_on
    from settled_before as s
    cross join lateral (values
        ('transaction_type', array['transaction_type', 'payment_reason', 'refund'], s.transaction_type),
        ('price_type', array['amount'], s.price_type),
        ('item_fee_type', array['amount'], s.item_fee_type)
    ) as w (column_name, subjects, word)
    union all
    select
        t.account_id, 'amazon_finances', 'amazon', w.column_name, w.subjects, w.word, '', t.currency, t.rows, null,
        t.amount, t.first_on, t.last_on
    from transacted as t
    cross join lateral (values
        ('transaction_type', array['transaction_type'], t.transaction_type),
        -- a reimbursement's description is its reason; any other description is free text
        (
            'description',
            array['payment_reason'],
            substring(t.description from '(?i)^FBA Inventory Reimbursement *-? *(.*)$')
        )
    ) as w (column_name, subjects, word)
    union all
    select
        s.account_id,
        s.channel || '_inbound_shipments',
        s.channel,
        'status',
        array['shipment_status'],
        s.status,
        '',
        '',
        s.rows, null, null, null, null
    from shipped as s
    union all
    select
        o.account_id,
        'amazon_orders',
        'amazon',
        'fulfilment_type',
        array['fulfilment'],
        o.fulfilment_type,
        '',
        o.currency,
        o.rows, o.units, o.amount, o.first_on, o.last_on
    from ordered as o
),

spelled as (
    select
        account_id,
        format,
        channel,
        column_name,
        subjects,
        word,
        also,
        currency,
        sum(rows) as rows,
        sum(units) as units,
        sum(amount) as amount,
        min(first_on) as first_on,
        max(last_on) as last_on
    from seen
    where word <> ''
    group by account_id, format, channel, column_name, subjects, word, also, currency
),

unknown as (
    select s.*
    from spelled as s
    where not exists (
        select 1
        from known as k
        where
            k.channel = s.channel
            and k.subject = any(s.subjects)
            and k.word in (derived.fold(s.word), nullif(derived.fold(s.also), ''))
    )
)

select
    account_id,
    format,
    column_name,
    word,
    currency,
    sum(rows)::bigint as rows,
    coalesce(sum(units), 0)::bigint as units,
    sum(amount) as amount,
    min(first_on) as first_on,
    max(last_on) as last_on
from unknown
group by account_id, format, column_name, word, currency
