// Opens a web page over the thread as Messenger's webview does: compact, tall or full height.
import { h, iconButton } from './dom.js';
import { icon } from './icons.js';
import { copyText, readMessengerLink } from './links.js';

/**
 * @param {import('./sheet.js').Sheets} sheets
 * @param {string} url
 * @param {string} height compact, tall or full
 */
export function openWebview(sheets, url, height) {
  const { host } = new URL(url);
  const frame = h('iframe', {
    class: 'webview-frame',
    title: 'Webview',
    src: url,
    allow: 'payment; clipboard-write; publickey-credentials-get',
  });
  const progress = h('div', { class: 'webview-progress' });
  const head = h(
    'header',
    { class: 'webview-head' },
    iconButton('Close page', icon('close', 20), { onclick: () => sheets.close() }),
    h('span', { class: 'webview-host' }, icon('lock', 13), h('span', {}, host)),
    iconButton('Copy page link', icon('copy', 18), { onclick: () => copyText(url) }),
    iconButton('Open in browser', icon('open', 18), {
      onclick: () => window.open(url, '_blank', 'noopener'),
    }),
  );
  frame.addEventListener('load', () => {
    progress.remove();
    closeFromInside(frame, () => sheets.close());
  });
  sheets.show(`Webview of ${host}`, [progress, frame], { look: `webview webview-${height}`, head });
}

/** Escape, and a link back to the thread as in the Messenger app; pages of other origins cannot be watched. */
function closeFromInside(frame, close) {
  let page;
  try {
    page = frame.contentDocument;
  } catch {
    return;
  }
  page?.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  page?.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (link === null || link === undefined || readMessengerLink(link.href) === null) return;
    event.preventDefault();
    close();
  });
}
