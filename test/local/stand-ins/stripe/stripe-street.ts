// A stand-in for Stripe that is up, the real SDK pointed at it, and an endpoint that takes its webhooks.
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Stripe } from 'stripe';
import { createLocalClock, type LocalClock } from '../../../../local/clock.ts';
import { openDurable } from '../../../../local/durable.ts';
import { idOf } from '../../../../local/stand-ins/stripe/resources/id-of.ts';
import { startStripeStandIn } from '../../../../local/stand-ins/stripe/stripe-stand-in.ts';
import { portOf } from '../../../builders/local-server.ts';

export const SECRET = 'whsec_local';

export interface Received {
  body: string;
  signature: string;
  type: string;
  id: string;
}

export interface Street {
  stripe: Stripe;
  clock: LocalClock;
  url: string;
  port: number;
  received: Received[];
  /** How the endpoint answers from now on. */
  answerWith(status: number): void;
  /** Knocks at the control door: a POST when there is a body. */
  door<T = Record<string, unknown>>(path: string, body?: object): Promise<T>;
  /** Types of the received events, oldest first. */
  types(): string[];
  sdk(options?: Stripe.StripeConfig): Stripe;
  close(): Promise<void>;
}

export async function openStreet(directory?: string): Promise<Street> {
  const received: Received[] = [];
  let status = 200;
  const endpoint = createServer((request, response) => {
    void receive(request).then((each) => {
      received.push(each);
      return response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, resolve));
  const endpointPort = portOf(endpoint);
  const clock = createLocalClock();
  const durable = openDurable(directory, 'stripe');
  const standIn = await startStripeStandIn({
    port: 0,
    clock,
    durable,
    secretKeys: ['sk_test_local'],
    webhook: { url: `http://localhost:${endpointPort}/webhooks/stripe`, secret: SECRET },
  });
  const sdk = (options: Stripe.StripeConfig = {}) => sdkFor(standIn.port, options);
  return {
    stripe: sdk(),
    clock,
    url: standIn.url,
    port: standIn.port,
    received,
    answerWith: (next) => void (status = next),
    door: (path, body) => knock(`${standIn.url}/_stand-in${path}`, body),
    types: () => received.map((each) => each.type),
    sdk,
    async close() {
      await standIn.close();
      durable.close();
      endpoint.closeAllConnections();
      await new Promise((resolve) => endpoint.close(resolve));
    },
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const body = await text(request);
  const { type, id }: { type: string; id: string } = JSON.parse(body);
  return { body, type, id, signature: String(request.headers['stripe-signature']) };
}

function sdkFor(port: number, options: Stripe.StripeConfig): Stripe {
  return new Stripe('sk_test_local', {
    host: 'localhost',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    ...options,
  });
}

async function knock<T>(url: string, body: object | undefined): Promise<T> {
  const how = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(url, how);
  const answer: T = JSON.parse(await response.text());
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

/** The error that the SDK threw; fails when it threw none. */
export async function errorOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('the call went well, and it must not');
}

/** A customer, charged `amount` cents on the card behind `token`. */
export async function pay(stripe: Stripe, token = 'pm_card_visa', amount = 2000) {
  const customer = await stripe.customers.create();
  return stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    customer: customer.id,
    payment_method: token,
    confirm: true,
    off_session: true,
  });
}

/** The id of a paid intent's charge. */
export function chargeOf(intent: Stripe.PaymentIntent): string {
  return idOf(intent.latest_charge);
}

/** A recipient account, able to be paid unless told otherwise. */
export async function recipient(street: Street, active = true) {
  const account = await street.stripe.v2.core.accounts.create({
    contact_email: 'bob@example.com',
    dashboard: 'express',
    identity: { country: 'us', entity_type: 'individual' },
    configuration: {
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
    defaults: {
      responsibilities: { fees_collector: 'application', losses_collector: 'application' },
    },
  });
  if (active) await street.door(`/accounts/${account.id}/activate`, {});
  return account.id;
}

/** A shop's own account, which takes cards unless told otherwise. */
export async function merchant(street: Street, active = true) {
  const account = await street.stripe.v2.core.accounts.create({
    dashboard: 'full',
    identity: { country: 'us' },
    configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
    defaults: { responsibilities: { fees_collector: 'stripe', losses_collector: 'stripe' } },
  });
  if (active) await street.door(`/accounts/${account.id}/activate`, {});
  return account.id;
}
