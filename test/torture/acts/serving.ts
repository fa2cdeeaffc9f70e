// Joe at his console: hands over, gives part of the money back, and is at times two people who do so at once.
import type { Page } from '../../journeys/driver/browser.ts';
import type { Person } from '../../journeys/driver/person.ts';
import type { Player } from '../town.ts';

export async function serves({ town, who, random }: Player): Promise<void> {
  await town.lives.outlive(async () => {
    const orders = await openConsole(who);
    const paths = [...orders.html.matchAll(/href="(\/console\/orders\/ord_[^"]+)"/gu)];
    if (paths.length === 0) return;
    const [, path = ''] = random.pick(paths);
    const open = () => who.browser.open(new URL(path, orders.url).href);
    const order = await open();
    const next = ['Start preparing', 'Ready for pick-up', 'Handed over'].find(order.hasButton);
    if (next !== undefined && random.chance(0.5)) await order.press(next);
    else if (order.html.includes('value="refund"')) {
      town.tally.refunds += 1;
      // The same form twice is one refund; two forms are two.
      const forms = random.chance(0.5) ? [order, order] : [order, await open()];
      const amount = random.chance(0.7) ? '0.50' : undefined;
      await Promise.all(forms.map((form) => refunds(who, form, amount)));
    }
  });
}

/** Signed in for as long as the session lasts, lives of the machine included. */
async function openConsole(joe: Person): Promise<Page> {
  const known = sessions.get(joe);
  const orders = known === undefined ? undefined : await joe.browser.open(known);
  if (orders?.words.includes('Orders') === true && orders.status === 200) return orders;
  await joe.writes('console');
  const door = await joe.opens('Open the console');
  const page = door.hasButton('Sign in') ? await door.press('Sign in') : door;
  sessions.set(joe, page.url);
  return page;
}

const sessions = new WeakMap<Person, string>();

/** All that is left when no amount is named. */
async function refunds(joe: Person, order: Page, amount: string | undefined): Promise<void> {
  const form = order.forms.find(({ values }) =>
    values.some(([name, value]) => name === 'do' && value === 'refund'),
  );
  if (form === undefined) return;
  const how = amount === undefined ? { how: 'all' } : { how: 'part', amount };
  await joe.browser.post(new URL(form.action, order.url).href, {
    ...Object.fromEntries(form.values),
    reason: 'requested_by_customer',
    ...how,
  });
}
