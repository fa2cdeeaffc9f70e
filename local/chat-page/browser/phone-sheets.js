// The sheets of a phone: the persistent menu, what one can do about a page, and who opens an m.me link.
import { avatar } from './avatar.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { copyText } from './links.js';
import { choiceList } from './sheet.js';

/**
 * @param {import('./sheet.js').Sheets} sheets
 * @param {any[]} items
 * @param {import('./templates.js').Taps} taps
 */
export function showMenu(sheets, items, taps) {
  const choices = items.map((item) => ({
    label: item.title,
    icon: icon(item.type === 'web_url' ? 'open' : 'forward', 18),
    onPick() {
      sheets.close();
      if (item.type === 'web_url') taps.openUrl(item.url, item.webview_height_ratio);
      else taps.postback({ title: item.title, payload: item.payload });
    },
  }));
  sheets.show('Menu', [choiceList(choices)]);
}

/**
 * @param {import('./sheet.js').Sheets} sheets
 * @param {{ thread: any, person: any, act: (name: string) => void }} about
 */
export function showDetails(sheets, { thread, person, act }) {
  const { isBlocked, isWindowOpen, psid, pageName } = thread;
  const copyId = {
    label: `Copy ${person.name}'s id`,
    note: psid,
    icon: icon('copy', 18),
    onPick() {
      sheets.close();
      copyText(psid);
    },
  };
  const block = {
    label: isBlocked ? `Unblock ${pageName}` : `Block ${pageName}`,
    icon: icon('lock', 18),
    look: 'is-grave',
    onPick() {
      sheets.close();
      act(isBlocked ? 'unblock' : 'block');
    },
  };
  const note = `Messaging window ${isWindowOpen ? 'open' : 'closed'} · ${person.locale}`;
  sheets.show(pageName, [h('p', { class: 'sheet-note' }, note), choiceList([copyId, block])]);
}

/**
 * @param {import('./sheet.js').Sheets} sheets
 * @param {string} url
 * @param {{ people: any[], personId: string, openAs: (personId: string) => void }} who
 */
export function chooseWhoOpens(sheets, url, { people, personId, openAs }) {
  const choices = people.map((one) => ({
    label: `Open as ${one.name}`,
    note: one.id === personId ? 'This phone' : '',
    icon: avatar(one.name),
    onPick() {
      sheets.close();
      openAs(one.id);
    },
  }));
  const copy = { label: 'Copy link', icon: icon('copy'), onPick: () => copyText(url) };
  sheets.show('Open link', [h('p', { class: 'sheet-note' }, url), choiceList([...choices, copy])]);
}
