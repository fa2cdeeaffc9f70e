// How often we ask DynamoDB: the figures in docs/data.md are today's, and each more is a decision.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { awsCallsTable, countAwsCalls } from './aws-calls.ts';
import type { CallCost } from './meter.ts';

describe('what is asked of DynamoDB', () => {
  let costs: readonly CallCost[];
  beforeAll(async () => {
    costs = await countAwsCalls(inject('dynamoDbUrl'));
  });

  const callsOf = (happening: string) =>
    costs.find((each) => each.happening === happening)?.calls ?? [];

  it('is what docs/data.md tells', () => {
    const page = readFileSync(`${import.meta.dirname}/../../docs/data.md`, 'utf8');
    const told = /<!-- aws calls -->\n\n(?<table>[^]*?)\n\n<!-- end/.exec(page)?.groups?.['table'];

    expect(told).toBe(awsCallsTable(costs));
  });

  it('is four calls for a message and its answer, the last of them after it was said', () => {
    expect(callsOf('a message is answered')).toEqual([
      'BatchGetItem',
      'GetItem',
      'TransactWriteItems',
      'PutItem',
    ]);
  });

  it('is two reads and no write for a message that comes again', () => {
    expect(callsOf('the same message comes again')).toEqual(['BatchGetItem', 'Query']);
  });

  it('is two reads and one write a step where money moves without anybody watching', () => {
    expect(callsOf('the due worker pays it out')).toEqual([
      'GetItem',
      'GetItem',
      'TransactWriteItems',
      'TransactWriteItems',
    ]);
  });

  it('is a read each of order, shop, products, kept card and stock to check out, and two writes', () => {
    expect(callsOf('checked out by Checkout: stock taken, page opened')).toEqual([
      'GetItem',
      'GetItem',
      'BatchGetItem',
      'GetItem',
      'BatchGetItem',
      'TransactWriteItems',
      'TransactWriteItems',
    ]);
  });

  it('is one read and one write a step where a shop moves an order', () => {
    expect(callsOf('the shop says that it is ready')).toEqual(['GetItem', 'TransactWriteItems']);
    expect(callsOf('the shop gives a part back')).toEqual(['GetItem', 'TransactWriteItems']);
  });

  it('is nothing for a step that nobody hears of', () => {
    expect(callsOf('“confirmed” is announced')).toEqual([]);
  });
});
