// Which accounts each step moves money between, to the cent.
import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../lambdas/domain/payments/payment.ts';
import type { PaymentStep } from '../../../lambdas/domain/payments/payment-steps.ts';
import { postingsOf } from '../../../lambdas/domain/payments/postings.ts';
import { aDraft } from '../../builders/payments.ts';

const payment = aDraft({
  id: 'pay_1',
  payerId: 'per_ann',
  payee: { kind: 'person', personId: 'per_bob' },
}).payment;
const fee = { minor: 40, currency: 'USD' } as const;

const booked = (step: PaymentStep, changes: Partial<Payment> = {}) =>
  Object.fromEntries(
    postingsOf(step, { ...payment, ...changes }).map(({ account, amount }) => [
      account,
      amount.minor,
    ]),
  );

const paidOut = { trail: { payOutId: 'tr_1' } };
const takenBack = { trail: { payOutId: 'tr_1', reversalId: 'trr_1' } };

describe('a payment of $20 books', () => {
  it.each<[PaymentStep, string, Partial<Payment>, Record<string, number>]>([
    ['charged', '', {}, { 'payer:per_ann': -2000, 'held:pay_1': 2000 }],
    ['charged_late', '', {}, { 'payer:per_ann': -2000, 'held:pay_1': 2000 }],
    ['paid_out', '', {}, { 'held:pay_1': -2000, 'payee:per_bob': 2000 }],
    ['payout_reversed', '', {}, { 'payee:per_bob': -2000, 'held:pay_1': 2000 }],
    ['refunded', '', {}, { 'payer:per_ann': 2000, 'held:pay_1': -2000 }],
    [
      'refund_failed',
      ' of what looked refunded',
      { state: 'refunded' },
      { 'payer:per_ann': -2000, 'held:pay_1': 2000 },
    ],
    ['refund_failed', ' of what never was', { state: 'refunding' }, {}],
    ['disputed', '', paidOut, { 'payer:per_ann': 2000, 'disputed:pay_1': -2000 }],
    ['disputed_while_held', '', {}, { 'payer:per_ann': 2000, 'disputed:pay_1': -2000 }],
    ['dispute_won', '', paidOut, { 'payer:per_ann': -2000, 'disputed:pay_1': 2000 }],
    ['dispute_won_while_held', '', {}, { 'payer:per_ann': -2000, 'disputed:pay_1': 2000 }],
    ['dispute_lost', ' while held', {}, { 'disputed:pay_1': 2000, 'held:pay_1': -2000 }],
    [
      'dispute_lost',
      ' once taken back',
      takenBack,
      { 'disputed:pay_1': 2000, 'held:pay_1': -2000 },
    ],
    ['dispute_lost', ' once spent', paidOut, { 'disputed:pay_1': 2000, 'tender:losses': -2000 }],
    ['confirmed', '', {}, {}],
    ['undone', '', {}, {}],
  ])('%s%s', (...row) => {
    const [step, , changes, expected] = row;
    expect(booked(step, changes)).toEqual(expected);
  });

  it.each<[PaymentStep, Record<string, number>]>([
    ['charged', { 'payer:per_ann': -2040, 'held:pay_1': 2000, 'tender:fees': 40 }],
    ['refunded', { 'payer:per_ann': 2040, 'held:pay_1': -2000, 'tender:fees': -40 }],
    ['paid_out', { 'held:pay_1': -2000, 'payee:per_bob': 2000 }],
    ['dispute_lost', { 'disputed:pay_1': 2040, 'held:pay_1': -2000, 'tender:fees': -40 }],
  ])('%s with a fee of ours', (step, expected) => {
    expect(booked(step, { fee })).toEqual(expected);
  });

  it('nothing to an account without a name: what nobody has claimed is paid to nobody', () => {
    const payee = { kind: 'claim', claimCode: 'c', calledName: 'Robin' } as const;
    expect(booked('paid_out', { payee })).toHaveProperty('payee:nobody', 2000);
  });
});
