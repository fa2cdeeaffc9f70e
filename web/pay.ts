// /pay: from the review to the charge, and back from Stripe's and the bank's pages.
import {
  confirmPayment,
  type ConfirmPaymentOutcome,
} from '../lambdas/domain/payments/confirm-payment.ts';
import type { LinkFor } from '../lambdas/domain/links/open-link.ts';
import { useUpLink } from '../lambdas/domain/links/open-link.ts';
import { type Payment, type PaymentId, payeeId } from '../lambdas/domain/payments/payment.ts';
import { overLimit } from '../lambdas/domain/payments/replies.ts';
import { returnFromBank } from '../lambdas/domain/payments/return-from-bank.ts';
import type { Person } from '../lambdas/domain/people/person.ts';
import { backFromCard, goAndAddCard } from './cards.ts';
import { throughLink, unknownLink } from './link-pages.ts';
import type { PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';
import { payPage } from './pay-page.ts';
import { finishAtBankPage, paymentStatePage } from './payment-state-page.ts';
import { pinProblem } from './pin-fields.ts';

type PayLink = LinkFor<'pay'>;

export async function showPay(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'pay',
    open: (link) => show(world, request, { link }),
    used: (link) => showState(world, link),
  });
}

async function show(
  world: PageWorld,
  request: PageRequest,
  { link, problem }: { readonly link: PayLink; readonly problem?: string },
): Promise<PageAnswer> {
  const [payment, payer] = await Promise.all([
    world.payments.get(link.purpose.paymentId),
    world.people.byId(link.personId),
  ]);
  if (payment === undefined || payer === undefined) return unknownLink;
  if (payment.state === 'needs_action')
    return finishAtBankPage(request.token, world.providerOrigins);
  if (payment.state !== 'draft') return paymentStatePage(payment, world.settings);
  const payee = payeeId(payment);
  return payPage({
    token: request.token,
    payment,
    payer,
    payee: payee === undefined ? undefined : await world.people.byId(payee),
    hasPin: (await world.pins.of(payer.id)) !== undefined,
    settings: world.settings,
    formTargets: world.providerOrigins,
    ...(problem === undefined ? {} : { problem }),
  });
}

async function showState(world: PageWorld, link: PayLink): Promise<PageAnswer> {
  const payment = await world.payments.get(link.purpose.paymentId);
  return payment === undefined ? unknownLink : paymentStatePage(payment, world.settings);
}

export async function confirmPay(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'pay',
    open: (link) => confirm(world, request, link),
    used: (link) => showState(world, link),
  });
}

async function confirm(world: PageWorld, request: PageRequest, link: PayLink): Promise<PageAnswer> {
  const outcome = await confirmPayment(world, {
    paymentId: link.purpose.paymentId,
    personId: link.personId,
    instrumentId: request.form.get('instrument') ?? '',
    pin: pinIn(request.form),
  });
  return answerTo(world, request, { link, outcome });
}

function pinIn(form: URLSearchParams) {
  const pin = form.get('pin');
  const newPin = form.get('newPin');
  const newPinAgain = form.get('newPinAgain');
  return {
    ...(pin === null ? {} : { pin }),
    ...(newPin === null ? {} : { newPin }),
    ...(newPinAgain === null ? {} : { newPinAgain }),
  };
}

async function answerTo(
  world: PageWorld,
  request: PageRequest,
  { link, outcome }: { readonly link: PayLink; readonly outcome: ConfirmPaymentOutcome },
): Promise<PageAnswer> {
  const again = (problem: string) => show(world, request, { link, problem });
  switch (outcome.kind) {
    case 'needs_action':
      return { kind: 'redirect', to: outcome.url };
    case 'held':
    case 'declined':
    case 'unknown':
      await useUpLink(world, link);
      return paymentStatePage(outcome.payment, world.settings);
    case 'no_longer_a_draft':
      if (outcome.payment.state === 'needs_action') return backToBank(world, outcome.payment.id);
      // An expired draft that the sweeper has not met yet.
      return paymentStatePage(
        outcome.payment.state === 'draft' ? { state: 'cancelled' } : outcome.payment,
        world.settings,
      );
    case 'not_found':
      return unknownLink;
    case 'pin':
      return again(pinProblem(outcome.pass, world.clock.now()));
    case 'instrument_gone':
      return again('This card is no longer saved. Choose another or add one.');
    case 'blocked':
      return again('You cannot pay this person here.');
    case 'payee_left':
      return again('This person is no longer here and cannot be paid. Nothing was charged.');
    case 'peer_payments_off':
      return again('Sending money to people is not switched on here yet.');
    case 'over_limit':
      return again(overLimit(outcome.exceeded, await payerOf(world, link)));
  }
}

async function payerOf(world: PageWorld, link: PayLink): Promise<Person> {
  const payer = await world.people.byId(link.personId);
  if (payer === undefined) throw new Error(`Link of ${link.personId}, who is not there.`);
  return payer;
}

async function backToBank(world: PageWorld, id: PaymentId): Promise<PageAnswer> {
  const back = await returnFromBank(world, id);
  if (back === undefined) return unknownLink;
  return back.url === undefined
    ? paymentStatePage(back.payment, world.settings)
    : { kind: 'redirect', to: back.url };
}

/** The bank's page leads to the payment's own address, which holds no key: it shows how things stand and no more. */
export async function backFromBank(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  if (!isPaymentId(request.token)) return unknownLink;
  const back: { payment: Payment } | undefined = await returnFromBank(world, request.token);
  return back === undefined ? unknownLink : paymentStatePage(back.payment, world.settings);
}

function isPaymentId(token: string): token is PaymentId {
  return /^pay_[a-z0-9]+$/u.test(token);
}

export async function addCardToPay(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'pay',
    open: (link) => goAndAddCard(world, request, { link, path: 'pay' }),
  });
}

export async function backWithCardToPay(
  world: PageWorld,
  request: PageRequest,
): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'pay',
    open: (link) => backFromCard(world, request, { link, path: 'pay' }),
  });
}
