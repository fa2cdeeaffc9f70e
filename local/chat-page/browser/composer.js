// Where a person writes: menu button, text that grows, thumbs up or send, and what is answered or edited.
import { h, iconButton } from './dom.js';
import { icon, sendIcon, thumbIcon } from './icons.js';

const THUMB = {
  type: 'sticker',
  url: 'https://scontent.xx.fbcdn.net/thumb.png',
  stickerId: '369239263222822',
};

const TALLEST_PX = 120;

export class Composer {
  #send;
  #text = h('textarea', {
    class: 'composer-text',
    rows: 1,
    placeholder: 'Aa',
    dir: 'auto',
    enterkeyhint: 'send',
    oninput: () => this.#grow(),
    onkeydown: (event) => this.#submitByEnter(event),
  });
  #menu;
  #sendButton = iconButton('Send', sendIcon(), {
    onclick: () => this.#submit(),
    look: 'composer-send',
  });
  #thumb = iconButton('Send a thumbs up', thumbIcon(), {
    onclick: () => this.#send('attachment', THUMB),
    look: 'composer-thumb',
  });
  #about = h('div', { class: 'composer-about', hidden: true });
  /** What the text will be instead of a new message: an answer to one, or a new wording of one. */
  #special = null;

  /** @param {{ onMenu: () => void, send: (act: string, body: object) => void }} handlers */
  constructor({ onMenu, send }) {
    this.#send = send;
    this.#menu = iconButton('Menu', icon('menu'), { onclick: onMenu, look: 'composer-menu' });
    this.element = h(
      'form',
      { class: 'composer', onsubmit: (event) => event.preventDefault() },
      this.#about,
      h(
        'div',
        { class: 'composer-line' },
        this.#menu,
        h('div', { class: 'composer-field' }, this.#text),
        this.#sendButton,
        this.#thumb,
      ),
    );
    this.#grow();
  }

  /** @param {{ personName: string, hasMenu: boolean, isShown: boolean }} state */
  draw({ personName, hasMenu, isShown }) {
    this.#text.setAttribute('aria-label', `Message as ${personName}`);
    this.#menu.hidden = !hasMenu;
    this.element.hidden = !isShown;
    this.#grow();
  }

  reply(message) {
    const quoted = message.words.slice(0, 60);
    this.#begin({ act: 'text', more: { replyTo: message.mid } }, `Replying to “${quoted}”`);
  }

  edit(message) {
    this.#text.value = message.text;
    this.#begin({ act: 'edit', more: { mid: message.mid } }, 'Edit message');
  }

  clear() {
    this.#text.value = '';
    this.#settle();
  }

  #submitByEnter(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const words = this.#text.value.trim();
    if (words === '') return;
    this.#send(this.#special?.act ?? 'text', { text: words, ...this.#special?.more });
    this.clear();
    this.#text.focus();
  }

  #grow() {
    const { style } = this.#text;
    style.height = 'auto';
    const { scrollHeight } = this.#text;
    // A hidden field measures 0: it keeps its one line until it is shown.
    if (scrollHeight > 0) style.height = `${Math.min(scrollHeight, TALLEST_PX)}px`;
    const isEmpty = this.#text.value.trim() === '';
    this.#sendButton.hidden = isEmpty;
    this.#thumb.hidden = !isEmpty;
  }

  #begin(special, words) {
    this.#special = special;
    const cancel = () => (special.act === 'edit' ? this.clear() : this.#settle());
    this.#about.replaceChildren(
      h('span', {}, words),
      iconButton('Cancel', icon('close', 16), { onclick: cancel }),
    );
    this.#about.hidden = false;
    this.#grow();
    this.#text.focus();
  }

  #settle() {
    this.#special = null;
    this.#about.hidden = true;
    this.#grow();
  }
}
