// Pain: nothing runs without an account, credentials or a webhook forwarder, and mocks remember nothing. Here all of it does.
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { puppetAssembly } from '../local/cloud/puppet-assembly.ts';
import { type PuppetCloud, startPuppetCloud } from '../local/cloud/puppet-cloud.ts';
import { until } from '../builders/until.ts';
import {
  errorOf,
  openStreet,
  pay,
  SECRET,
  type Street,
} from '../local/stand-ins/stripe/stripe-street.ts';

describe('the synthesized app', () => {
  let puppets: PuppetCloud;
  beforeAll(async () => {
    for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_')))
      vi.stubEnv(name, undefined);
    const assemblyDir = await puppetAssembly();
    puppets = await startPuppetCloud({ assemblyDir, dynamoDbUrl: inject('dynamoDbUrl') });
  });
  afterAll(() => puppets.close());

  it('runs on one machine: nobody asks for credentials, an account or a network (anomalyco/sst#1655, aws/aws-cdk#24522, aws/aws-pdk#599, dherault/serverless-offline#461)', async () => {
    puppets.cloud
      .queue('chat.fifo')
      .send({ body: 'hello', attributes: {}, groupId: 'ann', deduplicationId: '1' });

    await puppets.cloud.idle();

    const [call] = puppets.calls('chat-worker');
    expect(call?.event.Records[0]?.body).toBe('hello');
  });
});

describe('the stand-in for Stripe', () => {
  let street: Street;
  beforeAll(async () => {
    street = await openStreet();
  });
  afterAll(() => street.close());

  it('remembers what was made, and changes with it (stripe/stripe-mock#19, pushplay/stripe-stateful-mock#10)', async () => {
    const intent = await pay(street.stripe, 'pm_card_visa', 1234);
    await street.stripe.refunds.create({ payment_intent: intent.id, amount: 234 });

    const read = await street.stripe.paymentIntents.retrieve(intent.id, {
      expand: ['latest_charge'],
    });

    expect(read).toMatchObject({ amount: 1234, latest_charge: { amount_refunded: 234 } });
  });

  it('sends its webhooks by itself, signed, and has cards that fail (stripe/stripe-mock#16, Paymenter/Paymenter#1260)', async () => {
    const intent = await pay(street.stripe);
    const told = await until(() =>
      street.received.find(
        ({ type, body }) => type === 'payment_intent.succeeded' && body.includes(intent.id),
      ),
    );
    const event = Stripe.webhooks.constructEvent(told.body, told.signature, SECRET);
    expect(event.data.object).toMatchObject({ id: intent.id });

    const refused = await errorOf(pay(street.stripe, 'pm_card_chargeDeclinedInsufficientFunds'));
    expect(refused.code).toBe('card_declined');
  });

  it('takes a load: thirty charges at once, each counted once (stripe/stripe-mock#369, stripe/stripe-mock#262)', async () => {
    const intents = await Promise.all(Array.from({ length: 30 }, () => pay(street.stripe)));

    expect(new Set(intents.map(({ id }) => id)).size).toBe(30);
    expect(new Set(intents.map(({ status }) => status))).toEqual(new Set(['succeeded']));
  });
});
