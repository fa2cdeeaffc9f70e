// A customer at Joe's: a cart, Checkout or the saved card, now and then two tabs at once or a page that is left.
import type { Page } from '../../journeys/driver/browser.ts';
import type { Bubble } from '../../journeys/driver/bubble.ts';
import { eventually } from '../../journeys/driver/eventually.ts';
import { cards } from '../../journeys/driver/steps.ts';
import type { Player } from '../town.ts';
import { linkIn } from './sending.ts';

const goods = ['a croissant', 'two blueberry muffins', 'a banana bread', 'an earl grey'];

export async function buys({ town, who, random }: Player): Promise<void> {
  const { lives } = town;
  town.tally.orders += 1;
  const seen = new Set((await who.phone.bubbles()).map(({ mid }) => mid));
  await who.writes(`order ${random.pick(goods)}`);
  await lives.outlive(() => answerSince(seen, { who, words: /Added to your cart|sold out|left/u }));
  await who.writes('checkout');
  const bill = await lives.outlive(() =>
    answerSince(seen, { who, words: /Order [A-Z0-9]{3}-[A-Z0-9]{3}/u }),
  );
  const number = /Order ([A-Z0-9]{3}-[A-Z0-9]{3})/u.exec(bill.words)?.[1] ?? '';
  if (random.chance(0.1)) return;
  const isTwice = random.chance(0.25);
  await lives.outlive(async () => {
    const page = await who.browser.open(linkIn(bill));
    if (!page.hasButton('Pay $')) return;
    await Promise.all(isTwice ? [paysOn(page), paysOn(page)] : [paysOn(page)]);
  });
  await who.sees(new RegExp(`received your order ${number}`, 'u'));
}

/** By the card that the shop's account keeps, where there is one; else on Stripe's page, which is asked to keep it. */
async function paysOn(bill: Page): Promise<void> {
  const page = await bill.press('Pay $');
  const form = page.forms.find(({ names }) => names.has('card'));
  if (form === undefined) return;
  await page.press('Pay $', {
    card: cards.good,
    ...(form.names.has('save') ? { save: 'on' } : {}),
  });
}

interface Wanted {
  readonly who: Player['who'];
  readonly words: RegExp;
}

/** The same words are said at each order: only what is new counts. */
async function answerSince(seen: ReadonlySet<string>, { who, words }: Wanted): Promise<Bubble> {
  return eventually(
    async () =>
      (await who.phone.bubbles()).findLast(
        (bubble) => bubble.from === 'page' && !seen.has(bubble.mid) && words.test(bubble.words),
      ),
    () => `${who.name} gets no answer like ${words}`,
  );
}
