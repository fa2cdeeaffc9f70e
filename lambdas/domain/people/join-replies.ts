// What is said at both ends of joining a chat at a shop to an account of the wallet.
import { writePayload } from '../chat/payloads.ts';
import { type Reply, say } from '../chat/reply.ts';
import type { Shop } from '../shops/shop.ts';
import { writeShopPayload } from '../shops/shop-payloads.ts';
import type { WhyNoJoin } from './join-address.ts';
import { nameAndHandle, type Person } from './person.ts';

type Named = Pick<Person, 'name' | 'handle'>;

/** At the shop. */
export function takeToWallet(shop: Pick<Shop, 'name'>, url: string): Reply {
  return {
    kind: 'buttons',
    text: `If you use Tender as a wallet, this chat with ${shop.name} can be joined to your account there: your PIN then guards cards that you keep here, and “my shops” there shows your orders. Open the link yourself and pass it on to nobody. It works once, for 15 minutes, and you confirm here who opened it.`,
    buttons: [{ kind: 'link', title: 'Open my wallet', url }],
  };
}

/** What the tap carries; a button of an earlier question does not answer this one. */
export function joinAnswer(fingerprint: string): string {
  return `join:${fingerprint.slice(0, 16)}`;
}

export function askToJoin(of: {
  readonly shop: Pick<Shop, 'name'>;
  readonly customer: Named;
  readonly member: Named;
  readonly fingerprint: string;
}): Reply {
  const who = of.customer.name === undefined ? '' : ` as “${of.customer.name}”`;
  return say(
    `Join a chat with ${of.shop.name}${who} to your account ${nameAndHandle(of.member)}? Whoever writes there would count as you. Tap Join only if that is your own chat, and you asked for this there just now. If somebody sent you this link, tap Not me.`,
    joinButtons(of.fingerprint),
  );
}

function joinButtons(fingerprint: string) {
  return [
    { title: 'Join', payload: writePayload({ kind: 'answer', payload: joinAnswer(fingerprint) }) },
    { title: 'Not me', payload: writePayload({ kind: 'no' }) },
  ];
}

export function tapToJoin(fingerprint: string): Reply {
  return say('Please tap Join or Not me. Nothing is joined yet.', joinButtons(fingerprint));
}

export const notJoined = say('All right, nothing was joined.');

export const joinLater = say(
  'To join a chat with a shop you need an account first. When you have one, open the link in that chat once more.',
);

export function waitsAtShop(shop: Pick<Shop, 'name' | 'pageId'>): Reply {
  return {
    kind: 'buttons',
    text: `Almost. Confirm it in your chat with ${shop.name}; until then nothing is joined.`,
    buttons: [{ kind: 'link', title: 'Go to the shop', url: `https://m.me/${shop.pageId}` }],
  };
}

/** At the shop: names who it would be, for whoever holds the link may not be who asked for it. */
export function askToConfirmAtShop(member: Named, fingerprint: string): Reply {
  return say(
    `${nameAndHandle(member)} says that this chat is theirs. Is that you? If so, your orders here show in that account, and its PIN guards cards that you keep here. If you do not know that handle as your own, tap No.`,
    [
      {
        title: 'Yes, that is me',
        payload: writeShopPayload({ kind: 'confirm_join', fingerprint }),
      },
      { title: 'No', payload: writeShopPayload({ kind: 'refuse_join', fingerprint }) },
    ],
  );
}

const undoAtShop = { title: 'Undo', payload: writeShopPayload({ kind: 'unlink_wallet' }) };

export function joinedAtShop(member: Named): Reply {
  return say(
    `Joined: this chat is ${nameAndHandle(member)}’s now. “unlink” takes it back at any time.`,
    [undoAtShop],
  );
}

export function joinedInWallet(shop: Pick<Shop, 'name'>, customer: Pick<Person, 'id'>): Reply {
  return say(
    `Joined: your chat with ${shop.name} belongs to your account now. Not yours? Undo it.`,
    [undoInWallet(customer.id, 'Undo')],
  );
}

export function undoInWallet(personId: Person['id'], title: string) {
  return { title, payload: writePayload({ kind: 'leave_shop', personId }) };
}

export function joinedBefore(member: Named): Reply {
  return say(`This chat is joined to ${nameAndHandle(member)}. “unlink” takes it back.`, [
    undoAtShop,
  ]);
}

export const refusedAtShop = say(
  'All right, nothing was joined, and that link is dead. Write “link my wallet” for a new one.',
);

export function refusedInWallet(shop: Pick<Shop, 'name'>): Reply {
  return say(`That was refused in the chat with ${shop.name}. Nothing was joined.`);
}

export function unjoined(shop: Pick<Shop, 'name'>): Reply {
  return say(
    `Your wallet and the chat with ${shop.name} are apart again. Orders and kept cards stay in the chat where they were made.`,
  );
}

export const notJoinedAtAll = say('These are not joined, so nothing was changed.');

const whyWords: Record<WhyNoJoin, string> = {
  unknown: 'That link joins nothing.',
  expired: 'That link is too old.',
  used: 'That link was used already.',
  taken: 'Somebody else has used that link.',
  joined_already: 'That chat is joined to an account already. Write “unlink” there first.',
  other_chat_there:
    'Another chat with that shop is joined to your account. Write “my shops” to take that apart first.',
  too_many: 'You have joined as many shops as I can keep. Write “my shops” to take one apart.',
};

export function noJoin(why: WhyNoJoin): Reply {
  const again = ['unknown', 'expired', 'used', 'taken'].includes(why)
    ? ' Write “link my wallet” in your chat with the shop for a new one.'
    : '';
  return say(`${whyWords[why]} Nothing was joined.${again}`);
}
