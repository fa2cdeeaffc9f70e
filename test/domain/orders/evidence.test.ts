// What a shop hands in for a dispute: to whom, until when, and of what kind a file is by its bytes.
import { describe, expect, it } from 'vitest';
import { evidenceFileType } from '../../../lambdas/domain/orders/evidence-file.ts';
import type { OrderDispute } from '../../../lambdas/domain/orders/order.ts';
import { orderNeedsAPerson } from '../../../lambdas/domain/orders/needs-a-person.ts';
import { sendEvidence } from '../../../lambdas/domain/orders/send-evidence.ts';
import { uploadEvidence } from '../../../lambdas/domain/orders/upload-evidence.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);
const pdf = new TextEncoder().encode('%PDF-1.7');

it.each([
  ['image/jpeg', jpeg],
  ['image/png', png],
  ['application/pdf', pdf],
  [undefined, png.slice(0, 7)],
  [undefined, jpeg.slice(0, 2)],
  [undefined, new TextEncoder().encode('%PDF_1.7')],
  [undefined, new TextEncoder().encode('GIF89a')],
  [undefined, Uint8Array.of()],
])('a file is %s by what it begins with: %o', (type, bytes) => {
  expect(evidenceFileType(bytes)).toBe(type);
});

it.each([
  ['paid_wrongly', undefined, true],
  ['refund_failed', undefined, true],
  ['payment_asked', 'payment_never_known', true],
  ['refund_asked', 'refund_never_known', true],
  ['refund_asked', undefined, false],
  ['payment_declined', 'insufficient_funds', false],
  ['paid', undefined, false],
] as const)('%s for the reason %s needs a person: %s', (step, reason, isSo) => {
  expect(orderNeedsAPerson({ step, ...(reason === undefined ? {} : { reason }) })).toBe(isSo);
});

type Answer = { kind: 'done' } | { kind: 'declined' | 'unknown'; why: string };

async function disputed(
  changes: Partial<OrderDispute> | 'none',
  answer: Answer = { kind: 'done' },
) {
  const town = await openShopTown();
  const open: OrderDispute = {
    id: 'du_1',
    state: 'needs_response',
    amount: usd(486),
    fee: usd(1500),
    reason: 'fraudulent',
    respondBeforeMs: town.time.nowMs + 1,
  };
  const order = await standingOrder(town, {
    state: 'paid',
    ...(changes === 'none' ? {} : { dispute: { ...open, ...changes } }),
  });
  const requests: unknown[] = [];
  const shopProvider: typeof town.world.shopProvider = {
    ...town.world.shopProvider,
    sendEvidence: async (request) => {
      requests.push(request);
      return answer;
    },
    uploadEvidence: async (request) => {
      requests.push(request);
      return answer.kind === 'done' ? { ...answer, fileId: 'file_1' } : answer;
    },
  };
  return { town, order, open, requests, world: { ...town.world, shopProvider } };
}

const answered = { evidenceSentAtMs: 1 };
const late = (nowMs: number) => ({ respondBeforeMs: nowMs });

describe('what the shop says', () => {
  it('goes to the bank with its files, and is written down as said', async () => {
    const { world, order, open, requests, town } = await disputed({});
    const files = { receipt: 'file_1' };

    const sent = await sendEvidence(world, { orderId: order.id, text: 'She drank it.', files });

    const request = { accountId: 'acct_joe', disputeId: 'du_1', text: 'She drank it.', files };
    expect(requests).toEqual([request]);
    const evidenceSentAtMs = town.time.nowMs;
    expect(sent).toMatchObject({
      kind: 'sent',
      order: { dispute: { ...open, state: 'under_review', evidenceSentAtMs } },
    });
    const [entry] = (await town.world.orders.journalOf(order.id)).slice(1);
    expect(entry).toMatchObject({ step: 'evidence_sent', actor: 'shop' });
  });

  it.each([
    [{ kind: 'declined', why: 'already_sent' }, 'too_late'],
    [{ kind: 'declined', why: 'too_late' }, 'too_late'],
    [{ kind: 'declined', why: 'bad_file' }, 'refused'],
    [{ kind: 'unknown', why: 'silent' }, 'unknown'],
  ] as const)('and that is answered by %o is told as %s', async (answer, kind) => {
    const { world, order } = await disputed({}, answer);

    const outcome = await sendEvidence(world, { orderId: order.id, text: 'x' });

    expect(outcome).toEqual({ kind, order });
    expect(await world.orders.get(order.id)).toEqual(order);
  });

  it.each([
    ['too_late', { state: 'under_review' }],
    ['too_late', { state: 'won' }],
    ['too_late', answered],
    ['too_late', 'at its deadline'],
    ['no_dispute', 'none'],
  ] as const)('is %s where the dispute is %o', async (kind, changes) => {
    const { world, order, requests, town } = await disputed(
      changes === 'at its deadline' ? {} : changes,
    );
    if (changes === 'at its deadline') town.time.nowMs += 1;

    const outcome = await sendEvidence(world, { orderId: order.id, text: 'x' });

    expect([outcome.kind, requests]).toEqual([kind, []]);
  });

  it('is awaited for ever where the bank names no day', async () => {
    const { world, order, town } = await disputed({ respondBeforeMs: Number.MAX_SAFE_INTEGER });
    town.time.nowMs += 400 * 86_400_000;

    expect((await sendEvidence(world, { orderId: order.id, text: 'x' })).kind).toBe('sent');
  });

  it('is of an order that there is', async () => {
    const { world } = await disputed({});

    await expect(sendEvidence(world, { orderId: 'ord_none', text: 'x' })).rejects.toThrow(
      'Order ord_none is not there.',
    );
  });
});

describe('a file', () => {
  const file = { kind: 'receipt', bytes: jpeg } as const;

  it('is laid ready on the shop’s account', async () => {
    const { world, order, requests } = await disputed({});

    expect(await uploadEvidence(world, order, file)).toEqual({
      kind: 'uploaded',
      fileId: 'file_1',
    });
    expect(requests).toEqual([
      { ...file, type: 'image/jpeg', accountId: 'acct_joe', disputeId: 'du_1' },
    ]);
  });

  it.each([
    ['refused', { kind: 'declined', why: 'x' }],
    ['unknown', { kind: 'unknown', why: 'x' }],
  ] as const)('is %s as the provider says', async (kind, answer) => {
    const { world, order } = await disputed({}, answer);

    expect(await uploadEvidence(world, order, file)).toEqual({ kind });
  });

  it('of another type, or for a dispute that waits for none, goes nowhere', async () => {
    const open = await disputed({});
    const wrong = { ...file, bytes: Uint8Array.of(1) };
    expect(await uploadEvidence(open.world, open.order, wrong)).toEqual({ kind: 'wrong_type' });

    for (const changes of ['none', answered, late(0)] as const) {
      const { world, order, requests } = await disputed(changes);
      expect(await uploadEvidence(world, order, file)).toEqual({ kind: 'too_late' });
      expect(requests).toEqual([]);
    }
    expect(open.requests).toEqual([]);
  });
});
