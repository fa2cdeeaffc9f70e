// Someone opened a claim link: what they are told. The money itself is announced by the journal.
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import type { Member } from '../people/person.ts';
import { claimPayment } from './claim-payment.ts';

export async function claim(speaking: Speaking<Member>, claimCode: string): Promise<Turn> {
  const { world, person } = speaking;
  const outcome = await claimPayment(world, { claimCode, claimer: person });
  switch (outcome.kind) {
    case 'claimed':
      return answer('It is yours. One moment.');
    case 'already_yours':
      return answer('This money is yours already. Write “activity” to see it.');
    case 'your_own':
      return answer(
        'This is the link of a payment of yours. Forward it to the person who should get the money.',
      );
    case 'taken':
      return answer(
        'Somebody opened this link before you. Ask the sender if that was not meant to happen.',
      );
    case 'not_paid_yet':
      return answer('The sender has not finished paying. Open the link again in a little while.');
    case 'gone':
      return answer('This link has ended: the money went back to the sender.');
    case 'not_found':
      return answer('This link leads nowhere. Ask the sender to send it again.');
  }
}
