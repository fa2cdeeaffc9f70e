// A panel that slides up inside a phone: one at a time, closed by its ×, Escape, or a tap beside it.
import { h, iconButton } from './dom.js';
import { icon } from './icons.js';

const SLIDE_MS = 400;

export class Sheets {
  #place;
  #shade = null;
  #opener = null;

  /** @param {HTMLElement} place the phone's screen */
  constructor(place) {
    this.#place = place;
  }

  /**
   * @param {string} title
   * @param {Node[]} content
   * @param {{ look?: string, head?: HTMLElement }} [options]
   */
  show(title, content, { look = '', head } = {}) {
    const opener = document.activeElement;
    this.close();
    const bar = head ?? this.#headWith(title);
    const sheet = h(
      'div',
      { class: `sheet ${look}`, role: 'dialog', 'aria-label': title, tabindex: -1 },
      bar,
      ...content,
    );
    const shade = h(
      'div',
      {
        class: 'shade',
        onclick: (event) => event.target === shade && this.close(),
        onkeydown: (event) => event.key === 'Escape' && this.close(),
      },
      sheet,
    );
    this.#place.append(shade);
    this.#shade = shade;
    this.#opener = opener;
    // The first frame is drawn below the edge, the next one slides in.
    requestAnimationFrame(() => requestAnimationFrame(() => shade.classList.add('is-open')));
    sheet.focus({ preventScroll: true });
  }

  close() {
    const [shade, opener] = [this.#shade, this.#opener];
    if (shade === null) return;
    this.#shade = null;
    shade.classList.remove('is-open');
    shade.inert = true;
    setTimeout(() => shade.remove(), SLIDE_MS);
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  }

  #headWith(title) {
    const close = iconButton('Close', icon('close', 20), { onclick: () => this.close() });
    return h('header', { class: 'sheet-head' }, h('h2', {}, title), close);
  }
}

/**
 * Lines of a sheet, each a button.
 * @param {{ label: string, note?: string, icon?: Node, onPick: () => void, look?: string }[]} choices
 */
export function choiceList(choices) {
  return h('div', { class: 'choices' }, ...choices.map(choiceLine));
}

function choiceLine({ label, note = '', icon: picture, onPick, look = '' }) {
  const words = h(
    'span',
    { class: 'choice-words' },
    h('span', {}, label),
    note !== '' && h('small', {}, note),
  );
  return h('button', { type: 'button', class: `choice ${look}`, onclick: onPick }, picture, words);
}
