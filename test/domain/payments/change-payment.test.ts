// A payment that others change at the same time: tried again on what it has become, and not for ever.
import { expect, it } from 'vitest';
import { memoryStores } from '../../../lambdas/adapters/memory/stores.ts';
import { changePayment } from '../../../lambdas/domain/payments/change-payment.ts';
import type { Payment } from '../../../lambdas/domain/payments/payment.ts';
import { aDraft, next } from '../../builders/payments.ts';

it('is decided on six times at most, each time as it stands, and then comes again', async () => {
  const { payments } = memoryStores();
  const { payment } = aDraft();
  const world = {
    payments: { ...payments, get: async () => payment, commit: async () => 'conflict' as const },
  };
  const seen: Payment[] = [];
  const changing = changePayment(world, payment.id, (now) => {
    seen.push(now);
    return next(now, 'draft_cancelled');
  });

  await expect(changing).rejects.toMatchObject({ reason: 'conversation_moved' });
  expect(seen).toHaveLength(6);
});

it('is read only where it was not just read, or has moved', async () => {
  const { payments } = memoryStores();
  const { payment } = aDraft();
  let read = 0;
  const get = async () => {
    read += 1;
    return payment;
  };
  await changePayment({ payments: { ...payments, get } }, payment, () => undefined);
  expect(read).toBe(0);
  await changePayment({ payments: { ...payments, get } }, payment.id, () => undefined);
  expect(read).toBe(1);
});
