// Of payments: the mutants that live on, and why.
import { forTypes, notStored, type Survivor } from './survivor.ts';

const payments = 'domain/payments';
const neverSo = 'The step before leads to no such state, and the switch must name them all.';

export const paymentsSurvivors: readonly Survivor[] = [
  {
    file: `${payments}/advance-payment.ts`,
    was: "case 'review':",
    why: 'A payment without a due date has gone before; the switch must name every state.',
  },
  {
    file: `${payments}/advance-payment.ts`,
    was: "'payer_gone'",
    why: 'What is unknown is asked about again, for whatever reason.',
  },
  { file: `${payments}/advance-payment.ts`, was: "''", why: forTypes },
  {
    file: `${payments}/advance-payment.ts`,
    was: "payment.state === 'held'",
    becomes: 'true',
    why: 'Paying out asks for it once more; this spares looking for the payee.',
  },
  {
    file: `${payments}/backfill-events.ts`,
    was: 'Math.floor(nowMs / hourMs) * 0.618_033_988_7',
    why: 'Of the golden ratio and its inverse the part behind the point is the same.',
  },
  {
    file: `${payments}/claim-payment.ts`,
    was: 'changed.isOurs',
    becomes: 'true',
    why: 'Who is noticed twice is woken for once: the due date tells.',
  },
  { file: `${payments}/confirm-payment.ts`, was: "'generic'", why: forTypes },
  { file: `${payments}/confirm-payment.ts`, was: "case 'cancelled':", why: neverSo },
  { file: `${payments}/confirm-payment.ts`, was: "''", why: forTypes },
  {
    file: `${payments}/limits.ts`,
    was: 'each > oldest',
    becomes: 'each >= oldest',
    why: 'A day more is kept, which no limit counts.',
  },
  {
    file: `${payments}/recipients.ts`,
    was: 'waiting.length < pageSize',
    becomes: 'false',
    why: 'It spares a look that finds nothing.',
  },
  {
    file: `${payments}/remind-payee.ts`,
    was: 'nowMs - (payment.remindedAtMs ?? 0) < dayMs',
    becomes: 'nowMs - (payment.remindedAtMs ?? 0) <= dayMs',
    why: 'Nobody reminds to the millisecond.',
  },
  {
    file: `${payments}/send-money.ts`,
    was: 'said.note === undefined',
    becomes: 'false',
    why: notStored,
  },
  {
    file: `${payments}/send-money.ts`,
    was: 'declined.note === undefined',
    becomes: 'false',
    why: notStored,
  },
  {
    file: `${payments}/send-money.ts`,
    was: "'again'",
    why: 'Any word makes another id than that of the payment which was declined, and always the same.',
  },
  {
    file: `${payments}/stop-payment.ts`,
    was: 'true',
    becomes: 'false',
    why: 'It is asked of each payment that is there, and not looked at for one that is not.',
  },
];
