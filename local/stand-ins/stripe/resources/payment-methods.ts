// Saved cards: made from test cards, attached to customers, detached, listed.
import type Stripe from 'stripe';
import { createHash } from 'node:crypto';
import { judgeSave } from '../cards/judge-charge.ts';
import { findTestCard, findTestCardByToken, type TestCard } from '../cards/test-cards.ts';
import type { Desk } from '../desk.ts';
import { cardError, invalidParameter, noSuch, notPossible } from '../server/api-error.ts';
import type { SavedCard } from '../state.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';

/** A fresh payment method for that test card, attached to nobody. */
export function mintPaymentMethod(desk: Desk, card: TestCard): SavedCard {
  const method: Stripe.PaymentMethod = {
    id: desk.id('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: cardFace(card, desk),
    created: desk.nowSeconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
  return keep(desk, { method, number: card.number, setUp: false, spent: false });
}

function cardFace(card: TestCard, desk: Desk): Stripe.PaymentMethod.Card {
  const year = new Date(desk.nowMs()).getUTCFullYear();
  return {
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'unchecked' },
    country: 'US',
    display_brand: card.brand,
    exp_month: 12,
    exp_year: year + 4,
    fingerprint: createHash('sha256').update(card.number).digest('hex').slice(0, 16),
    funding: card.funding ?? 'credit',
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function keep(desk: Desk, saved: SavedCard): SavedCard {
  desk.shelves.cards.put(saved.method.id, saved);
  return saved;
}

/** The saved card of that id; `pm_card_…` tokens make a fresh one each time, as Stripe's do. */
export function getCard(desk: Desk, id: string, param?: string): SavedCard {
  const token = findTestCardByToken(id);
  if (token) return mintPaymentMethod(desk, token);
  const saved = desk.shelves.cards.get(id);
  if (!saved) throw noSuch('PaymentMethod', id, param);
  return saved;
}

/** The card, if an intent of `customer` may charge it: a saved card pays for its own customer only. */
export function getUsableCard(desk: Desk, id: string, customer: unknown): SavedCard {
  const saved = getCard(desk, id, 'payment_method');
  if (saved.spent) throw spentCard();
  const owner = saved.method.customer;
  if (owner === null || owner === customer) return saved;
  throw notPossible({
    param: 'payment_method',
    code: 'resource_missing',
    message: `PaymentMethods that have been attached to a customer can only be used with that customer: the customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
  });
}

export function cardOf(saved: SavedCard): TestCard {
  const card = findTestCard(saved.number);
  if (!card) throw new Error(`${saved.number} is no test card`);
  return card;
}

export function createPaymentMethod(desk: Desk, params: Stripe.PaymentMethodCreateParams) {
  onlyImitated(params, ['type', 'card', 'metadata', 'allow_redisplay', 'billing_details']);
  if (params.card?.number !== undefined) {
    throw invalidParameter({
      message:
        'Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that map to the test card you are using, see https://docs.stripe.com/testing.',
    });
  }
  const token = params.card?.token ?? '';
  const card = findTestCardByToken(token.replace(/^tok_/, 'pm_card_'));
  if (!card) throw noSuch('token', token, 'card[token]');
  const minted = mintPaymentMethod(desk, card);
  const method = { ...minted.method, metadata: mergeMetadata({}, params.metadata) };
  return keep(desk, { ...minted, method }).method;
}

export function attachPaymentMethod(
  desk: Desk,
  id: string,
  params: Stripe.PaymentMethodAttachParams,
): Stripe.PaymentMethod {
  onlyImitated(params, ['customer']);
  const customer = params.customer ?? '';
  if (customer === '') {
    const message = 'Missing required param: customer.';
    throw invalidParameter({ param: 'customer', code: 'parameter_missing', message });
  }
  if (!desk.shelves.customers.get(customer)) throw noSuch('customer', customer, 'customer');
  const saved = getCard(desk, id);
  checkAttachable(saved, customer);
  if (saved.method.customer === customer) return saved.method;
  const verdict = judgeSave(cardOf(saved), true);
  if (verdict.is === 'refused') throw cardError({ ...verdict.refusal });
  return attach(desk, saved, customer).method;
}

function checkAttachable(saved: SavedCard, customer: string): void {
  if (saved.spent) throw spentCard();
  if (saved.method.customer !== null && saved.method.customer !== customer) {
    throw notPossible({
      code: 'payment_method_unexpected_state',
      message:
        'The payment method you provided has already been attached to a customer. It cannot be attached to another.',
    });
  }
}

/** Ties the card to the customer, whatever its verdict was. */
export function attach(desk: Desk, saved: SavedCard, customer: string): SavedCard {
  if (saved.method.customer === customer) return saved;
  const attached = keep(desk, { ...saved, method: { ...saved.method, customer } });
  desk.emit('payment_method.attached', attached.method);
  return attached;
}

/** Remembers that the card passed 3-D Secure for charges without the customer. */
export function markSetUp(desk: Desk, saved: SavedCard): SavedCard {
  return keep(desk, { ...saved, setUp: true });
}

/** A card that pays without a customer pays once. */
export function spendIfLoose(desk: Desk, saved: SavedCard): void {
  if (saved.method.customer === null) keep(desk, { ...saved, spent: true });
}

function spentCard() {
  return notPossible({
    param: 'payment_method',
    message:
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
  });
}

export function detachPaymentMethod(desk: Desk, id: string): Stripe.PaymentMethod {
  const saved = getCard(desk, id);
  if (saved.method.customer === null) {
    const message =
      'The payment method you provided is not attached to a customer so detachment is impossible.';
    throw notPossible({ message });
  }
  const method = { ...saved.method, customer: null };
  keep(desk, { ...saved, method, spent: true });
  desk.emit('payment_method.detached', method, saved.method);
  return method;
}

export function updatePaymentMethod(
  desk: Desk,
  id: string,
  params: Stripe.PaymentMethodUpdateParams,
): Stripe.PaymentMethod {
  onlyImitated(params, ['metadata', 'allow_redisplay']);
  const saved = getCard(desk, id);
  const method = {
    ...saved.method,
    metadata: mergeMetadata(saved.method.metadata ?? {}, params.metadata),
    ...(params.allow_redisplay && { allow_redisplay: params.allow_redisplay }),
  };
  keep(desk, { ...saved, method });
  desk.emit('payment_method.updated', method, saved.method);
  return method;
}

export function listPaymentMethods(desk: Desk, params: Stripe.PaymentMethodListParams) {
  onlyImitated(params, ['limit', 'starting_after', 'ending_before', 'customer', 'type']);
  return cardsOf(desk, params.customer, { params, url: '/v1/payment_methods' });
}

export function listCustomerPaymentMethods(
  desk: Desk,
  customer: string,
  params: Stripe.CustomerListPaymentMethodsParams,
) {
  onlyImitated(params, ['limit', 'starting_after', 'ending_before', 'type', 'allow_redisplay']);
  if (!desk.shelves.customers.get(customer)) throw noSuch('customer', customer);
  return cardsOf(desk, customer, { params, url: `/v1/customers/${customer}/payment_methods` });
}

function cardsOf(
  desk: Desk,
  customer: string | undefined,
  { params, url }: { params: { type?: string } & Stripe.PaginationParams; url: string },
) {
  const methods = desk.shelves.cards.all().map((saved) => saved.method);
  const fitting = methods.filter(
    (method) =>
      customer !== undefined &&
      method.customer === customer &&
      (params.type === undefined || params.type === 'card'),
  );
  return listPage(fitting, params, url);
}
