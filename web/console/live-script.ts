// The console's one script: keeps a list of orders fresh, makes photos small, and says before an upload that a file is too large.
import { createHash } from 'node:crypto';
import type { FileAnswer } from '../page-answer.ts';
import { shrinkSource } from './shrink-script.ts';

const source = `'use strict';
(() => {
  const everyMs = 3000;
  const list = document.querySelector('[data-live]');
  if (list !== null) keepFresh(list);
  for (const input of document.querySelectorAll('input[type=file][data-most]')) weigh(input);

  function keepFresh(list) {
    const status = document.querySelector('.live');
    const title = document.title;
    let tag = list.dataset.tag;
    let isAsking = false;
    let unseen = 0;
    const states = () => new Map([...list.querySelectorAll('[data-order]')].map((each) => [each.dataset.order, each.dataset.state]));
    const say = (isOn, text) => {
      status.className = 'live ' + (isOn ? 'on' : 'off');
      if (status.textContent !== text) status.textContent = text;
    };
    const show = (rows) => {
      const before = states();
      const held = document.activeElement?.closest('[data-order]')?.dataset.order;
      list.innerHTML = rows;
      let arrived = 0;
      for (const row of list.querySelectorAll('[data-order]')) {
        if (before.get(row.dataset.order) === row.dataset.state) continue;
        row.classList.add('new');
        if (!before.has(row.dataset.order)) arrived += 1;
        if (row.dataset.order === held) row.querySelector('a')?.focus();
      }
      if (held !== undefined) list.querySelector('[data-order="' + CSS.escape(held) + '"] a')?.focus();
      unseen = document.hasFocus() ? 0 : unseen + arrived;
      document.title = unseen === 0 ? title : '(' + unseen + ') ' + title;
      say(true, arrived === 0 ? 'Live' : arrived === 1 ? 'A new order has arrived' : arrived + ' new orders have arrived');
    };
    const look = async () => {
      if (document.hidden || isAsking) return;
      isAsking = true;
      try {
        const answer = await fetch(list.dataset.live, { headers: { 'if-none-match': '"' + tag + '"' }, cache: 'no-store' });
        if (answer.status === 401 || answer.status === 403) return location.reload();
        if (answer.status === 200) {
          tag = (answer.headers.get('etag') ?? '').replaceAll('"', '');
          show(await answer.text());
        } else if (answer.status !== 304) throw new Error();
        else if (status.className !== 'live on') say(true, 'Live');
      } catch {
        say(false, 'No connection: trying again');
      } finally {
        isAsking = false;
      }
    };
    addEventListener('focus', () => { unseen = 0; document.title = title; });
    document.addEventListener('visibilitychange', look);
    setInterval(look, everyMs);
    say(true, 'Live');
  }

  function weigh(input) {
    input.addEventListener('change', async () => {
      if ('shrink' in input.dataset) await shrink(input);
      const together = 'together' in input.dataset ? [...input.form.querySelectorAll('[data-together]')] : [input];
      const bytes = together.flatMap((each) => [...each.files]).reduce((all, file) => all + file.size, 0);
      for (const each of together) each.setCustomValidity('');
      input.setCustomValidity(bytes > Number(input.dataset.most) ? input.dataset.tooLarge : '');
      input.reportValidity();
    });
  }
${shrinkSource}})();
`;

const tag = createHash('sha256').update(source).digest('hex').slice(0, 16);

/** Another text has another address, so that browsers may keep it. */
export const scriptUrl = `/console/live.js?v=${tag}`;

export const liveScript: FileAnswer = {
  kind: 'file',
  contentType: 'text/javascript; charset=utf-8',
  body: source,
  tag,
  keepSeconds: 24 * 60 * 60,
};
