// Our counting of an item's size is DynamoDB's own: what it says fits is taken, and one byte more is not.
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import {
  assertFits,
  itemBytes,
  largestItemBytes,
} from '../../../lambdas/adapters/dynamodb/item-size.ts';
import { makeTables, type TestTables } from '../../builders/tables.ts';

describe('the size of an item', () => {
  let tables: TestTables;
  beforeAll(async () => {
    tables = await makeTables(inject('dynamoDbUrl'));
  });

  const taken = async (item: object) => {
    const command = new PutCommand({ TableName: tables.names.users, Item: { ...item } });
    return tables.documents.send(command).then(
      () => true,
      () => false,
    );
  };

  it.each([
    ['text', {}],
    ['wide letters', { name: '😀'.repeat(1000) }],
    ['lists and maps', { list: [1, [2, { a: 'b' }]], map: { deep: { er: [] } } }],
    [
      'numbers',
      { numbers: [0, -1, 7, 10, 99, 100, 1200, -12_345, 1.5, -0.025, 9_007_199_254_740_991] },
    ],
    ['yes, no and nothing', { yes: true, no: false, nothing: null }],
  ])('is exact at the limit for an item with %s', async (_what, more) => {
    const base = { pk: 'size', sk: 'size', ...more, filling: '' };
    const filling = 'x'.repeat(largestItemBytes - itemBytes(base));

    expect(itemBytes({ ...base, filling })).toBe(largestItemBytes);
    expect(await taken({ ...base, filling })).toBe(true);
    expect(await taken({ ...base, filling: `${filling}x` })).toBe(false);
  });

  it('is refused by name and without a word of what is in it', () => {
    const item = { note: 'secret'.repeat(100_000) };

    expect(() => assertFits('Payment', item)).toThrow(/^Payment of \d+ bytes/);
    expect(() => assertFits('Payment', item)).not.toThrow('secret');
  });
});
