// Messenger's structured messages: button, generic, media, receipt, feedback and utility templates.
import { h } from './dom.js';
import { icon, thumbIcon } from './icons.js';
import { linkify } from './links.js';

/**
 * @typedef {object} Taps what the person can do with a template
 * @property {(button: { title: string, payload: string }) => void} postback
 * @property {(url: string, height?: string) => void} openUrl
 * @property {(url: string) => void} openLink
 */

/**
 * The element for an attachment as the Send API was given it.
 * @param {{ type: string, payload: any }} attachment
 * @param {Taps} taps
 */
export function attachmentView(attachment, taps) {
  const { type, payload } = attachment;
  if (type !== 'template') return file(type, payload?.url ?? attachment.url);
  switch (payload.template_type) {
    case 'button':
      return card(null, [h('p', { class: 'card-text' }, ...linkify(payload.text, taps.openLink))], {
        buttons: payload.buttons,
        taps,
      });
    case 'generic':
      return carousel(payload, taps);
    case 'media':
      return card(null, [media(payload.elements[0])], {
        buttons: payload.elements[0].buttons,
        taps,
      });
    case 'receipt':
      return receipt(payload);
    default:
      return card(null, [heading(payload.title, payload.subtitle)], {
        buttons: [{ type: 'postback', title: payload.button_title ?? 'Rate', payload: '' }],
        taps,
      });
  }
}

/** A utility message: header, words and buttons. */
export function utilityView(utility, taps) {
  return card(
    null,
    [
      utility.header && h('p', { class: 'card-title' }, utility.header),
      h('p', { class: 'card-text' }, ...linkify(utility.body, taps.openLink)),
    ],
    { buttons: utility.buttons, taps },
  );
}

export function stickerView(stickerId) {
  const isThumb = stickerId === '369239263222822';
  return h(
    'div',
    { class: 'sticker', role: 'img', 'aria-label': isThumb ? 'Thumbs up' : 'Sticker' },
    isThumb ? thumbIcon(48) : '🏷️',
  );
}

function card(picture, words, { buttons = [], taps }) {
  return h(
    'div',
    { class: 'card' },
    picture,
    h('div', { class: 'card-body' }, ...words),
    buttons.length > 0 &&
      h('div', { class: 'card-buttons' }, ...buttons.map((one) => cardButton(one, taps))),
  );
}

function cardButton(button, taps) {
  const press = {
    web_url: () => taps.openUrl(button.url, button.webview_height_ratio),
    postback: () => taps.postback({ title: button.title, payload: button.payload }),
    account_link: () => taps.openUrl(button.url, 'full'),
    phone_number: () => taps.openLink(`tel:${button.payload}`),
  }[button.type];
  const titles = { account_link: 'Log in', account_unlink: 'Log out' };
  return h(
    'button',
    { type: 'button', class: 'card-button', onclick: press, disabled: press === undefined },
    button.title ?? titles[button.type] ?? button.type,
  );
}

const heading = (title, subtitle) =>
  h(
    'div',
    { class: 'card-heading' },
    h('p', { class: 'card-title' }, title),
    subtitle && h('p', { class: 'card-subtitle' }, subtitle),
  );

function carousel({ elements, image_aspect_ratio: ratio }, taps) {
  const cards = elements.map((element) => {
    const picture =
      element.image_url &&
      h('img', { class: `card-picture ${ratio ?? 'horizontal'}`, src: element.image_url, alt: '' });
    const view = card(picture, [heading(element.title, element.subtitle)], {
      buttons: element.buttons,
      taps,
    });
    const action = element.default_action;
    if (action !== undefined) {
      view
        .querySelector('.card-body')
        ?.addEventListener('click', () => taps.openUrl(action.url, action.webview_height_ratio));
    }
    return view;
  });
  if (cards.length === 1) return cards[0];
  return h(
    'div',
    { class: 'carousel', role: 'group', 'aria-label': 'Cards', tabindex: 0 },
    ...cards,
  );
}

function media({ media_type: type, url }) {
  return url === undefined
    ? h('div', { class: 'card-picture horizontal placeholder' }, type === 'image' ? '🖼️' : '▶️')
    : file(type, url);
}

function file(type, url) {
  if (url === undefined) return h('div', { class: 'file' }, type);
  if (type === 'image') return h('img', { class: 'picture', src: url, alt: 'Picture' });
  if (type === 'video') return h('video', { class: 'picture', src: url, controls: true });
  if (type === 'audio') return h('audio', { src: url, controls: true });
  return h('a', { class: 'file', href: url, target: '_blank', rel: 'noopener' }, '📄 File');
}

function receipt(payload) {
  const money = (amount, currency = payload.currency) => formatMoney(amount, currency);
  const { summary } = payload;
  const sums = [
    ['Subtotal', summary.subtotal],
    ['Shipping', summary.shipping_cost],
    ['Tax', summary.total_tax],
    ...(payload.adjustments ?? []).map(({ name, amount }) => [name, amount]),
  ].filter(([, amount]) => amount !== undefined);
  return h(
    'div',
    { class: 'card receipt' },
    h(
      'div',
      { class: 'receipt-head' },
      h('span', { class: 'receipt-check' }, icon('check', 18)),
      heading(payload.merchant_name ?? 'Receipt', `For ${payload.recipient_name}`),
    ),
    h(
      'div',
      { class: 'receipt-lines' },
      ...(payload.elements ?? []).map((line) => receiptItem(line, money)),
    ),
    h(
      'dl',
      { class: 'receipt-sums' },
      ...sums.flatMap(([name, amount]) => sumLine(name, money(amount))),
    ),
    h(
      'dl',
      { class: 'receipt-sums receipt-total' },
      ...sumLine('Total', money(summary.total_cost)),
    ),
    receiptFacts(payload),
  );
}

const sumLine = (name, amount) => [h('dt', {}, name), h('dd', {}, amount)];

function receiptItem(line, money) {
  const count = line.quantity === undefined || line.quantity === 1 ? '' : ` × ${line.quantity}`;
  return h(
    'div',
    { class: 'receipt-item' },
    line.image_url && h('img', { src: line.image_url, alt: '' }),
    h(
      'div',
      { class: 'card-heading' },
      h('p', { class: 'receipt-item-title' }, line.title + count),
      line.subtitle && h('p', { class: 'card-subtitle' }, line.subtitle),
    ),
    h('span', {}, money(line.price, line.currency)),
  );
}

function receiptFacts({ payment_method: method, order_number: number, timestamp, address }) {
  const paidAt =
    timestamp &&
    new Date(Number(timestamp) * 1000).toLocaleString([], {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
  const where =
    address && [address.street_1, address.street_2, address.city].filter(Boolean).join(', ');
  return h(
    'dl',
    { class: 'receipt-facts' },
    ...sumLine('Paid with', method),
    ...(paidAt ? sumLine('Date', paidAt) : []),
    ...(where ? sumLine('Ship to', where) : []),
    ...sumLine('Order', number),
  );
}

function formatMoney(amount, currency) {
  try {
    return new Intl.NumberFormat([], { style: 'currency', currency }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}
