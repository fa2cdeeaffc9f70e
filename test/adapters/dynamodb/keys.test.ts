// Keys stay short, and no text from outside can pass for another's key.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressKey,
  categoryKey,
  dueShardOf,
  handledKey,
  handleKey,
  nameKey,
  orderIntentKey,
  orderJournalKey,
  orderNumberKey,
  outboxGroup,
  outboxKey,
  part,
  paymentJournalKey,
  productKey,
  reportKey,
  savedCardKey,
  searchWordKey,
  shopAccountKey,
  shopPageKey,
  stockKey,
} from '../../../lambdas/adapters/dynamodb/keys.ts';
import { beginningOf, placeByName, placeByWord } from '../../../lambdas/adapters/product-places.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });

describe('a part of a key', () => {
  it('is the text itself where that is safe', () => {
    expect(part('per_01HXYZ')).toBe('per_01HXYZ');
    expect(part('bob.stone-1')).toBe('bob.stone-1');
  });

  it('is a digest of anything else, and never the same for two', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        fc.pre(one.toWellFormed() !== other.toWellFormed());
        expect(part(one)).not.toBe(part(other));
        expect(part(one)).toMatch(/^(~[\w-]{43}|[\w.@+=-]{1,100})$/);
      }),
    );
  });

  it('cannot be forged by typing a digest', () => {
    const digest = part('a b');
    expect(digest).toMatch(/^~/);
    expect(part(digest)).not.toBe(digest);
  });
});

describe('the keys', () => {
  it('fit into what DynamoDB takes, whatever they are made of', () => {
    const long = '😀#'.repeat(3000);
    const keys = [
      addressKey({ pageId: long, psid: long }),
      handleKey(long),
      nameKey(long, `per_${long}`),
      handledKey({ pageId: long, psid: long }, long),
      outboxKey(long),
      paymentJournalKey(`pay_${long}`, 99_999_999),
      shopPageKey(long),
      shopAccountKey(long),
      productKey(`shp_${long}`, `prd_${long}`),
      stockKey(`shp_${long}`, `prd_${long}`),
      categoryKey(`shp_${long}`, long, placeByName({ name: long, id: 'prd_1' })),
      searchWordKey(`shp_${long}`, placeByWord(beginningOf(long), { id: 'prd_1' })),
      savedCardKey(`shp_${long}`, `per_${long}`),
      orderJournalKey(`ord_${long}`, 99_999_999),
      orderNumberKey(`shp_${long}`, long),
      orderIntentKey(long),
      reportKey({ reportedId: `per_${long}`, reporterId: `per_${long}`, paymentId: long }),
    ];
    for (const { pk, sk } of keys) {
      expect(Buffer.byteLength(pk)).toBeLessThan(256);
      expect(Buffer.byteLength(sk)).toBeLessThan(256);
      expect(pk.length * sk.length).toBeGreaterThan(0);
    }
  });

  it('sort a journal by its numbers', () => {
    const sorts = [1, 2, 10, 99, 100].map((each) => paymentJournalKey('pay_1', each).sk);
    expect(sorts.toSorted()).toEqual(sorts);
  });

  it('hold the bubbles of one group together, in order, and apart from other groups', () => {
    const keys = [1, 2, 10].map((position) => outboxKey(`m_1:${position}`));
    expect(new Set(keys.map(({ pk }) => pk))).toEqual(new Set([outboxGroup('m_1')]));
    expect(keys.map(({ sk }) => sk).toSorted()).toEqual(keys.map(({ sk }) => sk));
    expect(outboxKey('m_1:1:1').pk).toBe(outboxGroup('m_1:1'));
    expect(outboxKey('m_1').pk).not.toBe(outboxKey('m_2').pk);
  });

  it('deal what is due out evenly', () => {
    const counts = new Map<string, number>();
    for (let each = 0; each < 8000; each += 1) {
      const shard = dueShardOf(`pay_${each}`);
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    expect(counts.size).toBe(8);
    for (const count of counts.values()) expect(count).toBeGreaterThan(800);
  });
});
