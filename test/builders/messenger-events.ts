// Webhook events as Meta writes them, for each type that the Messenger Platform documents.
import { createHmac } from 'node:crypto';

export const pageId = '104857600000001';
export const psid = '7182818284590452';
export const sentAtMs = 1_795_000_000_000;

export type VendorEvent = Readonly<Record<string, unknown>>;

/** From a person to the page. */
export function fromPerson(body: VendorEvent): VendorEvent {
  return { sender: { id: psid }, recipient: { id: pageId }, timestamp: sentAtMs, ...body };
}

export const events = {
  text: (text = 'send $20 to bob for lunch', mid = 'm_text') =>
    fromPerson({ message: { mid, text } }),
  quickReply: () =>
    fromPerson({ message: { mid: 'm_quick', text: 'Bob', quick_reply: { payload: 'v1:yes' } } }),
  reply: () =>
    fromPerson({
      message: { mid: 'm_reply', text: 'ok', reply_to: { mid: 'm_1', is_self_reply: false } },
    }),
  image: () =>
    fromPerson({
      message: {
        mid: 'm_image',
        attachments: [{ type: 'image', payload: { url: 'https://scontent.example/1.jpg' } }],
      },
    }),
  sticker: () =>
    fromPerson({
      message: {
        mid: 'm_sticker',
        attachments: [
          { type: 'sticker', payload: { url: 'https://s.example', sticker_id: 369239263222822 } },
        ],
      },
    }),
  /** A shared link: `payload` may be missing. */
  fallback: () =>
    fromPerson({
      message: { mid: 'm_link', text: 'https://example.com', attachments: [{ type: 'fallback' }] },
    }),
  deleted: () => fromPerson({ message: { mid: 'm_gone', is_deleted: true } }),
  withReferral: () =>
    fromPerson({
      message: {
        mid: 'm_ad',
        text: 'hi',
        referral: { ref: 'claim-abc', source: 'ADS', type: 'OPEN_THREAD', ad_id: '6045246247433' },
      },
    }),
  echo: (metadata: string | undefined = 'm_text:1') => ({
    sender: { id: pageId },
    recipient: { id: psid },
    timestamp: sentAtMs,
    message: {
      is_echo: true,
      app_id: 1517776481860111,
      mid: 'm_echo',
      text: 'Done',
      ...(metadata === '' ? {} : { metadata }),
    },
  }),
  edit: (numEdit = 1) =>
    fromPerson({ message_edit: { mid: 'm_text', text: 'send $2000 to bob', num_edit: numEdit } }),
  reaction: (action = 'react') =>
    fromPerson({ reaction: { reaction: 'love', emoji: '\u{2764}\u{FE0F}', action, mid: 'm_1' } }),
  postback: () => fromPerson({ postback: { mid: 'm_post', title: 'Help', payload: 'v1:help' } }),
  getStarted: () =>
    fromPerson({
      postback: {
        mid: 'm_start',
        title: 'Get Started',
        payload: 'v1:start',
        referral: { ref: 'claim-abc', source: 'SHORTLINK', type: 'OPEN_THREAD' },
      },
    }),
  referral: () =>
    fromPerson({ referral: { ref: 'claim-abc', source: 'SHORTLINK', type: 'OPEN_THREAD' } }),
  optOut: () =>
    fromPerson({
      optin: {
        type: 'notification_messages',
        notification_messages_token: '7182',
        notification_messages_status: 'STOP_NOTIFICATIONS',
      },
    }),
  pluginOptin: () => fromPerson({ optin: { ref: 'claim-abc' } }),
  accountLinking: () =>
    fromPerson({ account_linking: { status: 'linked', authorization_code: 'AUTH' } }),
  delivery: () => fromPerson({ delivery: { mids: ['m_echo'], watermark: sentAtMs } }),
  read: () => fromPerson({ read: { watermark: sentAtMs } }),
  feedback: () => fromPerson({ messaging_feedback: { feedback_screens: [] } }),
  passThread: () => fromPerson({ pass_thread_control: { new_owner_app_id: '123', metadata: '' } }),
  policy: () => ({
    recipient: { id: pageId },
    timestamp: sentAtMs,
    policy_enforcement: { action: 'block', reason: 'The bot violated our Platform Policies.' },
  }),
  cart: () => fromPerson({ order: { products: [], note: '' } }),
} as const;

export function entryOf(...messaging: readonly unknown[]): VendorEvent {
  return { id: pageId, time: sentAtMs + 250, messaging };
}

export function bodyOf(...messaging: readonly unknown[]): VendorEvent {
  return { object: 'page', entry: [entryOf(...messaging)] };
}

/** As Meta writes JSON: everything above ASCII escaped, slashes too. */
export function asMetaWrites(body: unknown): Buffer {
  const escaped = JSON.stringify(body)
    .replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
  return Buffer.from(escaped, 'latin1');
}

export function signatureOf(body: Buffer, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}
