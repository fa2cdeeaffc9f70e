// Payloads made by hand: a button says what is meant, never who may mean it.
import { expect, test } from 'vitest';
import { annAndBob, aHeldPayment, anOpenClaim, minuteMs } from '../../builders/scenes.ts';
import { openTown } from '../../builders/town.ts';

const verbs = ['accept', 'decline', 'cancel', 'undo', 'remind'] as const;

test.each(verbs)('Nobody else can %s a held payment, by button or by word', async (verb) => {
  const { town, ann, bob } = await annAndBob();
  const { payment } = await aHeldPayment({ town, ann, bob });
  const eve = await town.member('Eve Dropper', 'eve');
  eve.hearsNow();
  const before = [ann.heard().length, bob.heard().length];

  await eve.does({ kind: 'postback', payload: `v1:${verb}:${payment.id}` });
  await eve.does({ kind: 'message', text: verb, redacted: [], payload: `v1:${verb}` });
  await eve.says(`${verb} ${payment.id}`);
  await town.settle();

  expect(await town.paymentOf(ann)).toEqual(payment);
  expect([ann.heard().length, bob.heard().length]).toEqual(before);
  expect(eve.hearsNow().join('\n')).not.toMatch(/\$20|\bann\b|bob/iu);
});

test.each(verbs)('Nobody else can %s a request', async (verb) => {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  const bob = await town.member('Bob Stone', 'bob');
  const eve = await town.member('Eve Dropper', 'eve');
  await ann.says('ask @bob for $5');
  await town.settle();
  const id = /^v1:remind:(req_\w+)$/u.exec(ann.payload('Remind'))?.[1];
  expect(id).toBeDefined();
  eve.hearsNow();
  const before = [ann.heard().length, bob.heard().length];

  await eve.does({ kind: 'postback', payload: `v1:${verb}:${id}` });
  await eve.says(`${verb} ${id}`);
  await town.settle();

  expect([ann.heard().length, bob.heard().length]).toEqual(before);
  expect(await town.payments()).toEqual([]);
  expect(eve.hearsNow().join('\n')).not.toMatch(/\$5\.00|Archer|Stone/u);
});

test('The two sides cannot take each other’s part in a request', async () => {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  const bob = await town.member('Bob Stone', 'bob');
  await ann.says('ask @bob for $5');
  await town.settle();
  const id = /req_\w+/u.exec(ann.payload('Remind'))?.[0] ?? '';

  await ann.does({ kind: 'postback', payload: `v1:accept:${id}` });
  await ann.does({ kind: 'postback', payload: `v1:decline:${id}` });
  await bob.does({ kind: 'postback', payload: `v1:cancel:${id}` });
  await bob.does({ kind: 'postback', payload: `v1:remind:${id}` });
  await town.settle();

  const [request] = await town.world.requests.ofPerson(await ann.id(), { limit: 5 });
  expect(request).toMatchObject({ id, state: 'open', version: 1 });
});

test('A payee cannot undo what is already on its way, nor the payer of a draft be told on', async () => {
  const { town, ann, bob } = await annAndBob();
  await ann.says('send $20 to @bob');
  const draft = await town.paymentOf(ann);
  bob.hearsNow();

  await bob.does({ kind: 'postback', payload: `v1:decline:${draft.id}` });
  await bob.does({ kind: 'postback', payload: `v1:accept:${draft.id}` });

  expect(await town.paymentOf(ann)).toEqual(draft);
  expect(bob.hearsNow().join('\n')).not.toContain('$20');
});

test('An answer to a question that somebody else was asked is no answer', async () => {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  await town.member('Chris Stone', 'chris_one');
  await town.member('Chris Wood', 'chris_two');
  const eve = await town.member('Eve Dropper', 'eve');
  await ann.says('send $20 to chris');

  await eve.does({ kind: 'postback', payload: ann.payload('@chris_one') });
  expect(await town.payments()).toEqual([]);

  // And Ann's own question takes nobody who was not offered.
  await ann.does({ kind: 'postback', payload: `v1:answer:${await eve.id()}` });
  expect(await town.payments()).toEqual([]);
});

test.each([
  'v1:send:20:eve',
  'v1:block:ann',
  'v1:__proto__',
  'v1:constructor:x',
  'v1:accept:pay_x\nv1:undo',
  'v1:claim:../../x',
  'v1:activity:-1',
  'v1:activity:999999999999999999',
  'v2:accept:pay_x',
  `v1:answer:${'9'.repeat(900)}`,
  'V1:YES',
  '',
])('A payload that we never wrote (%j) moves nothing and breaks nothing', async (payload) => {
  const { town, ann, bob } = await annAndBob();
  const { payment } = await aHeldPayment({ town, ann, bob });

  await ann.does({ kind: 'postback', payload });

  expect(await town.paymentOf(ann)).toEqual(payment);
});

test('A claim goes to the first who opens the link; guesses and latecomers get nothing and learn nothing', async () => {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  const claim = await anOpenClaim({ town, ann });
  const code = claim.payee.kind === 'claim' ? claim.payee.claimCode : '';
  const eve = await town.member('Eve Dropper', 'eve');
  const bob = await town.member('Bob Stone', 'bob');

  await eve.does({ kind: 'postback', payload: `v1:claim:${code.slice(0, -1)}` });
  await eve.does({ kind: 'referral', ref: `claim-${claim.id}` });
  await eve.says(`claim ${claim.id}`);
  expect((await town.paymentOf(ann)).payee.kind).toBe('claim');

  await bob.does({ kind: 'referral', ref: `claim-${code}` });
  await eve.does({ kind: 'referral', ref: `claim-${code}` });
  town.pass(minuteMs);
  await town.settle();

  expect((await town.paymentOf(ann)).payee).toEqual({ kind: 'person', personId: await bob.id() });
  expect(eve.heard().join('\n')).not.toMatch(/Ann|Bob|\$\d+\.\d\d (?:from|to)/u);
});
