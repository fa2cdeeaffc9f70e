// "Remind": the payer reminds whoever has not taken the money yet, once a day, and nobody whom it would not reach.
import { describe, expect, it } from 'vitest';
import {
  aDraft,
  aHeldPayment,
  annAndBob,
  annAndBobNotSetUp,
  anOpenClaim,
  dayMs,
  minuteMs,
  type Scene,
  stepsOf,
} from '../../builders/scenes.ts';

const none = 'There is no payment of yours that waits for somebody.';

async function remindersOf({ town, ann }: Scene): Promise<number> {
  return (await stepsOf(town, ann)).filter((step) => step === 'claim_reminded').length;
}

async function remind(who: Scene['ann'], id: string) {
  await who.does({ kind: 'postback', payload: `v1:remind:${id}` });
  return who.heard().at(-1);
}

describe('a reminder', () => {
  it('reaches the payee, once a day', async () => {
    const scene = await aHeldPayment(await annAndBobNotSetUp());
    const { town, ann, bob } = scene;

    await ann.says('remind');
    expect(ann.heard().at(-1)).toBe('Reminded.');
    expect(bob.heard().at(-1)).toContain('still waits for you');
    town.pass(dayMs - minuteMs);
    expect(await remind(ann, scene.payment.id)).toBe(
      'They were reminded already. One reminder a day is enough.',
    );
    expect(await remindersOf(scene)).toBe(1);

    town.pass(minuteMs);
    expect(await remind(ann, scene.payment.id)).toBe('Reminded.');
    expect(await remindersOf(scene)).toBe(2);
  });

  it('goes to nobody where nobody has opened the link yet', async () => {
    const scene = await annAndBob();
    const { id } = await anOpenClaim(scene);

    expect(await remind(scene.ann, id)).toContain('Nobody has opened your link yet.');
    expect(await remindersOf(scene)).toBe(0);
  });

  it('is not needed where it is being paid out', async () => {
    const scene = await aHeldPayment(await annAndBob());

    expect(await remind(scene.ann, scene.payment.id)).toContain('It is being paid out already');
    expect(await remindersOf(scene)).toBe(0);
  });

  it('does not get past a block', async () => {
    const scene = await aHeldPayment(await annAndBobNotSetUp());
    await scene.bob.says('block @ann');

    expect(await remind(scene.ann, scene.payment.id)).toContain('You cannot write to this person');
    expect(await remindersOf(scene)).toBe(0);
  });

  it('is the payer’s alone, and of a payment that waits', async () => {
    const scene = await aHeldPayment(await annAndBobNotSetUp());
    expect(await remind(scene.bob, scene.payment.id)).toContain(none);
    const { ann, payment } = await aDraft(await annAndBobNotSetUp());
    expect(await remind(ann, payment.id)).toContain(none);

    expect(await remindersOf(scene)).toBe(0);
  });
});
