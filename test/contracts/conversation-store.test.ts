// What every ConversationStore does: an event is handled once, with all its replies or with none.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Conversation, PendingQuestion } from '../../lambdas/domain/chat/conversation.ts';
import { outboxOf } from '../../lambdas/domain/chat/outbox.ts';
import type { HandledEvent } from '../../lambdas/domain/chat/ports.ts';
import { say } from '../../lambdas/domain/chat/reply.ts';
import type { Address } from '../../lambdas/domain/people/address.ts';
import type { Stores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { anAddress, nextNumber } from '../builders/people.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

const anEvent = (changes: Partial<HandledEvent> = {}): HandledEvent => ({
  eventId: `m_${nextNumber()}`,
  address: anAddress(),
  replies: [say('one'), say('two')],
  atMs: 1000,
  ...changes,
});

const first = ({ address }: HandledEvent, changes: Partial<Conversation> = {}): Conversation => ({
  address,
  version: 1,
  lastInboundAtMs: 1000,
  ...changes,
});

const wasHandled = async (stores: Stores, address: Address, eventId: string) =>
  (await stores.conversations.open(address, eventId)).wasHandled;

describe.each(storeKinds)('conversations %s', (kind) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores(kind);
  });

  it('keeps the event, its replies in order and the conversation together', async () => {
    const event = anEvent();
    expect(await stores.conversations.commit(event, first(event))).toBe('done');

    expect(await stores.conversations.of(event.address)).toEqual(first(event));
    expect(await wasHandled(stores, event.address, event.eventId)).toBe(true);
    const marked = {
      version: 1,
      to: event.address,
      state: 'sending',
      attempts: 1,
      atMs: 1000,
      lastAttemptAtMs: 1000,
    };
    expect(await stores.outbox.ofEvent(event.eventId)).toEqual([
      { id: `${event.eventId}:1`, reply: say('one'), ...marked },
      { id: `${event.eventId}:2`, reply: say('two'), ...marked },
    ]);
    expect(await stores.outbox.ofEvent(event.eventId)).toEqual(outboxOf(event));
  });

  it('handles an event once, also when the conversation has moved on since', async () => {
    const event = anEvent();
    await stores.conversations.commit(event, first(event));
    const again = { ...event, replies: [say('other words')] };

    expect(await stores.conversations.commit(again, first(event))).toBe('handled_before');
    expect(await stores.conversations.commit(again, first(event, { version: 2 }))).toBe(
      'handled_before',
    );
    expect(await stores.conversations.of(event.address)).toEqual(first(event));
    expect((await stores.outbox.ofEvent(event.eventId)).map(({ reply }) => reply)).toEqual(
      event.replies,
    );
  });

  it('lets one of twenty handle the same event', async () => {
    const event = anEvent();

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => stores.conversations.commit(event, first(event))),
    );

    expect(sorted(outcomes)).toEqual(['done', ...Array<string>(19).fill('handled_before')]);
  });

  it('writes nothing of an event when the conversation has moved on', async () => {
    const event = anEvent();
    await stores.conversations.commit(event, first(event));
    const late = anEvent({ address: event.address });

    expect(await stores.conversations.commit(late, first(late, { version: 1 }))).toBe('conflict');
    expect(await stores.conversations.commit(late, first(late, { version: 3 }))).toBe('conflict');
    expect(await wasHandled(stores, late.address, late.eventId)).toBe(false);
    expect(await stores.outbox.ofEvent(late.eventId)).toEqual([]);
  });

  it('tells where a conversation stands together with whether it has had an event', async () => {
    const event = anEvent();
    expect(await stores.conversations.open(event.address, event.eventId)).toEqual({
      wasHandled: false,
    });
    await stores.conversations.commit(event, first(event));

    expect(await stores.conversations.open(event.address, event.eventId)).toEqual({
      wasHandled: true,
      conversation: first(event),
    });
    expect(await stores.conversations.open(event.address, 'm_another')).toEqual({
      wasHandled: false,
      conversation: first(event),
    });
  });

  it('knows the threads that a Page’s people have, and no others', async () => {
    const pageId = `30${nextNumber()}`;
    const at = (psid: string, page = pageId) =>
      anEvent({ address: { pageId: page, psid }, replies: [] });
    const pending = { kind: 'with_the_shop' } as const;
    const commit = (event: HandledEvent, changes: Partial<Conversation>) =>
      stores.conversations.commit(event, first(event, changes));
    await commit(at('1'), { pending });
    await commit(at('2'), { pending: { ...pending, isStuck: true } });
    await commit(at('3'), {});
    await commit(at('4', `${pageId}0`), { pending });
    await commit(at('5'), { pending });
    await commit(at('5'), { version: 2 });

    const threads = await stores.conversations.withTheShop(pageId);
    expect(sorted(threads.map(({ address }) => address.psid))).toEqual(['1', '2']);
    expect(threads.find(({ address }) => address.psid === '2')?.pending).toEqual({
      ...pending,
      isStuck: true,
    });
    expect(await stores.conversations.withTheShop(`${pageId}1`)).toEqual([]);
  });

  it('does not take an event of one address for the same id at another', async () => {
    const event = anEvent();
    await stores.conversations.commit(event, first(event));

    expect(await wasHandled(stores, anAddress(), event.eventId)).toBe(false);
  });

  it.each<PendingQuestion>([
    {
      kind: 'which_person',
      intent: { purpose: 'send', note: 'lunch' },
      amount: { minor: 2000, currency: 'USD' },
      choices: ['per_1', 'per_2'],
    },
    {
      kind: 'which_amount',
      intent: { purpose: 'request' },
      readings: [
        { minor: 1234, currency: 'EUR' },
        { minor: 123400, currency: 'EUR' },
      ],
      who: 'bob',
    },
    {
      kind: 'which_purpose',
      amount: { minor: 500, currency: 'JPY' },
      note: 'tea',
      who: 'bob',
    },
    { kind: 'choose_handle' },
    { kind: 'accept_terms' },
    { kind: 'confirm_deletion' },
  ])('remembers the question $kind', async (pending) => {
    const event = anEvent();
    const asked = first(event, { pending, personId: 'per_1', claimCode: 'c0de' });
    await stores.conversations.commit(event, asked);

    expect(await stores.conversations.of(event.address)).toEqual(asked);
  });

  it.each([
    ['with any characters', 'm_#:~ \u0000 ☃ 😀/..'],
    ['longer than any key', `m_${'x'.repeat(4000)}`],
    ['that ends like a reply of another', 'm_other:1'],
  ])('knows an event by an id %s', async (_what, eventId) => {
    const event = anEvent({ eventId });
    expect(await stores.conversations.commit(event, first(event))).toBe('done');

    expect(await wasHandled(stores, event.address, eventId)).toBe(true);
    expect(await wasHandled(stores, event.address, `${eventId}x`)).toBe(false);
    const replies = await stores.outbox.ofEvent(eventId);
    expect(replies.map(({ reply }) => reply)).toEqual(event.replies);
    expect(await stores.outbox.get(replies[1]?.id ?? '')).toEqual(replies[1]);
  });

  it('keeps more than nine replies in their order', async () => {
    const replies = Array.from({ length: 12 }, (_, index) => say(`line ${index}`));
    const event = anEvent({ replies });
    await stores.conversations.commit(event, first(event));

    expect((await stores.outbox.ofEvent(event.eventId)).map(({ reply }) => reply)).toEqual(replies);
  });

  it('handles an event that is answered with nothing', async () => {
    const event = anEvent({ replies: [] });
    expect(await stores.conversations.commit(event, first(event))).toBe('done');

    expect(await stores.outbox.ofEvent(event.eventId)).toEqual([]);
    expect(await wasHandled(stores, event.address, event.eventId)).toBe(true);
  });
});
