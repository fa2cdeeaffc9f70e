// The console on real tables: what the twins promise holds there too.
import { expect, it } from 'vitest';
import { openStores } from '../../contracts/open-stores.ts';
import { hiddenIn, openCounter, paidSteps } from './counter.ts';

it('signs in, sees an order, moves it on, refunds a part, imports a catalog and signs out', async () => {
  const counter = openCounter({}, await openStores('on DynamoDB'));
  const { browser } = await counter.signedIn('owner');
  const order = await counter.order(paidSteps);
  const at = `/console/orders/${order.id}`;

  expect((await browser.gets('/console/orders')).html).toContain(order.number);
  expect((await browser.gets('/console/orders?state=paid')).html).toContain(order.number);
  await browser.submits(at, { do: 'preparing' });
  const part = { do: 'refund', how: 'part', amount: '2', reason: 'duplicate' };
  const form = { ...hiddenIn((await browser.gets(at)).html), ...part };
  await Promise.all([browser.posts(at, { form }), browser.posts(at, { form })]);
  const now = await counter.orderNow(order);
  expect(now.state).toBe('preparing');
  expect(now.refunds).toMatchObject([{ amount: { minor: 200, currency: 'USD' } }]);
  expect((await browser.gets('/console/orders?state=paid')).html).not.toContain(order.number);
  expect((await browser.gets(at)).html).toContain('A refund was asked for');

  const lines = Array.from({ length: 120 }, (_, index) => `S${index},Tea ${index},Tea,2.50,7`);
  const file = `sku,name,category,price,stock\n${lines.join('\n')}\n`;
  const imports = '/console/catalog/import';
  const fields = hiddenIn((await browser.gets(imports)).html);
  const trial = await browser.posts(imports, { form: { ...fields, file } });
  const done = await browser.posts(imports, { form: hiddenIn(trial.html) });
  expect(done.html).toContain('120 added, 0 changed.');
  const out = await browser.gets('/console/catalog/export');
  expect(out.html.split('\r\n')).toHaveLength(123);
  expect((await browser.gets('/console/catalog?q=tea')).html).toContain('7 left');
  expect((await browser.gets('/console/catalog?after=nonsense')).status).toBe(200);

  await browser.submits('/console/settings', { do: 'tax', taxPercent: '8.875' });
  expect((await counter.currentShop()).taxPercent).toBe(8.875);
  const invited = await browser.submits('/console/team', { do: 'invite', role: 'staff' });
  expect(invited.html).toMatch(/join [a-z0-9]{16}</u);
  await browser.submits('/console/sign-out', {}, '/console/orders');
  expect((await browser.gets('/console/orders')).status).toBe(401);
});
