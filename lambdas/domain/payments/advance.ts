// What a woken subject asks for: a payment or a request, told apart by its id.
import { advanceRequest } from '../requests/answer-request.ts';
import { type AdvanceWorld, advancePayment } from './advance-payment.ts';
import { readSubjectId } from '../chat/subject-id.ts';

export async function advance(
  world: AdvanceWorld,
  subject: string,
): Promise<'advanced' | 'not_a_subject'> {
  const id = readSubjectId(subject);
  if (id === undefined) return 'not_a_subject';
  if (id.startsWith('pay_')) await advancePayment(world, `pay_${id.slice(4)}`);
  else await advanceRequest(world, `req_${id.slice(4)}`);
  return 'advanced';
}
