// Hands the thread to the shop's own people, who answer from the Page's inbox, and takes it back by a word.
import { say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import type { Shopping } from './shopping.ts';
import { toMenu } from './shop-replies.ts';
import { tellTeam } from './tell-team.ts';

export async function talkToShop(shopping: Shopping): Promise<Turn> {
  const { shop, person } = shopping;
  const text = `${person.name ?? 'Somebody'} wants to talk to a person. Answer in the inbox of your Page.`;
  return {
    replies: [
      {
        kind: 'text',
        text: `The people of ${shop.name} have this chat now: write to them here. I keep quiet until you write “bot” or they give it back. News of your orders still comes.`,
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

export function comeBack({ conversation }: Shopping): Turn {
  const isBack = conversation.pending?.kind === 'with_the_shop';
  const words = isBack ? 'I am back. What would you like?' : 'I am here.';
  return answer({ ...say(words, [toMenu]), ...(isBack ? { takesBack: true } : {}) });
}
