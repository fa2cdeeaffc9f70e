// Becoming a recipient: the page to go to, what a refusal is called, and all that waits being paid.
import { beforeEach, describe, expect, it } from 'vitest';
import { refreshRecipient, startOnboarding } from '../../../lambdas/domain/payments/recipients.ts';
import type { PaymentProvider } from '../../../lambdas/domain/payments/ports.ts';
import { aPerson } from '../../builders/people.ts';
import { openWallet, type Wallet } from '../../builders/wallet.ts';

const urls = { returnUrl: 'https://tender.example/back', refreshUrl: 'https://tender.example/on' };

let wallet: Wallet;
beforeEach(async () => {
  wallet = await openWallet();
});

describe('starting', () => {
  it('is not needed by whoever is ready', async () => {
    expect(await startOnboarding(wallet.world, wallet.bob, urls)).toEqual({
      kind: 'already_ready',
    });
  });

  it.each([
    [{ kind: 'declined', why: 'country' } as const, 'refused'],
    [{ kind: 'unknown', why: 'no_answer' } as const, 'unknown'],
  ])('that the provider answers with %j is %s, and nothing is kept', async (answer, kind) => {
    const world = wallet.answering({ onboardRecipient: async () => answer });

    expect(await startOnboarding(world, wallet.ann, urls)).toEqual({ kind });
    expect(await world.people.byId(wallet.ann.id)).toEqual(wallet.ann);
  });

  it('again goes on with the account that is there, on a fresh page', async () => {
    const asked: Parameters<PaymentProvider['onboardRecipient']>[0][] = [];
    const world = wallet.answering({
      onboardRecipient: async (request) => {
        asked.push(request);
        return { kind: 'done', url: `https://provider.test/${asked.length}`, accountId: 'acct_1' };
      },
    });
    const first = await startOnboarding(world, wallet.ann, urls);
    const begun = await world.people.byId(wallet.ann.id);
    if (begun === undefined) throw new Error('Ann is gone.');
    const again = await startOnboarding(world, begun, urls);

    expect(first).toEqual({ kind: 'continue_at', url: 'https://provider.test/1' });
    expect(again).toEqual({ kind: 'continue_at', url: 'https://provider.test/2' });
    expect(begun.recipientAccount).toEqual({ accountId: 'acct_1', status: 'started' });
    const both = { personId: wallet.ann.id, country: 'US', ...urls };
    expect(asked).toEqual([both, { ...both, accountId: 'acct_1' }]);
  });
});

describe('whoever is ready', () => {
  const foundReady = (personId: `per_${string}`) => ({
    recipient: async () => ({ kind: 'found', thing: { personId, status: 'ready' } }) as const,
  });

  /** Held for somebody who is not set up yet. */
  async function held(count: number) {
    const zoe = aPerson();
    await wallet.world.people.create(zoe);
    for (let made = 0; made < count; made += 1)
      await wallet.paymentAfter('charged', {
        payee: { kind: 'person', personId: zoe.id },
        createdAtMs: wallet.time.nowMs - 60_000 + made,
      });
    return zoe;
  }

  it.each([1, 24, 25, 26, 60])('is paid all of the %i payments that wait', async (count) => {
    const zoe = await held(count);
    const paid: string[] = [];
    const world = wallet.answering({
      lookUp: foundReady(zoe.id),
      payOut: async ({ paymentId }) => {
        paid.push(paymentId);
        return { kind: 'done', payOutId: `tr_${paymentId}` };
      },
    });

    await refreshRecipient(world, 'acct_zoe');

    expect(new Set(paid).size).toBe(count);
    expect(paid).toHaveLength(count);
  });

  it('is asked about no more than twice where paying gets nowhere', async () => {
    const zoe = await held(60);
    let asked = 0;
    const world = wallet.answering({
      lookUp: foundReady(zoe.id),
      payOut: async () => {
        throw new Error('Nothing is paid within the undo window.');
      },
    });
    wallet.time.nowMs -= 60_000;
    const payments = {
      ...world.payments,
      heldFor: (...of: Parameters<typeof world.payments.heldFor>) => {
        asked += 1;
        return world.payments.heldFor(...of);
      },
    };

    await refreshRecipient({ ...world, payments }, 'acct_zoe');

    expect(asked).toBe(2);
  });

  it('is nobody of ours where the provider knows no such account, or does not say whose it is', async () => {
    for (const found of [
      { kind: 'not_found' } as const,
      { kind: 'unknown', why: 'no_answer' } as const,
      { kind: 'found', thing: { status: 'ready' } } as const,
    ]) {
      const world = wallet.answering({ lookUp: { recipient: async () => found } });
      expect(await refreshRecipient(world, 'acct_x')).toBeUndefined();
    }
  });
});
