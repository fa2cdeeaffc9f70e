// Of orders: the mutants that live on, and why.
import { bugWords, forTypes, notStored, type Survivor } from './survivor.ts';

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
    file: `${orders}/refund-order.ts`,
    was: '!isLegal(step, order.state)',
    becomes: 'false',
    why: 'Only of what is paid is there something left, and wherever it is paid it may be given back; asked once more all the same.',
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
  { file: `${orders}/ask-for-payment.ts`, was: "''", why: forTypes },
  {
    file: `${orders}/ask-for-payment.ts`,
    was: 'trail.customerId === undefined',
    becomes: 'false',
    why: 'What is undefined is not sent.',
  },
  {
    file: `${orders}/ask-for-payment.ts`,
    was: "now.method === 'checkout'",
    becomes: 'true',
    why: 'Another method is another try, and has another number.',
  },
  { file: `${orders}/check-out.ts`, was: '`Order ${order.id} is not there.`', why: bugWords },
  {
    file: `${orders}/check-out.ts`,
    was: '!isOpenDraft(order, nowMs)',
    becomes: 'false',
    why: 'It is asked once more in the write; this spares the shop the question.',
  },
  {
    file: `${orders}/check-out.ts`,
    was: "why !== 'promotion_unknown' && why !== 'tip_unknown'",
    becomes: 'false',
    why: 'What was refused for another reason is refused for it again.',
  },
  {
    file: `${orders}/draft-order.ts`,
    was: '[...new Set(lines.map(({ productId }) => productId))].slice(0, 100)',
    why: 'No wish that gets here names so many: it is what one read of the store takes.',
  },
  {
    file: `${orders}/draft-order.ts`,
    was: 'ids.length === 0',
    becomes: 'false',
    why: 'It spares asking the store for nothing.',
  },
  {
    file: `${orders}/draft-order.ts`,
    was: "committed.kind === 'done'",
    becomes: 'false',
    why: 'What was written is found, too; this spares looking for it.',
  },
  {
    file: `${orders}/draft-order.ts`,
    was: "'nobody'",
    why: 'Any word makes an id that is nobody’s, and always the same.',
  },
  { file: `${orders}/refresh-order.ts`, was: "''", why: forTypes },
  {
    file: `${orders}/remind-of-bill.ts`,
    was: '`Order ${orderId} is not there.`',
    why: bugWords,
  },
  { file: `${orders}/requote-order.ts`, was: '`Order ${orderId} is not there.`', why: bugWords },
  { file: `${orders}/requote-order.ts`, was: '`Order ${order.id} is of no shop.`', why: bugWords },
  {
    file: `${orders}/requote-order.ts`,
    was: '`Order ${told.order.id} is not there.`',
    why: bugWords,
  },
  { file: `${orders}/send-bill.ts`, was: 'to === undefined', becomes: 'false', why: forTypes },
  {
    file: `${orders}/send-bill.ts`,
    was: "''",
    why: 'Nobody is written to there; it only stands where an address has to.',
  },
  {
    file: `${orders}/send-evidence.ts`,
    was: 'dispute.evidenceSentAtMs === undefined',
    becomes: 'true',
    why: 'The provider takes an answer once, so of two who send only one gets here.',
  },
  { file: `${orders}/send-bill.ts`, was: 'note === undefined', becomes: 'false', why: notStored },
  {
    file: `${orders}/continue-order-refund.ts`,
    was: 'reason === undefined',
    becomes: 'false',
    why: '`takeOrderStep` leaves out a reason that is undefined.',
  },
];
