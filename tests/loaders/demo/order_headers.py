"""The headers of the reports about orders and fees, as the marketplaces document or export them."""


def _with_tabs(header: str) -> str:
    return header.replace(",", "\t")


SETTLEMENT_V2 = (
    "settlement-id,settlement-start-date,settlement-end-date,deposit-date,total-amount,currency,transaction-type,"
    "order-id,merchant-order-id,adjustment-id,shipment-id,marketplace-name,amount-type,amount-description,amount,"
    "fulfillment-id,posted-date,posted-date-time,order-item-code,merchant-order-item-id,merchant-adjustment-item-id,sku,"
    "quantity-purchased,promotion-id"
)
ALL_ORDERS = (
    "amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,sales-channel,"
    "order-channel,ship-service-level,product-name,sku,asin,item-status,quantity,currency,item-price,item-tax,"
    "shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,item-promotion-discount,ship-promotion-discount,ship-city,"
    "ship-state,ship-postal-code,ship-country,promotion-ids,cpf,is-business-order,purchase-order-number,"
    "price-designation,signature-confirmation-recommended"
)
CUSTOMER_SHIPMENTS = (
    "shipment-date,sku,fnsku,asin,fulfillment-center-id,quantity,amazon-order-id,currency,item-price-per-unit,"
    "shipping-price,gift-wrap-price,ship-city,ship-state,ship-postal-code"
)
REPLACEMENTS = (
    "shipment-date,sku,asin,fulfillment-center-id,original-fulfillment-center-id,quantity,replacement-reason-code,"
    "replacement-amazon-order-id,original-amazon-order-id"
)
FEE_PREVIEW_US = (
    "sku,fnsku,asin,amazon-store,product-name,product-group,brand,fulfilled-by,your-price,sales-price,longest-side,"
    "median-side,shortest-side,length-and-girth,unit-of-dimension,item-package-weight,unit-of-weight,product-size-tier,"
    "currency,estimated-fee-total,estimated-referral-fee-per-unit,estimated-variable-closing-fee,"
    "estimated-order-handling-fee-per-order,estimated-pick-pack-fee-per-unit,estimated-weight-handling-fee-per-unit,"
    "expected-fulfillment-fee-per-unit,estimated-future-fee (Current Selling on Amazon + Future Fulfillment fees),"
    "estimated-future-order-handling-fee-per-order,estimated-future-pick-pack-fee-per-unit,"
    "estimated-future-weight-handling-fee-per-unit,expected-future-fulfillment-fee-per-unit"
)
FEE_PREVIEW_CA = (
    "sku,fnsku,asin,product-name,product-group,brand,fulfilled-by,your-price,sales-price,longest-side,median-side,"
    "shortest-side,length-and-girth,unit-of-dimension,item-package-weight,unit-of-weight,currency,estimated-fee-total,"
    "estimated-referral-fee-per-unit,estimated-variable-closing-fee,estimated-pick-pack-fee-per-unit,"
    "estimated-weight-handling-fee-per-unit"
)
FEE_PREVIEW_EU = (
    "sku,fnsku,asin,product-name,product-group,brand,fulfilled-by,has-local-inventory,your-price,sales-price,"
    "longest-side,median-side,shortest-side,length-and-girth,unit-of-dimension,item-package-weight,unit-of-weight,"
    "product-size-weight-band,currency,estimated-fee-total,estimated-referral-fee-per-unit,"
    "estimated-variable-closing-fee,expected-domestic-fulfilment-fee-per-unit,expected-efn-fulfilment-fee-per-unit-uk,"
    "expected-efn-fulfilment-fee-per-unit-de,expected-efn-fulfilment-fee-per-unit-fr,"
    "expected-efn-fulfilment-fee-per-unit-it,expected-efn-fulfilment-fee-per-unit-es,"
    "expected-efn-fulfilment-fee-per-unit-se"
)
REFERRAL_FEE_PREVIEW = "seller-sku,asin,item-name,price,estimated-referral-fee-per-item"

ORDER_HEADERS = {
    "settlement_v2": {_with_tabs(SETTLEMENT_V2)},
    "all_orders": {_with_tabs(ALL_ORDERS)},
    "fba_customer_shipments": {_with_tabs(CUSTOMER_SHIPMENTS)},
    "fba_replacements": {_with_tabs(REPLACEMENTS)},
    "fee_preview": {_with_tabs(FEE_PREVIEW_US), _with_tabs(FEE_PREVIEW_CA), _with_tabs(FEE_PREVIEW_EU)},
    "referral_fee_preview": {_with_tabs(REFERRAL_FEE_PREVIEW)},
}
"""By the beginning of the demo's file names."""
