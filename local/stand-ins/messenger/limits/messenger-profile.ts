// The Messenger Profile's properties: Get Started, greeting, ice breakers, menu, commands, domains.
import * as z from 'zod/mini';
import { isSecureLink, link, list, text } from './fields.ts';

/** Neither length is documented today; these are what the composer of a Page shows without cutting. */
const LONGEST_GREETING = 160;
const LONGEST_ICE_BREAKER = 80;

const PAYLOAD = 1000;

const hasDefault = (entries: readonly { readonly locale: string }[]) =>
  entries.some((entry) => entry.locale === 'default');

const menuItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('postback'), title: text(30), payload: text(PAYLOAD) }),
  z.strictObject({
    type: z.literal('web_url'),
    title: text(30),
    url: link(),
    webview_height_ratio: z.optional(z.enum(['compact', 'tall', 'full'])),
    messenger_extensions: z.optional(z.boolean()),
    fallback_url: z.optional(link()),
    webview_share_button: z.optional(z.literal('hide')),
  }),
]);

/** Full domain names over https; neither IP addresses nor localhost. */
const domain = z.string().check(
  z.refine(
    (value) => {
      if (!isSecureLink(value) || !value.startsWith('https://')) return false;
      const host = new URL(value).hostname;
      return /[a-z]/i.test(host) && host.includes('.') && !host.startsWith('[');
    },
    { error: 'must be an https URL of a full domain name, not an IP address or localhost' },
  ),
);

const withDefault = { error: 'must have an entry with locale "default"' };

export const messengerProfile = z.partial(
  z.strictObject({
    get_started: z.strictObject({ payload: text(PAYLOAD) }),
    greeting: z
      .array(z.strictObject({ locale: text(10), text: text(LONGEST_GREETING) }))
      .check(z.minLength(1), z.refine(hasDefault, withDefault)),
    ice_breakers: z
      .array(
        z.strictObject({
          locale: text(10),
          call_to_actions: list(
            z.strictObject({ question: text(LONGEST_ICE_BREAKER), payload: text(PAYLOAD) }),
            1,
            4,
          ),
        }),
      )
      .check(z.minLength(1), z.refine(hasDefault, withDefault)),
    persistent_menu: z
      .array(
        z.strictObject({
          locale: text(10),
          composer_input_disabled: z.optional(z.boolean()),
          call_to_actions: z.optional(list(menuItem, 1, 20)),
        }),
      )
      .check(z.minLength(1), z.refine(hasDefault, withDefault)),
    commands: z.array(
      z.strictObject({
        locale: text(10),
        commands: list(z.strictObject({ name: text(32), description: text(64) }), 1, 100),
      }),
    ),
    whitelisted_domains: list(domain, 1, 50),
    account_linking_url: link(),
  }),
);

export type MessengerProfile = z.infer<typeof messengerProfile>;

/** Every property that can be read or deleted by name. */
export const profileField = z.enum([
  'get_started',
  'greeting',
  'ice_breakers',
  'persistent_menu',
  'commands',
  'whitelisted_domains',
  'account_linking_url',
]);

export type ProfileField = z.infer<typeof profileField>;
