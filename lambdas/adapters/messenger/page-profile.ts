// What a Page shows before and beside a thread: greeting, Get Started, questions to begin with, the menu.
import { writePayload } from '../../domain/chat/payloads.ts';
import { writeShopPayload } from '../../domain/shops/shop-payloads.ts';
import {
  allOf,
  type AtMost,
  cutLine,
  cutLines,
  limits,
  type Text,
  whole,
} from './messenger-limits.ts';

interface MenuItem {
  readonly type: 'postback';
  readonly title: Text<typeof limits.menuTitle>;
  readonly payload: Text<typeof limits.payload>;
}

interface IceBreaker {
  readonly question: Text<typeof limits.iceBreakerQuestion>;
  readonly payload: Text<typeof limits.payload>;
}

/** In Meta's own form: each property is set and read as a whole. */
export interface PageProfile {
  readonly get_started: { readonly payload: Text<typeof limits.payload> };
  readonly greeting: readonly [
    { readonly locale: 'default'; readonly text: Text<typeof limits.greeting> },
  ];
  readonly ice_breakers: readonly [
    {
      readonly locale: 'default';
      readonly call_to_actions: AtMost<typeof limits.iceBreakers, IceBreaker>;
    },
  ];
  readonly persistent_menu: readonly [
    {
      readonly locale: 'default';
      readonly composer_input_disabled: false;
      readonly call_to_actions: AtMost<typeof limits.menuItems, MenuItem>;
    },
  ];
  /** Only https hosts can be allowed; a Page of one's own machine has none. */
  readonly whitelisted_domains?: readonly [string];
}

/** `publicUrl` is the origin of our pages; the wallet's own Page, or that of a shop. */
export function pageProfile(publicUrl: string, of: 'wallet' | 'shop' = 'wallet'): PageProfile {
  const { greeting, questions, menu } = of === 'wallet' ? walletWords : shopWords;
  return {
    get_started: { payload: payloadOf(writePayload({ kind: 'start' })) },
    greeting: [{ locale: 'default', text: cutLines(greeting, limits.greeting) }],
    ice_breakers: [
      {
        locale: 'default',
        call_to_actions: allOf(questions.map(iceBreaker), limits.iceBreakers, 'ice breakers'),
      },
    ],
    persistent_menu: [
      {
        locale: 'default',
        composer_input_disabled: false,
        call_to_actions: allOf(menu.map(menuItem), limits.menuItems, 'menu items'),
      },
    ],
    ...(isAllowable(publicUrl) ? { whitelisted_domains: [originOf(publicUrl)] } : {}),
  };
}

/** What is shown, and the payload that tapping it sends. */
type Tap = readonly [words: string, payload: string];

interface ProfileWords {
  readonly greeting: string;
  readonly questions: readonly Tap[];
  readonly menu: readonly Tap[];
}

const walletWords: ProfileWords = {
  greeting:
    'Hi {{user_first_name}}! Send money to people and ask for it, right here. This chat is automated.',
  questions: [
    ['How do I send money?', writePayload({ kind: 'help' })],
    ['What are my limits?', writePayload({ kind: 'limits' })],
    ['Who am I here?', writePayload({ kind: 'who_am_i' })],
  ],
  menu: [
    ['Activity', writePayload({ kind: 'activity' })],
    ['Who am I', writePayload({ kind: 'who_am_i' })],
    ['Limits', writePayload({ kind: 'limits' })],
    ['Settings', writePayload({ kind: 'settings' })],
    ['Help', writePayload({ kind: 'help' })],
  ],
};

const shopWords: ProfileWords = {
  greeting:
    'Hi {{user_first_name}}! Look around and buy from us, right here. This chat is automated.',
  questions: [
    ['What do you have?', writeShopPayload({ kind: 'menu' })],
    ['Where is my order?', writeShopPayload({ kind: 'my_orders' })],
    ['Can I talk to a person?', writeShopPayload({ kind: 'talk_to_shop' })],
  ],
  menu: [
    ['Menu', writeShopPayload({ kind: 'menu' })],
    ['Cart', writeShopPayload({ kind: 'cart' })],
    ['My orders', writeShopPayload({ kind: 'my_orders' })],
    ['Talk to a person', writeShopPayload({ kind: 'talk_to_shop' })],
  ],
};

function menuItem([title, payload]: Tap): MenuItem {
  return {
    type: 'postback',
    title: cutLine(title, limits.menuTitle),
    payload: payloadOf(payload),
  };
}

function iceBreaker([question, payload]: Tap): IceBreaker {
  return {
    question: cutLine(question, limits.iceBreakerQuestion),
    payload: payloadOf(payload),
  };
}

function payloadOf(payload: string): Text<typeof limits.payload> {
  return whole(payload, limits.payload, 'payload');
}

/** Meta allows https and full domain names: no IP address, no localhost. */
function isAllowable(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' && hostname.includes('.') && !/^[\d.]+$|^\[/u.test(hostname);
}

function originOf(publicUrl: string): string {
  return new URL(publicUrl).origin;
}
