-- law 3: one row per item whose units are not each in exactly one stage, or settled in kind
select
    a.code as account,
    i.currency,
    'item ' || i.item_id || ' has ' || i.units || ' units, its stages another number' as what
from derived.staged_item as i
inner join account as a on a.account_id = i.account_id
where
    i.units <> i.units_future + i.units_ready + i.units_review + i.units_in_case + i.units_claimed + i.units_expired
    + i.units_denied + i.units_reversed + i.units_in_kind
    or least(
        i.units_future, i.units_ready, i.units_review, i.units_in_case, i.units_claimed, i.units_expired,
        i.units_denied, i.units_reversed, i.units_in_kind
    ) < 0
