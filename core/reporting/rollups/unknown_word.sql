-- one row per account, report, column, unknown word and currency: words that no registry has and no rule judges. Rows with the same
-- words are grouped before they are compared, so that each word is folded once
with known as (
    select channel, subject, word from report_word
    union all
    select channel, 'payment_reason', reason from payment_reason
    union all
    select channel, 'adjustment_reason', reason from adjustment_reason
),

report_row as (
    -- the words of a row in the order of `judged_column`
    select
        account_id,
        'amazon_reimbursements' as format,
        'amazon' as channel,
        array[reason] as words,
        currency,
        units_cash + units_inventory as units,
        amount,
        approved_on as happened_on
    from reimbursement
    where account_id = any(:accounts)
    union all
    select
        account_id, case channel when 'amazon' then 'amazon_ledger_detail' else 'walmart_inventory_log' end, channel,
        array[event_type, reason, disposition, reason_text], '', abs(quantity), null, event_on
    from inventory_event
    where account_id = any(:accounts)
    union all
    select
        account_id, 'amazon_adjustments_legacy', 'amazon',
        array[reason, disposition], '', abs(quantity), null, adjusted_on
    from legacy_adjustment
    where account_id = any(:accounts)
    union all
    select
        account_id, 'amazon_customer_returns', 'amazon',
        array[disposition, status], '', quantity, null, returned_on
    from customer_return
    where account_id = any(:accounts)
    union all
    select
        account_id, 'walmart_returns', 'walmart',
        array[reason, status, delivery_status, tracking_events], currency,
        coalesce(refunded_units, quantity, 0), line_total, requested_on
    from return_order_line
    where account_id = any(:accounts)
    union all
    select
        account_id, 'amazon_removal_orders', 'amazon',
        array[order_type, status, disposition], '', requested_units, null, requested_on
    from removal_order
    where account_id = any(:accounts)
    union all
    select
        account_id, 'amazon_removal_shipments', 'amazon',
        array[order_type, disposition], '', quantity, null, shipped_on
    from removal_shipment
    where account_id = any(:accounts)
    union all
    select
        account_id, case channel when 'amazon' then 'amazon_settlement_v2' else 'walmart_reconciliation' end, channel,
        array[transaction_type, amount_type, description, fulfilment_type], currency, quantity, amount, posted_on
    from settlement_line
    where account_id = any(:accounts)
    union all
    select
        account_id, 'amazon_settlement_v1', 'amazon',
        array[transaction_type, price_type, item_fee_type], currency, quantity,
        coalesce(shipment_fee, 0) + coalesce(order_fee, 0) + coalesce(price, 0) + coalesce(item_fee, 0)
        + coalesce(miscellaneous_fee, 0) + coalesce(other_fee, 0) + coalesce(promotion, 0)
        + coalesce(direct_payment, 0) + coalesce(other_amount, 0),
        posted_on
    from settlement_v1_row
    where account_id = any(:accounts)
    union all
    select
        account_id, 'amazon_finances', 'amazon',
        array[transaction_type, description], currency, null, amount, posted_on
    from finance_transaction
    where account_id = any(:accounts)
    union all
    select
        account_id, channel || '_inbound_shipments', channel, array[status], '', null, null, null
    from inbound_shipment
    where account_id = any(:accounts)
    union all
    select
        account_id, 'amazon_orders', 'amazon', array[fulfilment_type], currency, quantity, item_price, purchased_on
    from order_line
    where account_id = any(:accounts)
),

judged_column (format, place, column_name, subjects) as (
    -- the columns that rules read, and the registries of their words
    values
    ('amazon_reimbursements', 1, 'reason', array['payment_reason']),
    ('amazon_ledger_detail', 1, 'event_type', array['event_type']),
    ('amazon_ledger_detail', 2, 'reason', array['adjustment_reason']),
    ('amazon_ledger_detail', 3, 'disposition', array['disposition']),
    ('walmart_inventory_log', 1, 'event_type', array['event_type']),
    ('walmart_inventory_log', 2, 'reason', array['adjustment_reason']),
    ('amazon_adjustments_legacy', 1, 'reason', array['adjustment_reason']),
    ('amazon_adjustments_legacy', 2, 'disposition', array['disposition']),
    ('amazon_customer_returns', 1, 'disposition', array['disposition']),
    ('amazon_customer_returns', 2, 'status', array['return_status']),
    ('walmart_returns', 1, 'reason', array['return_reason']),
    ('walmart_returns', 2, 'status', array['return_status', 'return_progress']),
    ('walmart_returns', 3, 'delivery_status', array['return_event']),
    ('walmart_returns', 4, 'tracking_events', array['return_event']),
    ('amazon_removal_orders', 1, 'order_type', array['removal_type']),
    ('amazon_removal_orders', 2, 'status', array['removal_status']),
    ('amazon_removal_orders', 3, 'disposition', array['disposition']),
    ('amazon_removal_shipments', 1, 'order_type', array['removal_type']),
    ('amazon_removal_shipments', 2, 'disposition', array['disposition']),
    ('amazon_settlement_v2', 1, 'transaction_type', array['transaction_type', 'payment_reason', 'refund']),
    ('amazon_settlement_v2', 2, 'amount_type', array['amount_type']),
    ('amazon_settlement_v2', 3, 'description', array['amount', 'payment_reason', 'refund']),
    ('amazon_settlement_v2', 4, 'fulfilment_type', array['fulfilment']),
    ('walmart_reconciliation', 1, 'transaction_type', array['transaction_type', 'payment_reason', 'refund']),
    ('walmart_reconciliation', 2, 'amount_type', array['amount_type']),
    ('walmart_reconciliation', 3, 'description', array['amount', 'payment_reason', 'refund']),
    ('walmart_reconciliation', 4, 'fulfilment_type', array['fulfilment']),
    ('amazon_settlement_v1', 1, 'transaction_type', array['transaction_type', 'payment_reason', 'refund']),
    ('amazon_settlement_v1', 2, 'price_type', array['amount']),
    ('amazon_settlement_v1', 3, 'item_fee_type', array['amount']),
    ('amazon_finances', 1, 'transaction_type', array['transaction_type']),
    ('amazon_finances', 2, 'description', array['payment_reason']),
    ('amazon_inbound_shipments', 1, 'status', array['shipment_status']),
    ('walmart_inbound_shipments', 1, 'status', array['shipment_status']),
    ('amazon_orders', 1, 'fulfilment_type', array['fulfilment'])
),

alike as (
    select
        account_id,
        format,
        channel,
        words,
        currency,
        count(*) as rows,
        sum(units) as units,
        sum(amount) as amount,
        min(happened_on) as first_on,
        max(happened_on) as last_on
    from report_row
    group by account_id, format, channel, words, currency
),

seen as (
    select
        a.*,
        c.column_name,
        c.subjects,
        w.word,
        -- Walmart's reasons are known by their code or by their text
        case when c.column_name = 'reason' and a.format = 'walmart_inventory_log' then a.words[4] else '' end as also
    from alike as a
    inner join judged_column as c on c.format = a.format
    cross join lateral string_to_table(
        case
            -- a reason describes an adjustment; receipts, shipments and returns have a known cause
            when
                c.column_name = 'reason'
                and a.format in ('amazon_ledger_detail', 'walmart_inventory_log')
                and derived.fold(a.words[1]) like any(
                    array['receipt%', 'ship%', 'return%', 'customerreturn%', 'vendorreturn%', 'whsetransfer%']
                )
                then ''
            -- a promotion's description is the seller's own name for it, and a dispute's is free text
            when
                c.column_name = 'description'
                and (derived.fold(a.words[2]) = 'promotion' or derived.fold(a.words[1]) = 'dispute')
                and a.format in ('amazon_settlement_v2', 'walmart_reconciliation')
                then ''
            -- a reimbursement's description is its reason; any other description is free text
            when c.column_name = 'description' and a.format = 'amazon_finances'
                then substring(a.words[2] from '(?i)^FBA Inventory Reimbursement *-? *(.*)$')
            else a.words[c.place]
        end,
        case c.column_name when 'tracking_events' then ',' else e'\x1f' end
    ) as w (word)
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
