// One phone: its person's threads, drawn from the door and drawn again whenever the door says so.
import { avatar } from './avatar.js';
import { Composer } from './composer.js';
import { h, iconButton } from './dom.js';
import { door } from './door.js';
import { icon } from './icons.js';
import { inboxView } from './inbox.js';
import { readMessengerLink } from './links.js';
import { openMessageMenu } from './message-menu.js';
import { attempt } from './notice.js';
import { chooseWhoOpens, showDetails, showMenu } from './phone-sheets.js';
import { Sheets } from './sheet.js';
import { ThreadList } from './thread-list.js';
import { setMachineTime } from './time.js';
import { openWebview } from './webview.js';
import { welcomeView } from './welcome.js';

/** What Messenger fills into these quick replies from a person's own profile. */
const PROFILE_REPLIES = { user_email: 'someone@example.com', user_phone_number: '+15105551234' };

export class Phone {
  #options;
  #person;
  #pageId;
  #thread = null;
  #isInbox = false;
  /** @type {Promise<void> | null} */
  #loading = null;
  #isStale = false;

  #screen = h('div', { class: 'screen' });
  #head = h('header', { class: 'phone-head' });
  #body = h('div', { class: 'phone-body' });
  #blockedNote = h('p', { class: 'blocked-note', hidden: true });
  #sheets = new Sheets(this.#screen);
  #act = (name, more = {}) => attempt(() => door.act(this.#person.id, this.#pageId, name, more));
  #taps = {
    postback: (button) => this.#act('postback', button),
    openUrl: (url, height = 'full') => this.#openLink(url, height),
    openLink: (url) => this.#openLink(url, 'full'),
  };
  #composer = new Composer({
    onMenu: () => showMenu(this.#sheets, this.#thread.profile.menu, this.#taps),
    send: this.#act,
  });
  #list = new ThreadList({
    taps: this.#taps,
    onOptions: (message, near) => this.#openOptions(message, near),
    onQuickReply: (reply) => this.#sendQuickReply(reply),
  });

  /**
   * @param {object} options
   * @param {any} options.person
   * @param {string} options.pageId
   * @param {() => any[]} options.people
   * @param {(personId: string, link: { page: string, ref: string }) => void} options.openAs
   * @param {() => void} options.onPage the phone shows another page's thread
   * @param {() => boolean} options.isVisible
   */
  constructor(options) {
    this.#options = options;
    this.#pageId = options.pageId;
    this.#screen.append(this.#head, this.#body);
    this.element = h('section', { class: 'phone' }, this.#screen);
    this.#setPerson(options.person);
  }

  get personId() {
    return this.#person.id;
  }

  get pageId() {
    return this.#pageId;
  }

  /** Hands the phone to somebody else. */
  async become(person) {
    this.#setPerson(person);
    this.#isInbox = false;
    this.#sheets.close();
    this.#composer.clear();
    this.#list.forget();
    await this.refresh();
  }

  async show(pageId) {
    if (pageId !== this.#pageId) this.#composer.clear();
    this.#pageId = pageId;
    this.#isInbox = false;
    this.#options.onPage();
    this.#list.forget();
    await this.refresh();
  }

  /** Many changes while one load is under way are one more load. */
  async refresh() {
    this.#isStale = true;
    this.#loading ??= this.#loadWhileStale().finally(() => (this.#loading = null));
    await this.#loading;
  }

  /** Draws the eye to this phone. */
  flash() {
    this.element.classList.remove('is-called');
    // Reading a measure starts the animation anew.
    if (this.element.offsetWidth > 0) this.element.classList.add('is-called');
  }

  #setPerson(person) {
    this.#person = person;
    this.element.setAttribute('aria-label', `${person.name}'s phone`);
  }

  async #loadWhileStale() {
    while (this.#isStale) {
      this.#isStale = false;
      if (this.#isInbox) this.#drawInbox(await door.chats(this.#person.id));
      else this.#drawThread(await door.thread(this.#person.id, this.#pageId));
    }
  }

  #drawInbox(chats) {
    if (!this.#isInbox) return;
    const { name } = this.#person;
    this.#head.replaceChildren(avatar(name), h('span', { class: 'head-name' }, name));
    this.#body.replaceChildren(inboxView(chats, (pageId) => attempt(() => this.show(pageId))));
  }

  #drawThread(thread) {
    const isCurrent = thread.personId === this.#person.id && thread.pageId === this.#pageId;
    if (!isCurrent || this.#isInbox) return;
    this.#thread = thread;
    setMachineTime(thread.nowMs);
    this.#drawHead();
    if (thread.isNew) this.#drawWelcome();
    else this.#drawMessages();
    this.#drawComposer();
    this.#markRead();
  }

  #drawHead() {
    const { pageName } = this.#thread;
    const isDrawn = this.#head.querySelector('.head-words .head-name')?.textContent === pageName;
    if (isDrawn) return;
    const words = h(
      'span',
      { class: 'head-words' },
      h('span', { class: 'head-name' }, pageName),
      h('small', {}, 'Automated · Active now'),
    );
    const toInbox = () => attempt(() => this.#showInbox());
    const toDetails = () => this.#showDetails();
    this.#head.replaceChildren(
      iconButton('Chats', icon('back'), { onclick: toInbox, look: 'accent' }),
      avatar(pageName),
      words,
      iconButton(`About ${pageName}`, icon('info'), { onclick: toDetails, look: 'accent' }),
    );
  }

  #drawWelcome() {
    this.#list.forget();
    this.#body.replaceChildren(
      welcomeView(this.#thread, this.#person, this.#act),
      this.#composer.element,
    );
  }

  #drawMessages() {
    const { isBlocked, pageName } = this.#thread;
    if (!this.#list.element.isConnected) {
      this.#body.replaceChildren(this.#list.element, this.#blockedNote, this.#composer.element);
    }
    this.#list.draw(this.#thread);
    this.#blockedNote.hidden = !isBlocked;
    this.#blockedNote.textContent = `You blocked ${pageName}`;
  }

  #drawComposer() {
    const { isNew, isBlocked, profile } = this.#thread;
    const hasStart = profile.getStarted !== null || profile.iceBreakers.length > 0;
    this.#composer.draw({
      personName: this.#person.name,
      hasMenu: profile.menu.length > 0,
      isShown: !isBlocked && !profile.composerDisabled && !(isNew && hasStart),
    });
  }

  #markRead() {
    const { messages, personReadAtMs } = this.#thread;
    const last = messages.findLast((message) => message.from === 'page');
    const isSeen = this.#options.isVisible() && document.visibilityState === 'visible';
    if (isSeen && last !== undefined && last.atMs > personReadAtMs) this.#act('read');
  }

  async #showInbox() {
    this.#isInbox = true;
    await this.refresh();
  }

  #showDetails() {
    showDetails(this.#sheets, { thread: this.#thread, person: this.#person, act: this.#act });
  }

  #openOptions(message, near) {
    openMessageMenu(this.#screen, message, {
      near,
      act: this.#act,
      reply: (chosen) => this.#composer.reply(chosen),
      edit: (chosen) => this.#composer.edit(chosen),
    });
  }

  #sendQuickReply({ content_type: type, title, payload }) {
    const own = PROFILE_REPLIES[type];
    this.#act('quick-reply', own === undefined ? { title, payload } : { title: own, payload: own });
  }

  #openLink(url, height) {
    const link = readMessengerLink(url);
    if (link !== null) {
      chooseWhoOpens(this.#sheets, url, {
        people: this.#options.people(),
        personId: this.#person.id,
        openAs: (personId) => this.#options.openAs(personId, link),
      });
    } else if (/^https?:/u.test(url)) openWebview(this.#sheets, url, height);
    else location.assign(url);
  }
}
