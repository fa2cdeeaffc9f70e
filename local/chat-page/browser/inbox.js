// A person's list of chats: one line for every page they can write to.
import { avatar } from './avatar.js';
import { h } from './dom.js';
import { timeLabel } from './time.js';

/**
 * @param {any[]} chats
 * @param {(pageId: string) => void} onOpen
 */
export function inboxView(chats, onOpen) {
  return h(
    'div',
    { class: 'inbox' },
    h('h2', { class: 'inbox-title' }, 'Chats'),
    ...chats.map((chat) => chatLine(chat, onOpen)),
  );
}

function chatLine(chat, onOpen) {
  const words = chat.lastWords?.split('\n')[0] ?? 'Say hello';
  const note = `${chat.lastFrom === 'person' ? 'You: ' : ''}${words}`;
  return h(
    'button',
    {
      type: 'button',
      class: `chat-line ${chat.unread > 0 ? 'is-unread' : ''}`,
      onclick: () => onOpen(chat.pageId),
    },
    avatar(chat.pageName),
    h(
      'span',
      { class: 'chat-words' },
      h('span', { class: 'chat-name' }, chat.pageName),
      h(
        'span',
        { class: 'chat-last' },
        h('span', {}, note),
        chat.lastAtMs && h('span', {}, ` · ${timeLabel(chat.lastAtMs)}`),
      ),
    ),
    chat.unread > 0 && h('span', { class: 'unread', 'aria-label': `${chat.unread} unread` }),
  );
}
