// The rows between and below messages: time labels, delivered and seen, typing dots.
import { avatar } from './avatar.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { timeLabel } from './time.js';

export const timeRow = (atMs) => h('div', { class: 'time-label' }, timeLabel(atMs));

/** Under the person's last message: seen by the page, or delivered. */
export function statusRow(thread) {
  const last = thread.messages.at(-1);
  if (last?.from !== 'person') return null;
  const isSeen = thread.pageSawAtMs >= last.atMs;
  const words = isSeen ? 'Seen' : 'Delivered';
  return h(
    'div',
    { class: 'status', title: words },
    h('span', { class: 'visually-hidden' }, words),
    isSeen ? avatar(thread.pageName, 'small') : h('span', { class: 'tick' }, icon('check', 10)),
  );
}

export function typingRow(thread) {
  if (thread.typingUntilMs === null) return null;
  const label = `${thread.pageName} is typing`;
  return h(
    'div',
    { class: 'row from-page is-first is-last typing' },
    avatar(thread.pageName, 'small'),
    h('div', { class: 'bubble dots', role: 'img', 'aria-label': label }, h('i'), h('i'), h('i')),
  );
}
