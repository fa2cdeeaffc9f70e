// Of orders: the mutants that live on, and why.
import { forTypes, notStored, type Survivor } from './survivor.ts';

const anyConstant = 'Any text does that stands there in each bill alike, and is no product’s id.';

const orders = 'domain/orders';
export const ordersSurvivors: readonly Survivor[] = [
  {
    file: `${orders}/quote.ts`,
    was: 'compare(discount, goods) > 0',
    becomes: 'compare(discount, goods) >= 0',
    why: 'Of exactly what the goods cost, either is the same amount.',
  },
  {
    file: `${orders}/quote.ts`,
    was: 'code.trim().toUpperCase()',
    becomes: 'code.trim().toLowerCase()',
    why: 'Codes are only compared with each other, both folded the same way.',
  },
  {
    file: `${orders}/refundable.ts`,
    was: 'left.minor < 0',
    becomes: 'left.minor <= 0',
    why: 'Where nothing is left, either says so.',
  },
  {
    file: `${orders}/refund-order.ts`,
    was: '!isLegal(step, order.state)',
    becomes: 'false',
    why: 'Only of what is paid is there something left, and wherever it is paid it may be given back; asked once more all the same.',
  },
  {
    file: `${orders}/refund-order.ts`,
    was: 'intentId === undefined',
    becomes: 'false',
    why: forTypes,
  },
  {
    file: `${orders}/refund-wish.ts`,
    was: "!isLegal('refund_refused', order.state)",
    becomes: 'false',
    why: 'A wish is open only where it may be refused; asked once more all the same.',
  },
  {
    file: `${orders}/follow-refund.ts`,
    was: "answer.kind === 'unknown'",
    becomes: 'false',
    why: 'Only what is done or pending is added, as is asked once more below.',
  },
  { file: `${orders}/follow-refund.ts`, was: "'unknown'", why: 'As above.' },
  {
    file: `${orders}/settle-paid.ts`,
    was: 'changed.isOurs && !isBooked(changed.order, paid.intentId)',
    becomes: 'changed.isOurs || !isBooked(changed.order, paid.intentId)',
    why: 'Once more finds the money in the books, and changes nothing.',
  },
  {
    file: `${orders}/settle-paid.ts`,
    was: 'isSameMoney(total, order.bill.total)',
    becomes: 'false',
    why: 'In proportion to all of a charge like the order’s own, the fee that goes back is the whole fee, too.',
  },
  {
    file: `${orders}/continue-order-refund.ts`,
    was: 'answer.refundId !== undefined',
    becomes: 'true',
    why: notStored,
  },
  {
    file: `${orders}/continue-order-refund.ts`,
    was: 'reason === undefined',
    becomes: 'false',
    why: '`takeOrderStep` leaves out a reason that is undefined.',
  },
  {
    file: `${orders}/settle-checkout.ts`,
    was: 'accountId === undefined',
    becomes: 'false',
    why: notStored,
  },
  {
    file: `${orders}/settle-checkout.ts`,
    was: 'reason === undefined',
    becomes: 'false',
    why: '`takeOrderStep` leaves out a reason that is undefined.',
  },
  {
    file: `${orders}/settle-order-charge.ts`,
    was: 'card === undefined',
    becomes: 'false',
    why: 'A card that is undefined is left out where the charge is noted.',
  },
  {
    file: `${orders}/order-dispute.ts`,
    was: 'sentAtMs === undefined',
    becomes: 'false',
    why: notStored,
  },
  {
    file: `${orders}/order-dispute.ts`,
    was: 'respondBeforeMs === undefined',
    becomes: 'false',
    why: notStored,
  },
  { file: `${orders}/advance-order.ts`, was: "''", why: forTypes },
  {
    file: `${orders}/advance-order.ts`,
    was: 'outcome.order.version === order.version',
    becomes: 'true',
    why: 'Whether it has moved since is asked again where the step is taken.',
  },
  { file: `${orders}/bill-seen.ts`, was: "''", becomes: '"Stryker was here!"', why: anyConstant },
  { file: `${orders}/bill-seen.ts`, was: '[]', becomes: '["Stryker was here"]', why: anyConstant },
];
