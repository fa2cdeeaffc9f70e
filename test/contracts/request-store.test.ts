// What every RequestStore does: one answer to a request wins, and open ones are found without reading all others.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../lambdas/adapters/dynamodb/stores.ts';
import type { MoneyRequest, RequestChange } from '../../lambdas/domain/requests/money-request.ts';
import { takeRequestStep } from '../../lambdas/domain/requests/take-request-step.ts';
import { aDraft, anAskedRequest, aPersonId, noonMs } from '../builders/payments.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

describe.each(storeKinds)('requests %s', (kind) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores(kind);
  });

  const commit = async (change: RequestChange): Promise<MoneyRequest> => {
    expect(await stores.requests.commit(change)).toBe('done');
    return change.request;
  };
  const declined = (request: MoneyRequest, nowMs = noonMs + 1000) =>
    takeRequestStep(request, { step: 'declined', actor: 'payer', nowMs });
  const ids = (requests: readonly MoneyRequest[]) => requests.map(({ id }) => id);

  it('keeps a request and its journal', async () => {
    const asked = anAskedRequest();
    await commit(asked);
    const accepted = takeRequestStep(asked.request, {
      step: 'accepted',
      actor: 'payer',
      nowMs: noonMs,
      changes: { paymentId: 'pay_1', acceptances: 1, remindedAtMs: noonMs },
    });
    await commit(accepted);

    expect(await stores.requests.get(asked.request.id)).toEqual(accepted.request);
    expect(await stores.requests.journalOf(asked.request.id)).toEqual([
      asked.entry,
      accepted.entry,
    ]);
    expect(await stores.requests.get('req_none')).toBeUndefined();
    expect(await stores.requests.byIds([asked.request.id, 'req_none'])).toEqual([accepted.request]);
  });

  it('lets one of twenty answers win, and does the same one twice', async () => {
    const asked = await commit(anAskedRequest());
    const answers = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? declined(asked, noonMs + index)
        : takeRequestStep(asked, { step: 'withdrawn', actor: 'payee', nowMs: noonMs + index }),
    );

    const outcomes = await Promise.all(answers.map((answer) => stores.requests.commit(answer)));

    expect(sorted(outcomes)).toEqual([...Array<string>(19).fill('conflict'), 'done']);
    const winner = answers[outcomes.indexOf('done')];
    expect(await stores.requests.get(asked.id)).toEqual(winner?.request);
    expect(winner && (await stores.requests.commit(winner))).toBe('done');
  });

  it('refuses a request whose id is another’s', async () => {
    const asked = await commit(anAskedRequest());

    expect(await stores.requests.commit(anAskedRequest({ id: asked.id, note: 'other' }))).toBe(
      'conflict',
    );
  });

  it('shows what a person asked for and was asked for, newest first, open ones alone if wanted', async () => {
    const ann = aPersonId();
    const asked = await commit(anAskedRequest({ askerId: ann, createdAtMs: noonMs }));
    const old = await commit(anAskedRequest({ payerId: ann, createdAtMs: noonMs + 1 }));
    const wanted = await commit(anAskedRequest({ payerId: ann, createdAtMs: noonMs + 2 }));
    await commit(declined(old));
    await stores.payments.commit(aDraft({ payerId: ann }));

    expect(ids(await stores.requests.ofPerson(ann, { limit: 10 }))).toEqual([
      wanted.id,
      old.id,
      asked.id,
    ]);
    expect(ids(await stores.requests.ofPerson(ann, { limit: 10, openOnly: true }))).toEqual([
      wanted.id,
      asked.id,
    ]);
    expect(ids(await stores.requests.ofPerson(ann, { limit: 1 }))).toEqual([wanted.id]);
    expect(ids(await stores.requests.ofPerson(ann, { limit: 5, beforeMs: noonMs + 1 }))).toEqual([
      asked.id,
    ]);
    expect(await stores.payments.ofPerson(ann, { limit: 10 })).toHaveLength(1);
  });

  it('does not split those of one millisecond over two pages', async () => {
    const ann = aPersonId();
    for (let count = 0; count < 3; count += 1) {
      await commit(anAskedRequest({ askerId: ann, createdAtMs: noonMs }));
      await commit(anAskedRequest({ payerId: ann, createdAtMs: noonMs }));
    }

    expect(await stores.requests.ofPerson(ann, { limit: 2 })).toHaveLength(6);
  });
});
