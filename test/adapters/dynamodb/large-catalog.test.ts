// A shop with thousands of products: listed to the end, page by page, each product once and in order.
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, inject, it } from 'vitest';
import { productWrites } from '../../../lambdas/adapters/dynamodb/products.ts';
import { dynamoStores } from '../../../lambdas/adapters/dynamodb/stores.ts';
import { type Table, tableOf } from '../../../lambdas/adapters/dynamodb/table.ts';
import { memoryStores } from '../../../lambdas/adapters/memory/stores.ts';
import type { ProductStore } from '../../../lambdas/domain/shops/ports.ts';
import type { Product } from '../../../lambdas/domain/shops/product.ts';
import { aProduct } from '../../builders/shops.ts';
import { makeTables } from '../../builders/tables.ts';

const shopId = 'shp_large';
const catalogOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aProduct({ shopId, name: `Mug ${index}`, category: 'Mugs', createdAtMs: index }),
  );

/** DynamoDB Local writes one item after the other: five thousand of them with `LONG=1`. */
const onDynamoDb = process.env['LONG'] === '1' ? 5_000 : 1_000;

/** What a list reads, without the conditions and transactions of a save: 25 items a call, which is what DynamoDB takes at once. */
async function fillTable(users: Table, products: readonly Product[]): Promise<void> {
  const places = products.flatMap((each) =>
    productWrites(users, each, undefined)
      .filter(({ name }) => name === 'product' || name === 'age')
      .map(({ item }) => ({ PutRequest: { Item: item.Put?.Item } })),
  );
  for (let at = 0; at < places.length; at += 100) {
    const calls = [0, 25, 50, 75].map((from) => places.slice(at + from, at + from + 25));
    await Promise.all(
      calls
        .filter((call) => call.length > 0)
        .map((call) =>
          users.documents.send(new BatchWriteCommand({ RequestItems: { [users.name]: call } })),
        ),
    );
  }
}

async function listAll(products: ProductStore): Promise<string[]> {
  const seen: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await products.ofShop(shopId, {
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    seen.push(...page.things.map(({ id }) => id));
    if (page.next === undefined) return seen;
    after = page.next;
  }
}

const idsOf = (products: readonly Product[]) => products.map(({ id }) => id);

describe('a large catalog', () => {
  it(`of ${onDynamoDb} is listed to the end on DynamoDB`, async () => {
    const { documents, names } = await makeTables(inject('dynamoDbUrl'));
    const catalog = catalogOf(onDynamoDb);
    await fillTable(tableOf(documents, names.users), catalog);
    const { products } = dynamoStores(documents, names);

    expect(await listAll(products)).toEqual(idsOf(catalog));
  }, 60_000);

  it('of five thousand is listed to the end in memory', async () => {
    const { products } = memoryStores();
    const catalog = catalogOf(5_000);
    for (const product of catalog) await products.save(product, undefined);

    expect(await listAll(products)).toEqual(idsOf(catalog));
  });
});
