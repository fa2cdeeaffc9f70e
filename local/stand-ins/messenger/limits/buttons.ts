// The buttons that a template may carry, each with its documented limits.
import * as z from 'zod/mini';
import { link, list, phoneNumber, text } from './fields.ts';

const TITLE = 20;
const PAYLOAD = 1000;

const webviewOptions = {
  webview_height_ratio: z.optional(z.enum(['compact', 'tall', 'full'])),
  messenger_extensions: z.optional(z.boolean()),
  fallback_url: z.optional(link()),
  webview_share_button: z.optional(z.literal('hide')),
};

const webUrlButton = z.strictObject({
  type: z.literal('web_url'),
  title: text(TITLE),
  url: link(),
  ...webviewOptions,
});

/** A generic element's own link: a web_url button without a title. */
export const defaultAction = z.strictObject({
  type: z.literal('web_url'),
  url: link(),
  ...webviewOptions,
});

export const button = z.discriminatedUnion('type', [
  webUrlButton,
  z.strictObject({ type: z.literal('postback'), title: text(TITLE), payload: text(PAYLOAD) }),
  z.strictObject({ type: z.literal('phone_number'), title: text(TITLE), payload: phoneNumber() }),
  z.strictObject({ type: z.literal('account_link'), url: link() }),
  z.strictObject({ type: z.literal('account_unlink') }),
  z.strictObject({
    type: z.literal('game_play'),
    title: text(TITLE),
    payload: z.optional(text(PAYLOAD)),
    game_metadata: z.optional(z.strictObject({ player_id: z.string() })),
  }),
  z.strictObject({
    type: z.literal('audio_call'),
    title: text(TITLE),
    payload: z.optional(text(PAYLOAD)),
  }),
]);

export const buttons = list(button, 1, 3);
