// Pain: two messages at once, two Lambdas, one session overwritten. Here a conversation has a version, and nothing said is lost.
import { describe, expect, inject, it } from 'vitest';
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { handleEvent } from '../../lambdas/domain/chat/handle-event.ts';
import { say } from '../../lambdas/domain/chat/reply.ts';
import { messageFrom } from '../builders/inbound-event.ts';
import { anAddress } from '../builders/people.ts';
import { inCart, openShopThread } from '../builders/shop-thread.ts';
import { joesCoffee } from '../builders/shop-town/joes-coffee.ts';
import { makeTables } from '../builders/tables.ts';
import { openTownWorld } from '../builders/town/town-world.ts';

describe('two messages at once', () => {
  it('of somebody new make one person, not two (Yoctol/bottender#196)', async () => {
    const town = openTownWorld({});
    const says = (id: string) => handleEvent(town.world, messageFrom('1', id, 'hello'));

    await Promise.allSettled([says('m_1'), says('m_2')]);
    // What did not win comes again.
    await says('m_1');
    await says('m_2');

    const person = await town.world.people.byAddress({ pageId: '1000', psid: '1' });
    const conversation = await town.world.conversations.of({ pageId: '1000', psid: '1' });
    expect(conversation?.address.psid).toBe('1');
    expect(person?.addresses).toHaveLength(1);
    expect(person?.version).toBeLessThanOrEqual(2);
  });

  it('both leave their mark on the cart: neither writes over the other (telegraf/telegraf#1372, Yoctol/bottender#648)', async () => {
    const { world, customer } = await openShopThread();
    const ann = customer();
    await ann.says('hi');
    const address = { pageId: joesCoffee.pageId, psid: ann.psid };
    const says = (id: string, text: string) =>
      handleEvent(world, { ...messageFrom(ann.psid, id, text), address });
    const both = [() => says('m_1', 'add 2 espresso'), () => says('m_2', 'add 1 croissant')];

    const first = await Promise.allSettled(both.map((each) => each()));
    // Whoever came second is handed over again.
    const refused = both.filter((_, at) => first[at]?.status === 'rejected');
    for (const each of refused) await each();

    expect(inCart(await ann.cart()).toSorted()).toEqual(['1 croissant', '2 espresso']);
  });
});

it('of two Lambdas with one conversation one is told that it has moved on, on DynamoDB itself (microsoft/botbuilder-python#1909)', async () => {
  const { documents, names } = await makeTables(inject('dynamoDbUrl'));
  const { conversations, outbox } = dynamoStores(documents, names);
  const address = anAddress();
  const handled = (eventId: string) =>
    conversations.commit(
      { eventId, address, replies: [say(eventId)], atMs: 1 },
      { address, version: 1, lastInboundAtMs: 1 },
    );

  const outcomes = await Promise.all(['m_1', 'm_2', 'm_3'].map(handled));

  expect(outcomes.toSorted()).toEqual(['conflict', 'conflict', 'done']);
  const said = await Promise.all(['m_1', 'm_2', 'm_3'].map((id) => outbox.ofEvent(id)));
  expect(said.flat()).toHaveLength(1);
});
