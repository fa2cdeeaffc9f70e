// Hands the thread to the shop's own people, who answer from the Page's inbox, and takes it back: by a word of the buyer or an act of theirs.
import type { PendingQuestion } from '../chat/conversation.ts';
import { say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import type { Shopping, Visit } from './shopping.ts';
import { toMenu } from './shop-replies.ts';
import { tellTeam } from './tell-team.ts';

export async function talkToShop(shopping: Shopping): Promise<Turn> {
  const { shop, person } = shopping;
  const text = `${person.name ?? 'Somebody'} wants to talk to a person. Answer in the inbox of your Page.`;
  return {
    replies: [
      {
        kind: 'text',
        text: `The people of ${shop.name} have this chat now: write to them here. I keep quiet until you write “bot” or they give it back. If I stay silent after “bot”, Messenger keeps the chat with them: ask them to give it back. News of your orders comes too, where Messenger lets two of us write; else “my orders” tells you when I am back.`,
        handsOver: true,
      },
    ],
    pending: { kind: 'with_the_shop' },
    toOthers: await tellTeam(shopping, {
      text,
      about: 'at your shop',
      state: 'somebody wants to talk to a person',
    }),
  };
}

export function comeBack({ conversation, event, shop }: Shopping): Turn {
  const isBack =
    conversation.pending?.kind === 'with_the_shop' ||
    (event.kind === 'message' && event.isStandby === true);
  if (!isBack) return answer(say('I am here.', [toMenu]));
  const back = say('I am back. What would you like?', [toMenu]);
  const ifShared = `I answer again, and the people of ${shop.name} still see this chat and may answer too. What would you like?`;
  return answer({ ...back, ifShared });
}

/** What its people do with the thread, in their inbox or in our console. */
export function movedByTheShop({ conversation, event, shop }: Visit): Turn | undefined {
  const { pending } = conversation;
  if (event.kind === 'taken_over') return stillWithTheShop(conversation);
  if (event.kind !== 'handed_back') return undefined;
  // Given back twice, it was ours already.
  if (pending?.kind !== 'with_the_shop')
    return { replies: [], ...(pending === undefined ? {} : { pending }) };
  const words = `The people of ${shop.name} have given this chat back to me. What would you like?`;
  const back = say(words, [toMenu]);
  return answer(event.by === 'console' ? { ...back, takesBack: true } : back);
}

export function stillWithTheShop({ pending }: { readonly pending?: PendingQuestion }): Turn {
  const isKnown = pending?.kind === 'with_the_shop';
  return { replies: [], pending: isKnown ? pending : { kind: 'with_the_shop' } };
}

/** Before the first word after its people, the thread is taken from them. */
export function takingBack(turn: Turn, { conversation, event }: Visit): Turn {
  const isTheirs =
    conversation.pending?.kind === 'with_the_shop' ||
    (event.kind === 'message' && event.isStandby === true);
  const [first, ...rest] = turn.replies;
  if (!isTheirs || first === undefined || first.handsOver) return turn;
  return { ...turn, replies: [{ ...first, takesBack: true }, ...rest] };
}
