// The small menu of one message: reactions, reply, copy, edit.
import { h } from './dom.js';
import { icon } from './icons.js';
import { copyText } from './links.js';

const REACTIONS = [
  ['❤', 'Love'],
  ['😆', 'Laugh'],
  ['😮', 'Wow'],
  ['😢', 'Sad'],
  ['😠', 'Angry'],
  ['👍', 'Like'],
  ['👎', 'Dislike'],
];

/**
 * @param {HTMLElement} place the phone's screen
 * @param {any} message
 * @param {{ near: Element, act: (act: string, body: object) => void, reply: (m: any) => void, edit: (m: any) => void }} options
 */
export function openMessageMenu(place, message, { near, act, reply, edit }) {
  const close = () => {
    menu.remove();
    removeEventListener('pointerdown', onOutside, true);
    if (near instanceof HTMLElement) near.focus({ preventScroll: true });
  };
  const onOutside = (event) => {
    if (!menu.contains(event.target)) close();
  };
  const then = (run) => () => {
    close();
    run();
  };
  const isMine = (emoji) => message.reactions.person === emoji;
  const reactions = REACTIONS.map(([emoji, name]) =>
    h(
      'button',
      {
        type: 'button',
        class: 'reaction',
        'aria-label': name,
        'aria-pressed': String(isMine(emoji)),
        onclick: then(() =>
          act('reaction', { mid: message.mid, emoji: isMine(emoji) ? null : emoji }),
        ),
      },
      emoji,
    ),
  );
  const canEdit = message.from === 'person' && message.text !== null && message.payload === null;
  const line = (name, label, run) =>
    h('button', { type: 'button', class: 'menu-line', onclick: then(run) }, icon(name, 16), label);
  const menu = h(
    'div',
    {
      class: 'message-menu',
      role: 'dialog',
      'aria-label': 'Message options',
      onkeydown: (event) => event.key === 'Escape' && close(),
    },
    h('div', { class: 'reaction-bar' }, ...reactions),
    line('reply', 'Reply', () => reply(message)),
    line('copy', 'Copy', () => copyText(message.words)),
    canEdit && line('edit', 'Edit', () => edit(message)),
  );
  place.append(menu);
  placeNear(menu, near, place);
  menu.querySelector('button')?.focus({ preventScroll: true });
  addEventListener('pointerdown', onOutside, true);
}

/** Above the message when there is room, below it otherwise, and never beyond the phone's edge. */
function placeNear(menu, near, place) {
  const area = place.getBoundingClientRect();
  const at = near.getBoundingClientRect();
  const left = Math.min(
    Math.max(at.left - area.left - menu.offsetWidth / 2, 8),
    area.width - menu.offsetWidth - 8,
  );
  const above = at.top - area.top - menu.offsetHeight - 6;
  const below = Math.min(at.bottom - area.top + 6, area.height - menu.offsetHeight - 8);
  menu.style.left = `${left}px`;
  menu.style.top = `${above > 60 ? above : below}px`;
}
