// Pain: events that overtake each other. What they say is looked up, states only move forward, and a thread keeps its order.
import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { readChatMessage } from '../../lambdas/adapters/aws/chat-message.ts';
import { createChatQueue } from '../../lambdas/adapters/aws/chat-queue.ts';
import { readEvent } from '../../lambdas/adapters/stripe/read-event.ts';
import { handleEvent } from '../../lambdas/domain/chat/handle-event.ts';
import type { ProviderEvent } from '../../lambdas/domain/payments/ports.ts';
import { messageFrom } from '../builders/inbound-event.ts';
import { aDraft, annAndBob, aPaidPayment, moved } from '../builders/scenes.ts';
import { oneMug, openShopTown } from '../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../builders/shop-town/shop-buyer.ts';
import { openTownWorld } from '../builders/town/town-world.ts';

const threeAtOnce = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

describe('events of the provider', () => {
  it.each(threeAtOnce)(
    'end alike in the order %i, %i, %i (laravel/cashier-stripe#1201, stripe/stripe-cli#418, solidusio/solidus_stripe#189)',
    async (...order) => {
      const { town, ann, bob } = await annAndBob();
      const { payment } = await aPaidPayment({ town, ann, bob });
      town.holdEvents();
      const disputeId = town.provider.hands.openDispute(payment.id);
      town.provider.hands.closeDispute(disputeId, 'lost');
      const { intentId = '' } = payment.trail;
      const events: readonly ProviderEvent[] = [
        { kind: 'charge_changed', intentId },
        { kind: 'dispute_changed', disputeId },
        { kind: 'dispute_changed', disputeId },
      ];

      for (const at of order) await town.hint(events[at] ?? { kind: 'not_for_us', type: '' });

      expect((await town.paymentOf(ann)).state).toBe('lost');
      await town.checkBooks();
    },
  );

  it('are looked up, whatever their name says: “succeeded” about a charge that was refused (onetimesecret/onetimesecret#3692)', async () => {
    const scene = await annAndBob();
    const { town, ann } = await aDraft(scene, 'pm_card_chargeCustomerFail');
    town.holdEvents();
    town.provider.failNext('charge', 'lost_after');
    await ann.pays();
    const [intent] = [...town.provider.books.intents.values()];

    await town.hint(
      readEvent({ id: 'evt_1', type: 'payment_intent.succeeded', objectId: intent?.id ?? '' }),
    );

    expect((await town.paymentOf(ann)).state).toBe('declined');
    expect(moved(town)).toEqual([]);
  });

  it('about an attempt that failed do not overwrite the one that paid (202-ecommerce/stripe_official#78, 202-ecommerce/stripe_official#79)', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    await ann.buys({}, { keep: true });
    for (const instrument of town.provider.books.instruments.keys())
      town.provider.books.instruments.set(instrument, 'poor');
    const { id } = await ann.orders(oneMug);
    town.holdEvents();
    await ann.pressesPay(id, { by: 'saved_card' });
    const refused = [...town.provider.books.intents.values()].find(({ orderId }) => orderId === id);
    const again = await ann.pressesPay(id);
    if (again.kind !== 'redirect') throw new Error(again.kind);
    town.provider.hands.payAt(again.url);
    await town.letEventsIn('backwards');
    expect((await town.order(id)).state).toBe('paid');

    const about = { kind: 'charge_changed', intentId: refused?.id ?? '' } as const;
    await town.hint({ accountId: 'acct_joe', about });

    expect((await town.order(id)).state).toBe('paid');
    await town.checkBooks(true);
  });
});

describe('a thread', () => {
  it('is queued in the order in which it was written, though its first batch is the slowest (microsoft/BotFramework-Services#131, botpress/botpress#147)', async () => {
    const arrived: string[] = [];
    const client = new SQSClient({});
    const sqs = mockClient(client);
    sqs
      .on(SendMessageBatchCommand)
      .callsFake(async ({ Entries = [] }: SendMessageBatchCommandInput) => {
        const ids = Entries.map(({ MessageBody = '' }) => readChatMessage(MessageBody).id);
        // Those that were sent first are the last to arrive.
        for (let turns = ids.includes('m_0') ? 20 : 0; turns > 0; turns -= 1)
          await Promise.resolve();
        arrived.push(...ids);
        return { Successful: Entries.map(({ Id }) => ({ Id })) };
      });
    const written = Array.from({ length: 25 }, (_, at) => messageFrom('1', `m_${at}`));

    await createChatQueue(client, 'https://sqs.local/1/chat.fifo').put(written);

    expect(arrived).toEqual(written.map(({ id }) => id));
    const groups = sqs
      .commandCalls(SendMessageBatchCommand)
      .flatMap(({ args }) => args[0].input.Entries ?? [])
      .map(({ MessageGroupId }) => MessageGroupId);
    expect(new Set(groups).size).toBe(1);
  });

  it('hears what was decided first before what was decided later, also when Messenger stumbled (nextcloud/spreed#17226)', async () => {
    const town = openTownWorld({});
    const hello = messageFrom('1', 'm_hello', 'hello');
    town.nextSends.push({ kind: 'later', why: 'busy' });
    await expect(handleEvent(town.world, hello)).rejects.toMatchObject({
      reason: 'messenger_later',
    });
    expect(town.said.get('1')).toBeUndefined();

    town.time.nowMs += 60_000;
    await handleEvent(town.world, hello);

    const decided = await town.world.outbox.ofEvent('m_hello');
    expect(decided.length).toBeGreaterThan(1);
    expect(town.said.get('1')?.map(({ outboxId }) => outboxId)).toEqual(
      decided.map(({ id }) => id),
    );
  });
});
