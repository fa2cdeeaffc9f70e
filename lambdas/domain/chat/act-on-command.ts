// The one switch over everything that a member can say or press.
import { answer, type Speaking, type Turn } from './turn.ts';
import type { Command } from './command.ts';
import { help, notUnderstood } from './replies.ts';
import { showActivity } from './show-activity.ts';
import { answerQuestion } from './answer-question.ts';
import {
  acceptSubject,
  cancelSubject,
  declineSubject,
  remindSubject,
  undoPayment,
} from './act-on-subject.ts';
import { claim } from '../payments/claim-turn.ts';
import { sendMoney } from '../payments/send-money.ts';
import { requestMoney } from '../requests/request-money.ts';
import { blockPerson, reportPerson, unblockPerson } from '../people/contact-control.ts';
import {
  askForDeletion,
  chooseAnotherHandle,
  setCurrency,
  showLimits,
  showSettings,
  showWhoYouAre,
  stopWriting,
} from '../people/about-oneself.ts';
import { showJoin } from '../people/join-turn.ts';
import { leaveShop } from '../people/leave-shop.ts';
import { showShops } from '../people/show-shops.ts';
import type { Member } from '../people/person.ts';

export async function actOnCommand(speaking: Speaking<Member>, command: Command): Promise<Turn> {
  switch (command.kind) {
    case 'send':
      return sendMoney(speaking, command);
    case 'request':
      return requestMoney(speaking, command);
    case 'accept':
      return acceptSubject(speaking, command.id);
    case 'decline':
      return declineSubject(speaking, command.id);
    case 'cancel':
      return cancelSubject(speaking, command.id);
    case 'undo':
      return undoPayment(speaking, command.id);
    case 'remind':
      return remindSubject(speaking, command);
    case 'claim':
      return claim(speaking, command.code);
    case 'activity':
      return showActivity(speaking, command.before);
    case 'who_am_i':
      return showWhoYouAre(speaking);
    case 'limits':
      return showLimits(speaking);
    case 'settings':
      return showSettings(speaking);
    case 'join':
      return showJoin(speaking, command.token);
    case 'my_shops':
      return showShops(speaking);
    case 'leave_shop':
      return leaveShop(speaking, command.personId);
    case 'set_currency':
      return setCurrency(speaking, command.currency);
    case 'choose_handle':
      return chooseAnotherHandle(speaking);
    case 'block':
      return blockPerson(speaking, command.who);
    case 'unblock':
      return unblockPerson(speaking, command.who);
    case 'report':
      return reportPerson(speaking, command);
    case 'stop':
      return stopWriting(speaking);
    case 'delete_my_data':
      return askForDeletion();
    case 'help':
    case 'start':
      return answer(help(speaking.person));
    case 'answer':
    case 'yes':
    case 'no':
      return answerQuestion(speaking, command);
    case 'not_understood':
      return notUnderstood(command, speaking.person);
  }
}
