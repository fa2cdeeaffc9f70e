// The list of messages: updated in place, so that nothing jumps, and kept at its end while one reads there.
import { bubbleRow } from './bubble.js';
import { h } from './dom.js';
import { statusRow, timeRow, typingRow } from './thread-rows.js';
import { machineNow } from './time.js';

const LABEL_AFTER_MS = 3_600_000;
const GROUP_WITHIN_MS = 600_000;
const NEAR_END_PX = 120;

export class ThreadList {
  #handlers;
  #rows = h('div', { class: 'rows', role: 'log', 'aria-live': 'polite' });
  #chips = h('div', { class: 'chips', role: 'group', 'aria-label': 'Quick replies' });
  /** Rows by message id, with what they were drawn from. */
  #known = new Map();
  #typingTimer = 0;
  #isFirst = true;

  /**
   * @param {{ taps: import('./templates.js').Taps, onOptions: (message: any, near: Element) => void, onQuickReply: (reply: any) => void }} handlers
   */
  constructor(handlers) {
    this.#handlers = handlers;
    this.element = h('div', { class: 'thread', tabindex: -1 }, this.#rows, this.#chips);
    this.#stayAtEnd();
  }

  draw(thread) {
    const isAtEnd = this.#isAtEnd();
    const before = this.#known.size;
    this.#rows.setAttribute('aria-label', `Conversation with ${thread.pageName}`);
    const messages = this.#messageRows(thread);
    const typing = typingRow(thread);
    reconcile(this.#rows, [...messages, statusRow(thread), typing]);
    this.#drawChips(thread.messages.at(-1));
    if (isAtEnd || this.#isFirst || this.#known.size > before) this.#scrollToEnd();
    this.#isFirst = false;
    clearTimeout(this.#typingTimer);
    if (typing === null) return;
    this.#typingTimer = setTimeout(() => typing.remove(), thread.typingUntilMs - machineNow());
  }

  forget() {
    this.#known = new Map();
    this.#isFirst = true;
    this.#rows.replaceChildren();
    this.#chips.replaceChildren();
    delete this.#chips.dataset.drawn;
  }

  #messageRows(thread) {
    const fresh = new Map();
    const rows = thread.messages.flatMap((message, index) => {
      const drawn = this.#rowFor(message, thread);
      fresh.set(message.mid, drawn);
      const previous = thread.messages[index - 1];
      const next = thread.messages[index + 1];
      drawn.row.classList.toggle('is-first', !belongsTogether(previous, message));
      drawn.row.classList.toggle('is-last', !belongsTogether(message, next));
      return needsLabel(previous, message) ? [timeRow(message.atMs), drawn.row] : [drawn.row];
    });
    this.#known = fresh;
    return rows;
  }

  #rowFor(message, thread) {
    const quoted = thread.messages.find(({ mid }) => mid === message.replyTo)?.words;
    const drawn = JSON.stringify([{ ...message, quickReplies: null }, quoted, thread.pageName]);
    const old = this.#known.get(message.mid);
    if (old?.drawn === drawn) return old;
    const row = bubbleRow(message, { pageName: thread.pageName, quoted, ...this.#handlers });
    if (old === undefined && !this.#isFirst) row.classList.add('is-new');
    return { row, drawn };
  }

  #drawChips(last) {
    const replies = last?.quickReplies ?? [];
    const drawn = JSON.stringify([last?.mid, replies]);
    if (this.#chips.dataset.drawn === drawn) return;
    this.#chips.dataset.drawn = drawn;
    const chips = replies.map((reply) =>
      h(
        'button',
        { type: 'button', class: 'chip', onclick: () => this.#handlers.onQuickReply(reply) },
        titleOf(reply),
      ),
    );
    this.#chips.replaceChildren(...chips);
  }

  /** A window that shrinks, or a keyboard that opens, hides a thread's beginning and not its end. */
  #stayAtEnd() {
    let isAtEnd = true;
    this.element.addEventListener('scroll', () => (isAtEnd = this.#isAtEnd()));
    new ResizeObserver(() => {
      if (isAtEnd) this.element.scrollTo({ top: this.element.scrollHeight, behavior: 'instant' });
    }).observe(this.element);
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #scrollToEnd() {
    const behavior = this.#isFirst ? 'instant' : 'smooth';
    this.element.scrollTo({ top: this.element.scrollHeight, behavior });
  }
}

const titleOf = (reply) =>
  reply.title ?? (reply.content_type === 'user_email' ? 'Send my e-mail' : 'Send my phone number');

const needsLabel = (previous, message) =>
  previous === undefined || message.atMs - previous.atMs > LABEL_AFTER_MS;

const belongsTogether = (one, other) =>
  one !== undefined &&
  other !== undefined &&
  one.from === other.from &&
  other.atMs - one.atMs < GROUP_WITHIN_MS;

/** Makes the children those wanted, moving and replacing as little as possible. */
function reconcile(parent, rows) {
  const wanted = rows.filter((row) => row !== null);
  const keep = new Set(wanted);
  for (const child of Array.from(parent.children)) if (!keep.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] === child) return;
    parent.insertBefore(child, parent.children[index] ?? null);
  });
}
