// What a buyer typed, or an attacker sent, becomes a wish or words at the field; never anything in between.
import { describe, expect, it } from 'vitest';
import { fieldsOf, isHandoverSettled, isSameWish, readOrderForm } from '../../web/order-form.ts';
import { aCoffeeShop, aDraftOrder, anAddress } from '../builders/draft-orders.ts';

const shop = aCoffeeShop();
const order = aDraftOrder(shop);
const shipped = { handover: 'ship:post', ...anAddress };

const read = (form: Record<string, string>, at = { order, shop }) =>
  readOrderForm(new URLSearchParams(form), at);

describe('a form of an order', () => {
  it('that says nothing changes nothing', () => {
    const { wish, problems } = read({});

    expect(problems).toEqual({});
    expect(wish).toEqual(order.wish);
  });

  it('chooses shipping, tip, code and note', () => {
    const { wish } = read({ ...shipped, tip: '15', code: ' beans10 ', note: ' ring\n twice ' });

    expect(wish).toEqual({
      lines: order.wish.lines,
      handover: { kind: 'shipping', optionId: 'post', to: anAddress },
      tipPercent: 15,
      promotionCode: 'BEANS10',
      note: 'ring twice',
    });
  });

  it('takes a code and a note back by leaving them empty', () => {
    const before = aDraftOrder(shop, { wish: { promotionCode: 'BEANS10', note: 'hello' } });

    const { wish } = read({ code: '', note: ' ' }, { order: before, shop });

    expect(wish).toEqual({
      lines: before.wish.lines,
      handover: { kind: 'pick_up' },
      tipPercent: 0,
    });
  });

  it('asks for what an address needs, field by field, and keeps what was typed', () => {
    const { wish, problems, fields } = read({
      handover: 'ship:post',
      name: 'Ann',
      street1: ' ',
      city: '',
      state: '',
      postalCode: '1124',
      country: 'us',
    });

    expect(wish).toBeUndefined();
    expect(Object.keys(problems).sort()).toEqual(['city', 'postalCode', 'state', 'street1']);
    expect(fields).toMatchObject({ name: 'Ann', postalCode: '1124', country: 'US' });
  });

  it('asks nothing about an address that nobody needs', () => {
    expect(read({ handover: 'pick_up', street1: 'x'.repeat(500) }).problems).toEqual({});
  });

  it.each([
    ['an option that is not there', { handover: 'ship:free' }, 'handover'],
    ['an option by its place', { handover: 'ship:0' }, 'handover'],
    ['no way at all', { handover: '' }, 'handover'],
    ['a tip of one’s own', { tip: '1' }, 'tip'],
    ['a tip below nothing', { tip: '-15' }, 'tip'],
    ['a tip in another writing', { tip: '1e1' }, 'tip'],
    ['a tip that is no number', { tip: 'NaN' }, 'tip'],
    ['a code without end', { code: 'X'.repeat(41) }, 'code'],
    ['a note without end', { note: '☕'.repeat(201) }, 'note'],
    ['a card number in the note', { note: 'card 4242 4242 4242 4242' }, 'note'],
    ['a card number for a street', { ...shipped, street1: '4242424242424242' }, 'street1'],
    ['a country where it does not go', { ...shipped, country: 'FR' }, 'country'],
    ['a country that is none', { ...shipped, country: '__proto__' }, 'country'],
    ['a name without end', { ...shipped, name: 'n'.repeat(121) }, 'name'],
    ['a floor without end', { ...shipped, street2: 'n'.repeat(121) }, 'street2'],
  ])('refuses %s at its field', (_, form, field) => {
    const { wish, problems } = read(form);

    expect(wish).toBeUndefined();
    expect(Object.keys(problems)).toEqual([field]);
  });

  it('takes lines as long as they may be, in any script', () => {
    const { problems, wish } = read({
      ...shipped,
      name: 'آنا'.repeat(40),
      street1: '🏠'.repeat(120),
      note: '☕'.repeat(200),
    });

    expect(problems).toEqual({});
    expect(wish?.note).toBe('☕'.repeat(200));
  });

  it('drops what nobody sees and what turns the text around it', () => {
    const { wish } = read({ note: 'a\u202Eb\u0000c\u2066d 👩‍🚀 \uD800e' });

    expect(wish?.note).toBe('abcd 👩‍🚀 \uFFFDe');
  });

  it('reads the first of a field that came twice', () => {
    const form = new URLSearchParams('tip=10&tip=20');

    expect(readOrderForm(form, { order, shop }).wish?.tipPercent).toBe(10);
  });

  it('does not let a line of the order be changed', () => {
    const { wish } = read({ lines: '[]', productId: 'prd_other', quantity: '0', total: '1' });

    expect(wish?.lines).toEqual(order.wish.lines);
  });

  it('asks a Canadian for no ZIP code, and an Irish one for none at all', () => {
    const to = (country: string, postalCode: string) =>
      read(
        { ...shipped, country, postalCode },
        { order, shop: { ...shop, shipsTo: ['US', 'CA', 'IE'] } },
      ).problems;

    expect(to('CA', 'k1a 0b1')).toEqual({});
    expect(to('IE', '')).toEqual({});
    expect(to('CA', '')).toHaveProperty('postalCode');
  });
});

describe('what the form is filled with', () => {
  it('is the only way to get it, where there is one', () => {
    const posting = aCoffeeShop({ offersPickUp: false, shipping: shop.shipping.slice(0, 1) });

    expect(fieldsOf(order, posting).handover).toBe('ship:post');
    expect(isHandoverSettled(order.wish, posting)).toBe(false);
  });

  it('is no way at all where a buyer has to decide', () => {
    expect(fieldsOf(order, aCoffeeShop({ offersPickUp: false })).handover).toBe('');
    expect(fieldsOf(order, shop).handover).toBe('pick_up');
  });

  it.each([
    ['Ann Archer (@ann)', 'Ann Archer'],
    ['someone', ''],
    ['@ann', ''],
  ])('puts the name %j on a parcel as %j', (buyerName, name) => {
    expect(fieldsOf({ ...order, buyerName }, shop).name).toBe(name);
  });

  it('makes the same wish again', () => {
    const before = aDraftOrder(shop, {
      wish: {
        handover: { kind: 'shipping', optionId: 'courier', to: { ...anAddress, street2: '3' } },
        tipPercent: 20,
        promotionCode: 'BEANS10',
        note: 'hi',
      },
    });

    const { wish } = read({ ...fieldsOf(before, shop) }, { order: before, shop });

    expect(wish).toEqual(before.wish);
  });

  it('no longer has a shipping option that the shop has taken back', () => {
    const before = aDraftOrder(shop, {
      wish: { handover: { kind: 'shipping', optionId: 'post', to: anAddress } },
    });
    const now = aCoffeeShop({ shipping: shop.shipping.slice(1) });

    expect(isHandoverSettled(before.wish, now)).toBe(false);
    expect(read({}, { order: before, shop: now }).problems).toHaveProperty('handover');
  });
});

describe('two wishes', () => {
  it('are the same whatever the order of their fields, and differ by each of them', () => {
    const { lines, handover } = order.wish;
    const one = { lines, handover, tipPercent: 10, note: 'x' };

    expect(isSameWish(one, { note: 'x', tipPercent: 10, handover, lines })).toBe(true);
    expect(isSameWish(one, { ...one, tipPercent: 15 })).toBe(false);
    expect(isSameWish(one, { ...one, note: 'y' })).toBe(false);
    expect(isSameWish(one, { ...one, promotionCode: 'A' })).toBe(false);
    expect(
      isSameWish(one, { ...one, handover: { kind: 'shipping', optionId: 'post', to: anAddress } }),
    ).toBe(false);
    expect(
      isSameWish(one, { ...one, lines: lines.map((line) => ({ ...line, quantity: 2 })) }),
    ).toBe(false);
  });
});
