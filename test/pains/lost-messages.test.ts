// Pain: a message that only looks sent, events of a batch that vanish, webhooks that never come. Nothing is lost in silence.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraphClient } from '../../lambdas/adapters/messenger/graph-client.ts';
import { readWebhook } from '../../lambdas/adapters/messenger/read-webhook.ts';
import { createMessenger } from '../../lambdas/adapters/messenger/send-reply.ts';
import { say } from '../../lambdas/domain/chat/reply.ts';
import { handleEvent } from '../../lambdas/domain/chat/handle-event.ts';
import { refundOrder } from '../../lambdas/domain/orders/refund-order.ts';
import { messageFrom } from '../builders/inbound-event.ts';
import { json, type LocalServer, startLocalServer } from '../builders/local-server.ts';
import { entryOf, events, sentAtMs } from '../builders/messenger-events.ts';
import {
  aDraft,
  aHeldPayment,
  annAndBob,
  dayMs,
  hourMs,
  minuteMs,
  moved,
} from '../builders/scenes.ts';
import { oneMug, openShopTown } from '../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../builders/shop-town/shop-buyer.ts';
import { openTownWorld } from '../builders/town/town-world.ts';

describe('an expired page token', () => {
  let graph: LocalServer;
  beforeEach(async () => {
    const error = { message: 'Session has expired', code: 190, error_subcode: 463 };
    graph = await startLocalServer(json(400, { error }));
  });
  afterEach(() => graph.close());

  it('is no “sent”: it stops the page, for the operator to hear of (chatwoot/chatwoot#2037, chatwoot/chatwoot#9708)', async () => {
    const messenger = createMessenger(
      createGraphClient({
        apiUrl: graph.url,
        clock: { now: () => sentAtMs },
        timeoutMs: 5000,
        credentialsOf: async () => ({ pageToken: 'old', appSecret: 'secret' }),
      }),
    );
    const to = { pageId: '1000', psid: '1' };
    const request = { to, reply: say('Hello'), outboxId: 'm_1:1', isWindowOpen: true };

    expect(await messenger.send(request)).toMatchObject({
      kind: 'stopped',
      why: expect.stringContaining('token_invalid'),
    });
  });

  it('leaves the words waiting, and they are said once the token is renewed (chatwoot/chatwoot#2038, chatwoot/chatwoot#4415)', async () => {
    const town = openTownWorld({});
    const hello = messageFrom('1', 'm_hello', 'hello');
    town.nextSends.push({ kind: 'stopped', why: 'token_invalid 190/463' });
    await expect(handleEvent(town.world, hello)).rejects.toMatchObject({
      reason: 'messenger_later',
    });
    const states = async () =>
      (await town.world.outbox.ofEvent('m_hello')).map(({ state }) => state);
    expect(await states()).not.toContain('sent');

    town.time.nowMs += hourMs;
    await handleEvent(town.world, hello);

    expect(new Set(await states())).toEqual(new Set(['sent']));
  });
});

it('each event of a batched delivery is read, a broken one among them costs nobody else (mathew-kurian/FacebookMessengerBot.js#21)', () => {
  const body = {
    object: 'page',
    entry: [
      entryOf(events.text('one', 'm_1'), { message: 5 }, events.text('two', 'm_2')),
      entryOf(events.text('three', 'm_3')),
    ],
  };

  const reading = readWebhook(Buffer.from(JSON.stringify(body)), sentAtMs);

  const ids = reading.kind === 'read' ? reading.events.map(({ id }) => id) : [];
  expect(ids).toEqual(['m_1', 'm_2', 'm_3']);
});

describe('without a single webhook', () => {
  it('a payment comes to its end: charged, paid out, both told (stripe/stripe-node#450, wasp-lang/open-saas#198)', async () => {
    const { town, ann, bob } = await aDraft(await annAndBob());
    town.holdEvents();
    town.provider.failNext('charge', 'lost_after');
    await ann.pays();

    await town.untilNothingIsDue();

    expect(moved(town)).toEqual(['charge', 'payout']);
    expect(ann.heard()).toContain('Bob got your $20.00.');
    expect(bob.heard().join(' ')).toContain('$20.00');
    await town.checkBooks();
  });

  it('a slow refund is found to be done (strangerstudios/paid-memberships-pro#889)', async () => {
    const { town, ann } = await aHeldPayment(await annAndBob(), 'pm_card_pendingRefund');
    town.holdEvents();
    await ann.taps('Undo');
    const { refundId = '' } = (await town.paymentOf(ann)).trail;
    town.provider.hands.endRefund(refundId, true);

    await town.later(dayMs);
    await town.later(dayMs);

    expect((await town.paymentOf(ann)).state).toBe('refunded');
  });

  it('an order is paid, refunded and its dispute followed, by looking (Subscribie/subscribie#1386, stripe/stripe-cli#214, vm0-ai/vm0#28108)', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    town.holdEvents();
    const { id } = await ann.buys(oneMug);
    expect((await town.order(id)).state).toBe('awaiting_payment');

    for (let hours = 0; hours < 2; hours += 1) await town.later(40 * minuteMs);
    expect((await town.order(id)).state).toBe('paid');

    const amount = { minor: 500, currency: 'USD' } as const;
    const reason = 'requested_by_customer';
    await refundOrder(town.world, { orderId: id, amount, reason, madeBy: 'm_1' });
    await town.later(minuteMs);
    expect((await town.order(id)).refunds).toMatchObject([{ state: 'done', amount }]);
    await town.checkBooks(true);
  });
});
