// One message as a row: avatar, bubble or template, what it answers, reactions, and its options button.
import { avatar } from './avatar.js';
import { h, iconButton } from './dom.js';
import { icon } from './icons.js';
import { linkify } from './links.js';
import { attachmentView, stickerView, utilityView } from './templates.js';

/**
 * @param {any} message as the door tells it
 * @param {{ pageName: string, quoted?: string, taps: import('./templates.js').Taps, onOptions: (message: any, near: Element) => void }} context
 */
export function bubbleRow(message, { pageName, quoted, taps, onOptions }) {
  const options = iconButton('Message options', icon('smile', 18), {
    onclick: (event) => onOptions(message, event.currentTarget),
    look: 'message-options',
  });
  return h(
    'div',
    { class: `row from-${message.from}`, 'data-mid': message.mid },
    message.from === 'page' && avatar(pageName, 'small'),
    h(
      'div',
      { class: 'stack' },
      quoted && h('div', { class: 'quote' }, quoted),
      h('div', { class: 'content' }, ...contentOf(message, taps), reactionsOf(message)),
      message.editCount > 0 && h('span', { class: 'edited' }, 'Edited'),
    ),
    options,
  );
}

function contentOf(message, taps) {
  if (message.utility) return [utilityView(message.utility, taps)];
  const parts = message.attachments.map((attachment) =>
    attachment.type === 'sticker'
      ? stickerView(attachment.stickerId)
      : attachmentView(attachment, taps),
  );
  if (message.stickerId) parts.push(stickerView(message.stickerId));
  if (message.text !== null) parts.unshift(textBubble(message.text, taps));
  return parts;
}

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\s){1,12}$/u;

function textBubble(text, taps) {
  const look = ONLY_EMOJI.test(text) ? 'bubble big-emoji' : 'bubble';
  return h('div', { class: look, dir: 'auto' }, ...linkify(text, taps.openLink));
}

function reactionsOf({ reactions }) {
  const emoji = [...new Set([reactions.person, reactions.page].filter(Boolean))];
  if (emoji.length === 0) return null;
  return h(
    'span',
    { class: 'reactions', role: 'img', 'aria-label': `Reaction ${emoji.join(' ')}` },
    emoji.join(''),
  );
}
