// What every OutboxStore does: one sender at a time, an echo settles it, and words go once they are said.
import { beforeAll, describe, expect, it } from 'vitest';
import { outboxId } from '../../lambdas/domain/chat/outbox.ts';
import type { OutboxItem, OutboxStore } from '../../lambdas/domain/chat/ports.ts';
import { type Reply, say } from '../../lambdas/domain/chat/reply.ts';
import { anAddress, nextNumber } from '../builders/people.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

const anItem = (changes: Partial<OutboxItem> = {}): OutboxItem => ({
  id: `m_${nextNumber()}:1`,
  version: 1,
  to: anAddress(),
  state: 'waiting',
  reply: say('hello'),
  attempts: 0,
  atMs: 1000,
  ...changes,
});

const price = { minor: 2000, currency: 'USD' } as const;
const utility = { name: 'payment_update', parameters: ['$20', 'Bob'] } as const;

describe.each(storeKinds)('the outbox %s', (kind) => {
  let outbox: OutboxStore;
  beforeAll(async () => {
    ({ outbox } = await openStores(kind));
  });

  it.each<Reply>([
    { kind: 'text', text: '👋🏽 مرحبا', quickReplies: [{ title: 'Yes', payload: 'yes' }], utility },
    {
      kind: 'buttons',
      text: 'Pay?',
      buttons: [
        { kind: 'link', title: 'Pay', url: 'https://example.com/pay/x' },
        { kind: 'action', title: 'Cancel', payload: 'cancel pay_1' },
      ],
    },
    { kind: 'cards', cards: [{ title: 'Lunch', subtitle: '$20', buttons: [] }] },
    {
      kind: 'receipt',
      receipt: {
        recipientName: 'Ann',
        orderNumber: 'pay_1:payer',
        paymentMethod: 'Visa 4242',
        atMs: 1,
        lines: [{ title: 'To Bob', subtitle: 'lunch', price }],
        total: price,
      },
      utility,
    },
  ])('keeps a reply of kind $kind', async (reply) => {
    const item = anItem({ reply, lastAttemptAtMs: 5, messageId: 'm_1', why: 'because' });
    expect(await outbox.save(item)).toBe('saved');

    expect(await outbox.get(item.id)).toEqual(item);
  });

  it('lets one of twenty take a bubble to send it', async () => {
    const item = anItem();
    await outbox.save(item);
    const sending: OutboxItem = { ...item, version: 2, state: 'sending', attempts: 1 };

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outbox.save(sending)));

    expect(sorted(outcomes)).toEqual([...Array<string>(19).fill('conflict'), 'saved']);
  });

  it('makes an announcement once', async () => {
    const item = anItem({ id: outboxId('pay_1:3:per_bob', nextNumber()) });

    expect(await outbox.save(item)).toBe('saved');
    expect(await outbox.save({ ...item, reply: say('again') })).toBe('conflict');
    expect((await outbox.get(item.id))?.reply).toEqual(say('hello'));
  });

  it('drops the words once they are said', async () => {
    const item = anItem();
    await outbox.save(item);
    const sent: OutboxItem = { ...item, version: 2, state: 'sent', messageId: 'm_1' };
    expect(await outbox.save(sent)).toBe('saved');

    const { reply: _gone, ...kept } = sent;
    expect(await outbox.get(item.id)).toEqual(kept);
  });

  it('takes an echo as proof, whatever the state was', async () => {
    const item = anItem({ state: 'doubtful', why: 'timed out' });
    await outbox.save(item);
    await outbox.confirm(item.id, 'm_echo');

    const confirmed = await outbox.get(item.id);
    expect(confirmed).toMatchObject({ state: 'sent', messageId: 'm_echo', version: 2 });
    expect(confirmed?.reply).toBeUndefined();
  });

  it('refuses a sender who did not see the echo', async () => {
    const item = anItem({ state: 'sending' });
    await outbox.save(item);
    await outbox.confirm(item.id, 'm_echo');

    expect(await outbox.save({ ...item, version: 2, state: 'doubtful' })).toBe('conflict');
  });

  it('takes an echo twice for one, and ignores one of nothing', async () => {
    const item = anItem();
    await outbox.save(item);
    await outbox.confirm(item.id, 'm_echo');
    await outbox.confirm(item.id, 'm_other');
    await outbox.confirm('m_unknown:1', 'm_echo');
    await outbox.confirm('', 'm_echo');

    expect(await outbox.get(item.id)).toMatchObject({ messageId: 'm_echo', version: 2 });
    expect(await outbox.get('m_unknown:1')).toBeUndefined();
    expect(await outbox.get('')).toBeUndefined();
  });

  it('holds the bubbles of one announcement together, apart from those of others', async () => {
    const group = `pay_${nextNumber()}:3:per_bob`;
    for (const position of [2, 1, 10]) {
      await outbox.save(anItem({ id: outboxId(group, position) }));
    }
    await outbox.save(anItem({ id: outboxId(`${group}x`, 1) }));

    expect((await outbox.ofEvent(group)).map(({ id }) => id)).toEqual(
      [1, 2, 10].map((position) => outboxId(group, position)),
    );
  });
});
