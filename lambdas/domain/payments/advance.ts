// What a woken subject asks for: a payment, a request or an order, told apart by its id.
import { type AdvanceOrderWorld, advanceOrder } from '../orders/advance-order.ts';
import { advanceRequest } from '../requests/answer-request.ts';
import { type AdvanceWorld, advancePayment } from './advance-payment.ts';
import { readOrderId, readSubjectId } from '../chat/subject-id.ts';

export async function advance(
  world: AdvanceWorld & AdvanceOrderWorld,
  subject: string,
): Promise<'advanced' | 'not_a_subject'> {
  const orderId = readOrderId(subject);
  if (orderId !== undefined) {
    await advanceOrder(world, orderId);
    return 'advanced';
  }
  const id = readSubjectId(subject);
  if (id === undefined) return 'not_a_subject';
  if (id.startsWith('pay_')) await advancePayment(world, `pay_${id.slice(4)}`);
  else await advanceRequest(world, `req_${id.slice(4)}`);
  return 'advanced';
}
