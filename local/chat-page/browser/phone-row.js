// All open phones: side by side under name plates, or one at a time behind tabs where there is no room.
import { avatar } from './avatar.js';
import { h, iconButton } from './dom.js';
import { door } from './door.js';
import { icon } from './icons.js';
import { attempt, notify } from './notice.js';
import { askForPerson } from './people-dialog.js';
import { Phone } from './phone.js';

const REMEMBERED = 'tender-phones';
const AT_FIRST = 2;

export class PhoneRow {
  #place;
  #tabs;
  #people = [];
  #pages = [];
  /** @type {{ phone: Phone, slot: HTMLElement }[]} */
  #entries = [];
  #shown = 0;
  #narrow = matchMedia('(max-width: 720px)');
  #add = h(
    'button',
    {
      type: 'button',
      class: 'add-phone',
      'aria-label': 'Add a person',
      onclick: () => this.#ask(),
    },
    icon('plus', 26),
  );

  /** @param {{ place: HTMLElement, tabs: HTMLElement }} where */
  constructor({ place, tabs }) {
    this.#place = place;
    this.#tabs = tabs;
    place.append(this.#add);
    this.#narrow.addEventListener('change', () => this.refresh());
  }

  /** The phones that were open in this tab before, or the first two people's. */
  open(pages, people) {
    this.#pages = pages;
    this.#people = people;
    for (const [personId, pageId] of this.#remembered()) {
      this.#takeOut(this.#personById(personId), pageId);
    }
    this.setPeople(people);
  }

  setPeople(people) {
    this.#people = people;
    const absent = people.filter(({ id }) => this.#entryOf(id) === undefined);
    for (const person of absent.slice(0, Math.max(0, AT_FIRST - this.#entries.length))) {
      this.#takeOut(person, this.#pages[0].id);
    }
    this.#drawAround();
  }

  /** Draws everyone's phones again, or one person's. */
  refresh(personId) {
    for (const { phone } of this.#entries) {
      if (personId === undefined || phone.personId === personId) attempt(() => phone.refresh());
    }
  }

  #personById(id) {
    return this.#people.find((person) => person.id === id);
  }

  #entryOf(personId) {
    return this.#entries.find(({ phone }) => phone.personId === personId);
  }

  #takeOut(person, pageId) {
    const phone = new Phone({
      person,
      pageId,
      people: () => this.#people,
      openAs: (personId, link) => attempt(() => this.#openAs(personId, link)),
      onPage: () => this.#remember(),
      isVisible: () => !this.#narrow.matches || this.#entries[this.#shown]?.phone === phone,
    });
    const entry = { phone, slot: h('div', { class: 'slot' }, phone.element) };
    this.#entries.push(entry);
    this.#place.insertBefore(entry.slot, this.#add);
    attempt(() => phone.refresh());
    return entry;
  }

  #putAway(entry) {
    this.#entries = this.#entries.filter((one) => one !== entry);
    entry.slot.remove();
    this.#shown = Math.min(this.#shown, this.#entries.length - 1);
    this.#drawAround();
  }

  #bringForward(entry) {
    this.#shown = this.#entries.indexOf(entry);
    this.#drawAround();
    entry.slot.scrollIntoView({ behavior: 'smooth', inline: 'nearest', block: 'nearest' });
    attempt(() => entry.phone.refresh());
  }

  /** Opens an m.me link on somebody's phone, taking one out for them when it is not there. */
  async #openAs(personId, { page, ref }) {
    const target = this.#pages.find(({ id, name }) => id === page || name === page);
    if (target === undefined) return notify(`No page is called ${page} here`);
    if (ref !== '') await door.act(personId, target.id, 'referral', { ref });
    const entry = this.#entryOf(personId) ?? this.#takeOut(this.#personById(personId), target.id);
    await entry.phone.show(target.id);
    this.#bringForward(entry);
    return entry.phone.flash();
  }

  #ask() {
    askForPerson((person) => {
      if (this.#personById(person.id) === undefined) this.#people = [...this.#people, person];
      this.#bringForward(this.#entryOf(person.id) ?? this.#takeOut(person, this.#pages[0].id));
    });
  }

  /** Name plates, tabs, and which phone a narrow screen shows. */
  #drawAround() {
    this.#entries.forEach((entry, index) => {
      entry.slot.querySelector('.plate')?.remove();
      entry.slot.prepend(this.#plate(entry));
      entry.slot.classList.toggle('is-shown', index === this.#shown);
    });
    this.#tabs.replaceChildren(
      ...this.#entries.map((entry, index) => this.#tab(entry, index)),
      iconButton('Add a person', icon('plus', 20), { onclick: () => this.#ask(), look: 'tab-add' }),
    );
    this.#remember();
  }

  #plate(entry) {
    const { personId } = entry.phone;
    const name = this.#personById(personId)?.name ?? '';
    const hand = async (event) => {
      await entry.phone.become(this.#personById(event.target.value));
      this.#drawAround();
    };
    const options = this.#people.map((person) =>
      h('option', { value: person.id, selected: person.id === personId }, person.name),
    );
    const onchange = (event) => attempt(() => hand(event));
    const close = { onclick: () => this.#putAway(entry), look: 'plate-close' };
    return h(
      'div',
      { class: 'plate' },
      avatar(name, 'small'),
      h('select', { class: 'plate-person', 'aria-label': 'Whose phone', onchange }, ...options),
      this.#entries.length > 1 && iconButton(`Put ${name}'s phone away`, icon('close', 16), close),
    );
  }

  #tab(entry, index) {
    const name = this.#personById(entry.phone.personId)?.name ?? '';
    const isShown = index === this.#shown;
    return h(
      'button',
      {
        type: 'button',
        role: 'tab',
        class: 'tab',
        'aria-selected': String(isShown),
        tabindex: isShown ? 0 : -1,
        onclick: () => this.#bringForward(entry),
        onkeydown: (event) => this.#moveByArrow(event, index),
      },
      avatar(name, 'small'),
      name,
    );
  }

  #moveByArrow(event, index) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    this.#bringForward(this.#entries.at((index + step) % this.#entries.length));
    this.#tabs.querySelector('[aria-selected="true"]')?.focus();
  }

  #remember() {
    const open = this.#entries.map(({ phone }) => [phone.personId, phone.pageId]);
    sessionStorage.setItem(REMEMBERED, JSON.stringify(open));
  }

  #remembered() {
    const open = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? '[]');
    return open.filter(
      ([personId, pageId]) =>
        this.#personById(personId) !== undefined && this.#pages.some(({ id }) => id === pageId),
    );
  }
}
