// What a checkout session sells, from inline prices.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { invalidParameter, notImitated } from '../server/api-error.ts';
import { readCurrency } from './amounts.ts';
import { mergeMetadata } from './metadata.ts';

export function buildLineItems(
  desk: Desk,
  given: Stripe.Checkout.SessionCreateParams.LineItem[],
): Stripe.LineItem[] {
  const items = given.map((item, at) => buildLineItem(desk, item, `line_items[${at}]`));
  const currencies = new Set(items.map((item) => item.currency));
  if (currencies.size > 1) {
    const message = 'All line items must have the same currency.';
    throw invalidParameter({ param: 'line_items', message });
  }
  return items;
}

function buildLineItem(
  desk: Desk,
  item: Stripe.Checkout.SessionCreateParams.LineItem,
  param: string,
): Stripe.LineItem {
  const data = item.price_data;
  if (!data) throw notImitated(`${param}[price]`);
  const quantity = item.quantity ?? 1;
  const unit = data.unit_amount;
  if (unit === undefined || data.product_data === undefined) {
    const missing = unit === undefined ? 'unit_amount' : 'product_data';
    const name = `${param}[price_data][${missing}]`;
    const message = `Missing required param: ${name}.`;
    throw invalidParameter({ param: name, code: 'parameter_missing', message });
  }
  const currency = readCurrency(data.currency, `${param}[price_data][currency]`);
  return {
    id: desk.id('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: unit * quantity,
    amount_tax: 0,
    amount_total: unit * quantity,
    currency,
    description: data.product_data.name,
    metadata: mergeMetadata({}, item.metadata),
    price: buildPrice(desk, { unit, currency }),
    quantity,
  };
}

function buildPrice(
  desk: Desk,
  { unit, currency }: { unit: number; currency: string },
): Stripe.Price {
  return {
    id: desk.id('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: desk.nowSeconds(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: desk.id('prod'),
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: unit,
    unit_amount_decimal: null,
  };
}
