-- one row per adjustment that booked units as lost in the warehouse
with lost as (
    select a.*, w.meaning as state
    from adjustment as a
    left join report_word as w
        on w.channel = a.channel and w.subject = 'disposition' and w.word = derived.fold(a.disposition)
    where a.account_id = :account_id and a.meaning = 'lost'
),

unseen as (
    -- the ledger is not covered since the loss, so a find of its units may be missing
    select l.account_id, l.row_id, min(h.gap) as gap
    from lost as l
    inner join marketplace as m on m.marketplace = l.marketplace
    inner join newest as n on n.account_id = l.account_id and n.channel = l.channel
    inner join hole as h
        on
            h.account_id = l.account_id
            and h.channel = l.channel
            and h.report = 'ledger'
            and h.region = m.region
            and h.hole_from <= n.newest_of_account - 7
            and h.hole_through >= l.event_on
    where l.event_on <= n.newest_of_account - 7
    group by l.account_id, l.row_id
)

select
    l.account_id,
    l.row_id,
    l.channel,
    l.marketplace,
    l.event_on,
    l.sku,
    l.fnsku,
    l.asin,
    l.gtin,
    -l.quantity as units,
    -- where both quantities are given and do not add up to the units, ignore both
    case
        when l.reconciled is null or l.reconciled + abs(l.unreconciled) = -l.quantity then abs(l.unreconciled)
    end as most_open,
    case
        when l.doubt <> '' then l.doubt
        -- not eligible, or already the marketplace's own (help G200213130)
        when l.channel = 'amazon' and l.disposition <> '' and l.state is distinct from 'sellable'
            then concat_ws(e'\x1f', 'unsellable_lost', l.disposition)
        when u.gap is not null then 'finds_not_covered' || e'\x1f' || u.gap
        else ''
    end as doubt
from lost as l
left join unseen as u on u.account_id = l.account_id and u.row_id = l.row_id
