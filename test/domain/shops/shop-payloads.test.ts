// What a shop's buttons carry comes back as it went, and nothing else does.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPayload } from '../../../lambdas/domain/chat/payloads.ts';
import {
  readShopPayload,
  type ShopButton,
  writeShopPayload,
} from '../../../lambdas/domain/shops/shop-payloads.ts';

const everyButton: readonly ShopButton[] = [
  { kind: 'start' },
  { kind: 'help' },
  { kind: 'menu' },
  { kind: 'category', name: 'Coffee' },
  { kind: 'category', name: 'Tea: hot & cold', after: 'eyJhIjoxfQ==:prd_1/+' },
  { kind: 'search', words: ['oat', 'latte'] },
  { kind: 'search', words: ['oat'], skip: 9 },
  { kind: 'choose', productId: 'prd_8Xz1', quantity: 1, version: 3, chosen: [] },
  { kind: 'choose', productId: 'prd_8Xz1', quantity: 99, version: 12, chosen: [0, 10] },
  { kind: 'cart' },
  { kind: 'change_cart' },
  { kind: 'set_quantity', line: 'lin_8Xz1', quantity: 0 },
  { kind: 'set_quantity', line: 'lin_8Xz1', quantity: 99 },
  { kind: 'empty_cart' },
  { kind: 'check_out' },
  { kind: 'my_orders' },
  { kind: 'my_orders', number: 'K7M-2QX' },
  { kind: 'reorder' },
  { kind: 'reorder', orderId: 'ord_8Xz1' },
  { kind: 'cancel_order', orderId: 'ord_8Xz1' },
  { kind: 'ask_refund', orderId: 'ord_8Xz1' },
  { kind: 'talk_to_shop' },
  { kind: 'come_back' },
  { kind: 'hours' },
  { kind: 'handover' },
  { kind: 'console' },
  { kind: 'link_wallet' },
  { kind: 'confirm_join', fingerprint: 'f'.repeat(64) },
  { kind: 'refuse_join', fingerprint: 'f'.repeat(64) },
  { kind: 'unlink_wallet' },
  { kind: 'yes' },
  { kind: 'no' },
];

test.each(everyButton)('$kind survives the round trip', (command) => {
  expect(readShopPayload(writeShopPayload(command))).toEqual(command);
});

test('any category and any cursor that fit survive the round trip', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }),
      (name, after) => {
        const category = { kind: 'category', name, after } as const;
        expect(readShopPayload(writeShopPayload(category))).toEqual(category);
      },
    ),
  );
});

test('the wallet reads none of them, so a button of one Page does nothing at another', () => {
  for (const button of everyButton) expect(readPayload(writeShopPayload(button))).toBeUndefined();
});

test.each([
  '',
  'cart',
  'v1:cart',
  'v1:shop',
  'v1:shop:',
  'v2:shop:cart',
  'v1:shop:cart:1',
  'v1:shop:order:2 latte',
  'v1:shop:take_out:latte',
  'v1:shop:join_team:secret12',
  'v1:shop:pause',
  'v1:shop:stop',
  'v1:shop:delete_my_data',
  'v1:shop:category',
  'v1:shop:category:',
  'v1:shop:category:%:Coffee',
  'v1:shop:search:0:',
  'v1:shop:search:x:latte',
  'v1:shop:choose:prd_1',
  'v1:shop:choose:prd_1:0:1:',
  'v1:shop:choose:prd_1:100:1:',
  'v1:shop:choose:prd_1:-1:1:',
  'v1:shop:choose:pay_1:1:1:',
  'v1:shop:choose:prd_1:1:1:x',
  'v1:shop:set_quantity:lin_1:-1',
  'v1:shop:set_quantity:lin_1:100',
  'v1:shop:set_quantity:prd_1:1',
  'v1:shop:reorder:pay_1',
  'v1:shop:ask_refund:ord_1:100',
  'v1:shop:constructor',
  'v1:shop:__proto__:x',
  `v1:shop:category::${'x'.repeat(1000)}`,
])('%j is not one of ours', (payload) => {
  expect(readShopPayload(payload)).toBeUndefined();
});

test('no payload that anybody makes up orders by words, joins a team or pauses a shop', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const payload of [text, `v1:shop:${text}`, `v1:shop:order:${text}`]) {
        expect(['order', 'take_out', 'join_team', 'pause', 'open']).not.toContain(
          readShopPayload(payload)?.kind,
        );
      }
    }),
  );
});

test('a payload that is too long for a button is a bug, not a shorter one', () => {
  const name = 'x'.repeat(1000);
  expect(() => writeShopPayload({ kind: 'category', name })).toThrow(/fits no button/u);
});
