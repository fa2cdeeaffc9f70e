// An event and its answer when the process dies, Messenger hesitates or the queue delivers again: said once, never lost.
import { beforeEach, describe, expect, it } from 'vitest';
import { handleEvent } from '../../../lambdas/domain/chat/handle-event.ts';
import type { InboundEvent } from '../../../lambdas/domain/chat/inbound-event.ts';
import type { OutboxItem, SendRequest } from '../../../lambdas/domain/chat/ports.ts';
import { openTownWorld, type TownWorld } from '../../builders/town/town-world.ts';
import { aMember } from '../../builders/people.ts';
import { messageFrom } from '../../builders/inbound-event.ts';

const death = new Error('The process died.');
const echoWaitMs = 20_000;

describe('an event that is answered', () => {
  let town: TownWorld;
  const ann = aMember({ name: 'Ann Archer', handle: 'ann', addresses: [addressOf('1')] });
  const help: InboundEvent = messageFrom('1', 'm_help');

  beforeEach(async () => {
    town = openTownWorld({});
    await town.world.people.create(ann);
  });

  const said = (): readonly SendRequest[] => town.said.get('1') ?? [];
  const handle = (world = town.world) => handleEvent(world, help);

  it('is answered once, however often it comes', async () => {
    for (let time = 0; time < 3; time += 1) await handle();

    expect(said()).toHaveLength(1);
    expect(await statesOf(town)).toEqual(['sent']);
  });

  it('is answered late when the process dies before it could say anything', async () => {
    const dying = { ...town.world.messenger, send: () => Promise.reject(death) };
    await expect(handle({ ...town.world, messenger: dying })).rejects.toBe(death);

    // The queue delivers again at once: nobody knows yet whether it went out.
    await expect(handle()).rejects.toMatchObject({ reason: 'messenger_later' });
    expect(said()).toEqual([]);

    town.time.nowMs += echoWaitMs;
    await handle();
    expect(said()).toHaveLength(1);
    expect(await statesOf(town)).toEqual(['sent']);
  });

  it('is not answered twice when the process dies right after it was said', async () => {
    await expect(handle(dyingBeforeSaving(town))).rejects.toBe(death);
    expect(said()).toHaveLength(1);

    await expect(handle()).rejects.toMatchObject({ reason: 'messenger_later' });
    await handleEvent(town.world, echoOf('m_help:1'));
    town.time.nowMs += echoWaitMs;
    await handle();

    expect(said()).toHaveLength(1);
    expect(await statesOf(town)).toEqual(['sent']);
  });

  it('is not said again when its echo comes while it is about to be', async () => {
    await expect(handle(dyingBeforeSaving(town))).rejects.toBe(death);
    town.time.nowMs += echoWaitMs;
    const { outbox } = town.world;
    const save = async (item: OutboxItem) => {
      if (item.state === 'sending') await outbox.confirm(item.id, 'm_echoed');
      return outbox.save(item);
    };

    await handle({ ...town.world, outbox: { ...outbox, save } });

    expect(said()).toHaveLength(1);
  });

  it('is tried again when Messenger says later, and what followed it is said after it', async () => {
    const newcomer = messageFrom('2', 'm_hello', 'hello');
    town.nextSends.push({ kind: 'later', why: 'busy' });
    await expect(handleEvent(town.world, newcomer)).rejects.toMatchObject({
      reason: 'messenger_later',
    });

    town.time.nowMs += echoWaitMs;
    await handleEvent(town.world, newcomer);

    const bubbles = await town.world.outbox.ofEvent('m_hello');
    expect(town.said.get('2')?.map(({ outboxId }) => outboxId)).toEqual(
      bubbles.map(({ id }) => id),
    );
  });

  it('is from whoever has the address now, not from whom the conversation remembers', async () => {
    await handle();
    await town.world.people.save({ ...ann, version: 2, addresses: [addressOf('9')] }, ann);
    const eve = aMember({ name: 'Eve Moss', handle: 'eve', addresses: [addressOf('1')] });
    await town.world.people.create(eve);

    await handleEvent(town.world, messageFrom('1', 'm_who', 'who am i'));

    expect(JSON.stringify(said().at(-1)?.reply)).toContain('@eve');
  });
});

function addressOf(psid: string) {
  return { pageId: '1000', psid };
}

function echoOf(outboxId: string): InboundEvent {
  const { address, atMs } = messageFrom('1', 'm_echo');
  return { kind: 'echo', id: 'm_echo', address, atMs, messageId: 'm_echo', outboxId };
}

/** Says what it has to say, and dies before it has written that down. */
function dyingBeforeSaving({ world }: TownWorld): TownWorld['world'] {
  return { ...world, outbox: { ...world.outbox, save: () => Promise.reject(death) } };
}

async function statesOf({ world }: TownWorld) {
  return (await world.outbox.ofEvent('m_help')).map(({ state }) => state);
}
