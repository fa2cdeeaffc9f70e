// A bill that the shop sends: to somebody or to whoever has the link, with what is on it, and how it stands in the thread.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import {
  type BillToSend,
  isOpenToTake,
  linkForBuyer,
  sendBill,
} from '../../../lambdas/domain/orders/send-bill.ts';
import { billCards } from '../../../lambdas/domain/orders/sent-bill-cards.ts';
import { aPerson } from '../../builders/people.ts';
import { coffee, joesCoffee, usd } from '../../builders/shop-town/joes-coffee.ts';
import { openShopTown, type ShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { textOf } from '../../builders/town/bubbles.ts';

const dayMs = 24 * 60 * 60 * 1000;

let town: ShopTown;
beforeEach(async () => {
  town = await openShopTown();
});

describe('a bill that the shop sends', () => {
  const tokens = { newToken: () => `token${(made += 1)}`, fingerprint: (token: string) => token };
  let made = 0;
  const line = { productId: coffee.id, choices: ['Large'], quantity: 1 };
  const own = { name: 'Deposit', quantity: 1, unitPrice: usd(3000), isTaxed: false };
  const send = async (more: Partial<BillToSend> = {}) =>
    sendBill(
      { ...town.world, tokens },
      { shop: await town.shop(), lines: [line], madeBy: `form_${(made += 1)}`, ...more },
    );
  const sent = async (more: Partial<BillToSend> = {}) => {
    const outcome = await send(more);
    if (outcome.kind !== 'sent') throw new Error(outcome.kind);
    return outcome;
  };

  it('to somebody is theirs, in their thread, and has no link for others', async () => {
    const zoe = aPerson({ name: 'Zoe Hill' });
    await town.world.people.create(zoe);
    const [to] = zoe.addresses;
    if (to === undefined) throw new Error('Zoe is nowhere.');

    const { order, links } = await sent({ to });

    expect(order).toMatchObject({ buyerId: zoe.id, address: to, buyerName: 'Zoe Hill' });
    expect(links).not.toHaveProperty('messengerUrl');
    expect(await send({ to: { ...to, psid: '404' } })).toEqual({ kind: 'person_unknown' });
  });

  it('to nobody in particular is whoever’s, by a link for the thread and one without', async () => {
    const { order, links } = await sent({ payWithinMs: 60_000, note: 'Thanks' });

    expect(order).not.toHaveProperty('address');
    expect(isOpenToTake(order)).toBe(true);
    expect(isOpenToTake({ ...order, sent: { endsAtMs: 0, isByLink: false } })).toBe(false);
    expect(order.sent).toEqual({
      endsAtMs: town.time.nowMs + 60_000,
      isByLink: true,
      note: 'Thanks',
    });
    expect(links.messengerUrl).toMatch(/^https:\/\/m\.me\/\d+\?ref=/u);
    expect(() => linkForBuyer({ ...town.world, tokens }, order)).toThrow(
      `Order ${order.id} is told in no thread.`,
    );
  });

  it('has the lines of the catalog, the shop’s own, and its promotion', async () => {
    await town.changeShop({
      promotions: [{ code: 'TENOFF', off: { kind: 'percent', percent: 10 } }],
    });
    const { order } = await sent({ customLines: [own], promotionCode: 'TENOFF' });
    expect(order.wish).toMatchObject({ customLines: [own], promotionCode: 'TENOFF' });
    expect(order.bill.discount.minor).toBeGreaterThan(0);

    for (const more of [{}, { customLines: [] }]) {
      const { order: plain } = await sent(more);
      expect(Object.keys(plain.wish).toSorted()).toEqual(['handover', 'lines', 'tipPercent']);
      expect(plain.sent).not.toHaveProperty('note');
    }
  });

  it('says until when it stands, and what the shop adds, where there is something', async () => {
    const { order } = await sent({ payWithinMs: 3 * dayMs, note: 'Thanks' });
    const textsOf = (changes: Partial<Order>) =>
      billCards({
        order: { ...order, ...changes },
        shop: joesCoffee,
        reader: aPerson(),
        url: 'https://tender.example/order/x',
      }).map(textOf);
    const [words, question] = textsOf({ payBeforeMs: 0 });
    expect(words).toContain('“Thanks”');
    expect(question).toContain('It runs out on');
    expect(textsOf({})).toEqual(textsOf({ payBeforeMs: 0 }));

    const { sent: _sent, payBeforeMs: _until, ...bare } = order;
    const plain = billCards({
      order: bare,
      shop: joesCoffee,
      reader: aPerson(),
      url: 'https://tender.example/order/x',
    }).map(textOf);
    expect(`${plain[0]}\n\nJoe’s Coffee: “Thanks”`).toBe(words);
    expect(plain[1]).toMatch(/nothing is charged until you do\.$/u);
  });
});
