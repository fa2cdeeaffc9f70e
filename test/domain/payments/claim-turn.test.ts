// What whoever opens a claim link is told, in each case.
import { expect, it } from 'vitest';
import { annAndBob, anOpenClaim, dayMs } from '../../builders/scenes.ts';

const openedBy = { kind: 'referral', ref: '' } as const;

it('is told whose the money is, and what to do', async () => {
  const scene = await annAndBob();
  const zoe = await scene.town.member('Zoe Hill', 'zoe');
  await scene.ann.says('send $20 to my plumber for the tap');
  const { payee } = await scene.town.paymentOf(scene.ann);
  const ref = payee.kind === 'claim' ? `claim-${payee.claimCode}` : '';
  const opens = async (who: typeof zoe, what = ref) => {
    await who.does({ ...openedBy, ref: what });
    return who.heard().at(-1);
  };

  expect(await opens(scene.bob)).toContain('The sender has not finished paying.');
  await scene.ann.pays();
  expect(await opens(scene.ann)).toContain('This is the link of a payment of yours.');
  expect(await opens(scene.bob, `${ref}x`)).toContain('This link leads nowhere.');
  await opens(scene.bob);
  expect(scene.bob.heard()).toContain('It is yours. One moment.');
  expect(await opens(scene.bob)).toContain('This money is yours already.');
  expect(await opens(zoe)).toContain('Somebody opened this link before you.');
});

it('is told that the money went back once the time is over', async () => {
  const scene = await annAndBob();
  const { payee } = await anOpenClaim(scene);
  await scene.town.later(8 * dayMs);
  await scene.bob.does({
    ...openedBy,
    ref: payee.kind === 'claim' ? `claim-${payee.claimCode}` : '',
  });
  expect(scene.bob.heard().at(-1)).toContain('This link has ended');
});
