// The shopkeeper at the counter in a simulation: signed in to the console, does something with the newest order there.
import { request } from '../people/browser.ts';
import { NotThere } from '../people/phone.ts';
import type { JoesAct } from './act.ts';
import type { Here } from './do-act.ts';
import { publicUrl } from '../cloud/environment.ts';
import { joesCoffee } from '../../builders/shop-town/joes-coffee.ts';

/** Where a page broke, it is sent once more: the same form, with the same nonce. */
const mostTries = 3;

export async function atTheCounter(here: Here, what: JoesAct): Promise<void> {
  const { town } = here;
  const order = here.newestOrder();
  if (order === undefined) throw new NotThere('an order');
  const session = await signIn(here);
  const { fingerprint } = town.vendors.tokens;
  const form = { session: fingerprint(`form:${session}`), do: what, ...fieldsOf(what) };
  const event = request({
    method: 'POST',
    path: `/console/orders/${order}`,
    headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
    cookies: [`__Host-tender_console=${session}`],
    body: new URLSearchParams({ ...form, nonce: session.slice(0, 43) }).toString(),
  });
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { status } = await town.cloud.http('console', event);
    town.trace.note(`  at the counter, ${what}: ${status}`);
    if (status === 303) return;
    if (status < 500) throw new NotThere(`a chance to ${what}`);
  }
}

function fieldsOf(what: JoesAct): Readonly<Record<string, string>> {
  switch (what) {
    case 'refuse':
      return { words: 'The mug was handed over whole.' };
    case 'evidence':
      return { text: 'Handed over at the counter, and signed for.', final: 'yes' };
    case 'close':
    case 'cancel':
      return {};
  }
}

/** Anew each time: a session ends when nobody uses it. */
async function signIn({ town, residents }: Here): Promise<string> {
  const { newToken, fingerprint } = town.vendors.tokens;
  const token = newToken();
  const nowMs = town.engine.clock.now();
  await town.stores.consoleSessions.save({
    fingerprint: fingerprint(token),
    version: 1,
    shopId: joesCoffee.id,
    personId: residents.owner,
    createdAtMs: nowMs,
    lastUsedAtMs: nowMs,
  });
  return token;
}
