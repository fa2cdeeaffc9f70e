// Links inside texts: found, told apart (m.me or web), and made clickable with a copy button.
import { h, iconButton } from './dom.js';
import { icon } from './icons.js';
import { notify } from './notice.js';

const LINK = /\b(?:https?:\/\/|m\.me\/)[^\s<>"']+[^\s<>"'.,;:!?)\]}]/gu;

/**
 * The page and ref of an m.me link, or null for any other link.
 * @param {string} url
 */
export function readMessengerLink(url) {
  const full = url.startsWith('http') ? url : `https://${url}`;
  if (!URL.canParse(full)) return null;
  const { hostname, pathname, searchParams } = new URL(full);
  if (hostname !== 'm.me' && hostname !== 'www.m.me') return null;
  return { page: pathname.split('/')[1] ?? '', ref: searchParams.get('ref') ?? '' };
}

/**
 * The text as nodes, with every link clickable.
 * @param {string} text
 * @param {(url: string) => void} openLink
 */
export function linkify(text, openLink) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    nodes.push(text.slice(end, found.index), link(found[0], openLink));
    end = found.index + found[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

function link(url, openLink) {
  const anchor = h(
    'a',
    {
      href: url.startsWith('http') ? url : `https://${url}`,
      onclick: (event) => {
        event.preventDefault();
        openLink(url);
      },
    },
    url,
  );
  const copy = iconButton('Copy link', icon('copy', 14), {
    onclick: () => copyText(url),
    look: 'copy-link',
  });
  return h('span', { class: 'link' }, anchor, copy);
}

/** @param {string} text */
export function copyText(text) {
  navigator.clipboard?.writeText(text).then(
    () => notify('Copied'),
    () => notify('The browser did not allow copying'),
  );
}
