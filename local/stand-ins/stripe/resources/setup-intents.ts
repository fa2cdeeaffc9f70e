// Setup intents: saving a card for later, with 3-D Secure where the card asks for it.
import type Stripe from 'stripe';
import { judgeSave, type Refusal } from '../cards/judge-charge.ts';
import type { Desk } from '../desk.ts';
import {
  cardError,
  invalidParameter,
  noSuch,
  notPossible,
  type ApiError,
} from '../server/api-error.ts';
import type { SavedCard } from '../state.ts';
import { getCustomer } from './customers.ts';
import { idOf } from './id-of.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';
import { attach, cardOf, getCard, markSetUp } from './payment-methods.ts';

const CREATED_WITH = [
  ...(['customer', 'payment_method', 'usage', 'metadata', 'description', 'confirm'] as const),
  ...(['return_url', 'allowed_payment_method_types', 'automatic_payment_methods'] as const),
  ...(['payment_method_options', 'use_stripe_sdk'] as const),
];

export function createSetupIntent(
  desk: Desk,
  params: Stripe.SetupIntentCreateParams,
): Stripe.SetupIntent {
  onlyImitated(params, CREATED_WITH);
  if (params.customer !== undefined) getCustomer(desk, params.customer, 'customer');
  if (params.return_url !== undefined && params.confirm !== true) {
    const message = 'The parameter `return_url` cannot be passed unless `confirm` is set to true.';
    throw invalidParameter({ param: 'return_url', message });
  }
  const intent = buildSetupIntent(desk, params);
  desk.shelves.setupIntents.put(intent.id, intent);
  desk.emit('setup_intent.created', intent);
  return params.confirm === true ? confirm(desk, intent, params.return_url) : intent;
}

function buildSetupIntent(desk: Desk, params: Stripe.SetupIntentCreateParams): Stripe.SetupIntent {
  const id = desk.id('seti');
  const method = params.payment_method
    ? getCard(desk, params.payment_method, 'payment_method').method.id
    : null;
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    application: null,
    automatic_payment_methods: params.allowed_payment_method_types
      ? null
      : (params.automatic_payment_methods ?? { enabled: true, allow_redirects: 'always' }),
    cancellation_reason: null,
    client_secret: `${id}_${desk.id('secret')}`,
    created: desk.nowSeconds(),
    customer: params.customer ?? null,
    description: params.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: mergeMetadata({}, params.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: method,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: method === null ? 'requires_payment_method' : 'requires_confirmation',
    usage: params.usage ?? 'off_session',
  };
}

export function confirmSetupIntent(
  desk: Desk,
  id: string,
  params: Stripe.SetupIntentConfirmParams,
): Stripe.SetupIntent {
  onlyImitated(params, ['payment_method', 'return_url', 'use_stripe_sdk']);
  const intent = getSetupIntent(desk, id);
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw wrongState(intent);
  const method = params.payment_method
    ? getCard(desk, params.payment_method, 'payment_method').method.id
    : intent.payment_method;
  return confirm(desk, { ...intent, payment_method: method }, params.return_url);
}

function wrongState(intent: Stripe.SetupIntent) {
  return notPossible({
    code: 'setup_intent_unexpected_state',
    message: `You cannot confirm this SetupIntent because it has a status of ${intent.status}.`,
  });
}

function confirm(
  desk: Desk,
  intent: Stripe.SetupIntent,
  returnUrl: string | undefined,
): Stripe.SetupIntent {
  const id = idOf(intent.payment_method);
  if (id === '') {
    throw notPossible({
      code: 'setup_intent_unexpected_state',
      message: "You cannot confirm this SetupIntent because it's missing a payment method.",
    });
  }
  const result = attemptSetup(desk, { intent, saved: getCard(desk, id) }, { returnUrl });
  if (result.error) throw result.error;
  return result.intent;
}

export interface SetupResult {
  intent: Stripe.SetupIntent;
  error: ApiError | undefined;
}

/** Tries to save `saved` for the intent: it succeeds, is declined, or is sent to 3-D Secure. */
export function attemptSetup(
  desk: Desk,
  { intent, saved }: { intent: Stripe.SetupIntent; saved: SavedCard },
  manner: { returnUrl: string | undefined; authenticated?: boolean },
): SetupResult {
  const verdict = judgeSave(cardOf(saved), manner.authenticated === true);
  switch (verdict.is) {
    case 'approved':
      return { intent: succeed(desk, intent, saved), error: undefined };
    case 'refused':
      return refuse(desk, { intent, saved }, verdict.refusal);
    case 'needs_authentication':
      return { intent: askForAction(desk, { intent, saved }, manner.returnUrl), error: undefined };
  }
}

function keep(desk: Desk, intent: Stripe.SetupIntent): Stripe.SetupIntent {
  desk.shelves.setupIntents.put(intent.id, intent);
  return intent;
}

function succeed(desk: Desk, intent: Stripe.SetupIntent, saved: SavedCard): Stripe.SetupIntent {
  const customer = idOf(intent.customer);
  const attached = customer === '' ? saved : attach(desk, saved, customer);
  if (intent.usage === 'off_session') markSetUp(desk, attached);
  const done = keep(desk, {
    ...intent,
    last_setup_error: null,
    next_action: null,
    payment_method: saved.method.id,
    status: 'succeeded',
  });
  desk.emit('setup_intent.succeeded', done);
  return done;
}

function refuse(
  desk: Desk,
  { intent, saved }: { intent: Stripe.SetupIntent; saved: SavedCard },
  { blocked: _radarOnly, ...said }: Refusal,
): SetupResult {
  const failed = keep(desk, {
    ...intent,
    last_setup_error: { type: 'card_error', ...said, payment_method: saved.method },
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  desk.emit('setup_intent.setup_failed', failed);
  const error = cardError({ ...said, setup_intent: failed, payment_method: saved.method });
  return { intent: failed, error };
}

function askForAction(
  desk: Desk,
  { intent, saved }: { intent: Stripe.SetupIntent; saved: SavedCard },
  returnUrl: string | undefined,
): Stripe.SetupIntent {
  const url = desk.pageUrl(`/3ds/${intent.id}?key=${intent.client_secret}`);
  const asked = keep(desk, {
    ...intent,
    next_action:
      returnUrl === undefined
        ? { type: 'use_stripe_sdk', use_stripe_sdk: {} }
        : { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } },
    payment_method: saved.method.id,
    status: 'requires_action',
  });
  desk.emit('setup_intent.requires_action', asked);
  return asked;
}

/** What the customer did on the 3-D Secure page; undefined when nothing was waiting for it. */
export function finishSetupAuthentication(
  desk: Desk,
  id: string,
  passed: boolean,
): Stripe.SetupIntent | undefined {
  const intent = desk.shelves.setupIntents.get(id);
  if (intent?.status !== 'requires_action') return undefined;
  const saved = getCard(desk, idOf(intent.payment_method));
  if (passed) {
    return attemptSetup(desk, { intent, saved }, { returnUrl: undefined, authenticated: true })
      .intent;
  }
  const message =
    'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this SetupIntent again.';
  return refuse(desk, { intent, saved }, { code: 'setup_intent_authentication_failure', message })
    .intent;
}

export function cancelSetupIntent(desk: Desk, id: string): Stripe.SetupIntent {
  const intent = getSetupIntent(desk, id);
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw wrongState(intent);
  const canceled = keep(desk, { ...intent, next_action: null, status: 'canceled' });
  desk.emit('setup_intent.canceled', canceled);
  return canceled;
}

export function getSetupIntent(desk: Desk, id: string): Stripe.SetupIntent {
  const intent = desk.shelves.setupIntents.get(id);
  if (!intent) throw noSuch('setupintent', id);
  return intent;
}

export function listSetupIntents(desk: Desk, params: Stripe.SetupIntentListParams) {
  onlyImitated(params, ['limit', 'starting_after', 'ending_before', 'created', 'customer']);
  const fitting = desk.shelves.setupIntents
    .all()
    .filter((each) => params.customer === undefined || each.customer === params.customer);
  return listPage(fitting, params, '/v1/setup_intents');
}
