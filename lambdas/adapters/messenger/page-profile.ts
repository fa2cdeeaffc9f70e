// What a Page shows before and beside a thread: greeting, Get Started, questions to begin with, the menu.
import { writePayload } from '../../domain/chat/payloads.ts';
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

/** `publicUrl` is the origin of our pages. */
export function pageProfile(publicUrl: string): PageProfile {
  return {
    get_started: { payload: whole(writePayload({ kind: 'start' }), limits.payload, 'payload') },
    greeting: [
      {
        locale: 'default',
        text: cutLines(
          'Hi {{user_first_name}}! Send money to people and ask for it, right here. This chat is automated.',
          limits.greeting,
        ),
      },
    ],
    ice_breakers: [
      {
        locale: 'default',
        call_to_actions: allOf(
          [
            iceBreaker('How do I send money?', 'help'),
            iceBreaker('What are my limits?', 'limits'),
            iceBreaker('Who am I here?', 'who_am_i'),
          ],
          limits.iceBreakers,
          'ice breakers',
        ),
      },
    ],
    persistent_menu: [
      {
        locale: 'default',
        composer_input_disabled: false,
        call_to_actions: allOf(
          [
            menuItem('Activity', 'activity'),
            menuItem('Who am I', 'who_am_i'),
            menuItem('Limits', 'limits'),
            menuItem('Settings', 'settings'),
            menuItem('Help', 'help'),
          ],
          limits.menuItems,
          'menu items',
        ),
      },
    ],
    ...(isAllowable(publicUrl) ? { whitelisted_domains: [originOf(publicUrl)] } : {}),
  };
}

type MenuCommand = 'activity' | 'who_am_i' | 'limits' | 'settings' | 'help';

function menuItem(title: string, kind: MenuCommand): MenuItem {
  return {
    type: 'postback',
    title: cutLine(title, limits.menuTitle),
    payload: whole(writePayload({ kind }), limits.payload, 'payload'),
  };
}

function iceBreaker(question: string, kind: MenuCommand): IceBreaker {
  return {
    question: cutLine(question, limits.iceBreakerQuestion),
    payload: whole(writePayload({ kind }), limits.payload, 'payload'),
  };
}

/** Meta allows https and full domain names: no IP address, no localhost. */
function isAllowable(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' && hostname.includes('.') && !/^[\d.]+$|^\[/u.test(hostname);
}

function originOf(publicUrl: string): string {
  return new URL(publicUrl).origin;
}
