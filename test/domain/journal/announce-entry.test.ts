// What people are told of a step: once, also when the journal tells it again, and never in silence when it cannot be said.
import { describe, expect, it } from 'vitest';
import { memoryStores } from '../../../lambdas/adapters/memory/stores.ts';
import { announceEntry } from '../../../lambdas/domain/journal/announce-entry.ts';
import { sayToPerson } from '../../../lambdas/domain/journal/say-to-person.ts';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';
import {
  aHeldPayment,
  anOpenClaim,
  annAndBob,
  annAndBobNotSetUp,
  aPaidPayment,
  dayMs,
  minuteMs,
  secondMs,
} from '../../builders/scenes.ts';
import { openTown, type Town } from '../../builders/town.ts';
import { noonMs } from '../../builders/payments.ts';
import { aPerson } from '../../builders/people.ts';

async function announceAllAgain(town: Town): Promise<void> {
  for (const entry of town.entries.slice()) await announceEntry(town.world, entry);
  await town.settle();
}

describe('a step that the journal tells again', () => {
  it('is said to nobody twice, after a whole life', async () => {
    const scene = await annAndBob();
    await aPaidPayment(scene);
    await scene.ann.says('ask @bob for $3');
    const heard = [scene.ann.heard(), scene.bob.heard()];

    await announceAllAgain(scene.town);

    expect([scene.ann.heard(), scene.bob.heard()]).toEqual(heard);
  });

  it('is not said to whoever claimed it later, as if it had been theirs from the start', async () => {
    const town = openTown();
    const ann = await town.member('Ann Archer', 'ann');
    await anOpenClaim({ town, ann });
    const zoe = await town.payee('Zoe Hill', 'zoe');
    const ref = /ref=(claim-\w+)/u.exec(ann.heard().join(' '))?.[1] ?? '';
    await zoe.does({ kind: 'referral', ref });
    const heard = zoe.heard();
    expect(heard.filter((each) => each.includes('sent you'))).toHaveLength(1);

    await announceAllAgain(town);

    expect(zoe.heard()).toEqual(heard);
  });
});

describe('a step that was told to nobody at its time', () => {
  it('is told to the payee although the payment has moved on', async () => {
    const scene = await aHeldPayment(await annAndBobNotSetUp());
    const { town, ann, bob } = scene;
    await ann.says('remind');
    const charged = town.entries.find(({ step }) => step === 'charged');
    if (charged === undefined) throw new Error('Nothing was charged.');
    const before = bob.heard().length;

    await announceEntry({ ...town.world, outbox: memoryStores().outbox }, charged);

    expect(bob.heard().slice(before)).toEqual([expect.stringContaining('sent you')]);
  });
});

describe('what is said to somebody', () => {
  const entry = { subject: 'pay_1', sequence: 1, atMs: noonMs };
  const hello = { kind: 'text', text: 'Hello' } as const;

  it('is all said when there is nothing to say, also to whoever said stop', async () => {
    const { world } = openTown();
    const somebody = aPerson();
    const stopped = aPerson({ stoppedAtMs: 1 });

    expect(await sayToPerson(world, { entry, to: somebody, replies: [] })).toBe(true);
    expect(await sayToPerson(world, { entry, to: stopped, replies: [] })).toBe(true);
    expect(await sayToPerson(world, { entry, to: stopped, replies: [hello] })).toBe(false);
  });

  it('is queued for Messenger’s sake alone: what else is to come later comes as a whole', async () => {
    const { world } = openTown();
    const messenger = {
      ...world.messenger,
      send: async () => {
        throw new RetryLater('conversation_moved');
      },
    };

    await expect(
      sayToPerson({ ...world, messenger }, { entry, to: aPerson(), replies: [hello] }),
    ).rejects.toMatchObject({ reason: 'conversation_moved' });
  });
});

describe('a bubble about a step', () => {
  it('that Messenger refuses for now is said later, and holds nobody else up', async () => {
    const { town, ann, bob } = await annAndBob();
    await ann.says('send $20 to @bob');
    town.failNextSend({ kind: 'later', why: 'rate_limited' });

    await ann.pays();
    expect(bob.heard().some((each) => each.includes('sent you'))).toBe(false);
    expect(ann.heard().at(-1)).toContain('charged to your Visa');
    await town.later(minuteMs);

    expect(bob.heard().filter((each) => each.includes('sent you'))).toHaveLength(1);
  });

  it('that may or may not have been said waits for its echo, and is not said again when it comes', async () => {
    const { town, ann, bob } = await annAndBob();
    await ann.says('send $20 to @bob');
    town.failNextSend({ kind: 'doubtful', why: 'timeout' });
    await ann.pays();
    const { id, version } = await town.paymentOf(ann);
    const outboxId = `${id}:${version}:${await bob.id()}:1`;
    expect(await town.world.outbox.get(outboxId)).toMatchObject({ state: 'doubtful' });

    await bob.does({ kind: 'echo', outboxId, messageId: 'm_echo' });
    await town.later(minuteMs);

    expect(await town.world.outbox.get(outboxId)).toMatchObject({
      state: 'sent',
      messageId: 'm_echo',
    });
    expect(bob.heard().some((each) => each.includes('sent you'))).toBe(false);
  });

  it('that may or may not have been said is said again when no echo comes', async () => {
    const { town, ann, bob } = await annAndBob();
    await ann.says('send $20 to @bob');
    town.failNextSend({ kind: 'doubtful', why: 'timeout' });
    await ann.pays();

    await town.later(minuteMs);

    expect(bob.heard().filter((each) => each.includes('sent you'))).toHaveLength(1);
  });

  it('that will never reach the payee is told to the payer, who can tell them otherwise', async () => {
    const { town, ann, bob } = await annAndBobNotSetUp();
    await ann.says('send $20 to @bob');
    town.failNextSend({ kind: 'unreachable', why: 'blocked_by_user' });

    await ann.pays();

    expect(bob.heard().some((each) => each.includes('sent you'))).toBe(false);
    expect(ann.heard().at(-1)).toBe(
      'We could not reach @bob in Messenger. Tell them to open this chat: the money waits for them.',
    );
  });

  it('that will never reach the payee later on is not told to the payer: they know by then', async () => {
    const scene = await aHeldPayment(await annAndBobNotSetUp());
    const { town, ann, bob } = scene;
    const heard = ann.heard().length;
    town.failNextSend({ kind: 'unreachable', why: 'blocked_by_user' });
    await bob.setsUpPayouts();
    await town.later(10 * secondMs);

    expect(ann.heard().slice(heard).join(' ')).not.toContain('could not reach');
  });

  it('outside the window says so to Messenger and brings a template; one without is told as closed', async () => {
    const { town, ann, bob } = await annAndBob();
    const asked: { isWindowOpen: boolean; hasTemplate: boolean }[] = [];
    const { messenger } = town.world;
    const { send } = messenger;
    await town.later(2 * dayMs);
    await ann.says('send $20 to @bob');
    Object.assign(messenger, {
      send: async (request: Parameters<typeof send>[0]) => {
        if (request.to.psid === bob.psid)
          asked.push({
            isWindowOpen: request.isWindowOpen,
            hasTemplate: request.reply.utility !== undefined,
          });
        return send(request);
      },
    });

    await ann.pays();
    await town.later(10 * secondMs);

    expect(asked).toEqual(asked.map(() => ({ isWindowOpen: false, hasTemplate: true })));
    expect(asked.length).toBeGreaterThan(2);
  });

  it('is not sent to somebody who said stop, while their money still moves', async () => {
    const scene = await annAndBob();
    await aHeldPayment(scene);
    await scene.bob.says('stop');
    const heard = scene.bob.heard().length;

    await scene.town.later(10 * secondMs);

    expect((await scene.town.paymentOf(scene.ann)).state).toBe('paid');
    expect(scene.bob.heard()).toHaveLength(heard);
  });

  it('names no card to the payee, and no account to the payer', async () => {
    const scene = await annAndBob();
    await aPaidPayment(scene);

    expect(scene.bob.heard().join(' ')).not.toMatch(/4242|visa/i);
    expect(scene.ann.heard().join(' ')).not.toMatch(/acct_|cus_|pm_/);
  });
});

describe('the subject of a step', () => {
  it.each([
    { inMs: 900_000, wakes: [900] },
    { inMs: 900_001, wakes: [] },
    { inMs: 1, wakes: [1] },
    { inMs: -dayMs, wakes: [0] },
  ])('that is due in $inMs ms is woken in $wakes seconds', async ({ inMs, wakes }) => {
    const { town, ann } = await annAndBob();
    await ann.says('send $20 to @bob');
    const [entry] = town.entries;
    if (entry === undefined) throw new Error('Nothing happened.');
    const woken: number[] = [];
    const dueQueue = {
      wake: async (_subject: string, seconds: number) => void woken.push(seconds),
    };
    const dueAtMs = town.world.clock.now() + inMs;

    await announceEntry({ ...town.world, dueQueue }, { ...entry, dueAtMs });

    expect(woken).toEqual(wakes);
  });

  it('that is not there is a bug, and says which', async () => {
    const { town, ann } = await annAndBob();
    await aHeldPayment({ town, ann, bob: ann });
    await ann.says('ask @bob for $5');
    const gone = { get: async () => undefined };
    const world = {
      ...town.world,
      payments: { ...town.world.payments, ...gone },
      requests: { ...town.world.requests, ...gone },
    };
    const told = town.entries.filter(({ step }) => step === 'charged' || step === 'asked');
    expect(told).toHaveLength(2);
    for (const entry of told)
      await expect(announceEntry(world, entry)).rejects.toThrow(
        `Entry ${entry.subject}#${entry.sequence} has no `,
      );
  });
});
