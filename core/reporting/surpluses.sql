-- one row per surplus: units found, received, returned or claimed in a case that match nothing, or an unmatched payment.
-- `units_matched` of its units put open units of the same goods into Review; only a payment has an `amount`
create view reporting.surpluses with (security_invoker = true) as
select
    a.code as account,
    s.marketplace,
    s.kind,
    s.happened_on,
    s.sku,
    s.fnsku,
    s.order_id,
    s.shipment_id,
    s.case_id,
    s.units,
    s.units_matched,
    case when s.currency <> '' then s.amount end as amount,
    s.currency
from surplus as s
inner join account as a on a.account_id = s.account_id
