// The tables that tests make are the tables that deploy.
import { beforeAll, describe, expect, it } from 'vitest';
import { transactionsShape, usersShape } from '../builders/tables.ts';
import { type Synthesized, synthesize } from './synthesized.ts';

describe('the tables of the tests', () => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = synthesize({ stage: 'local' });
  });

  it.each([
    ['Users', usersShape],
    ['Transactions', transactionsShape],
  ])('have the keys and indexes of %s in the synthesized app', (name, shape) => {
    const tables = synthesized.ofType('AWS::DynamoDB::GlobalTable');
    const properties = tables.find(({ id }) => id.startsWith(name))?.properties;
    const byName = (one: { AttributeName: string }, other: { AttributeName: string }) =>
      one.AttributeName < other.AttributeName ? -1 : 1;

    expect(properties.KeySchema).toEqual(shape.KeySchema);
    expect(properties.GlobalSecondaryIndexes).toEqual(shape.GlobalSecondaryIndexes);
    expect(properties.AttributeDefinitions.toSorted(byName)).toEqual(
      shape.AttributeDefinitions?.map(({ AttributeName = '', AttributeType }) => ({
        AttributeName,
        AttributeType,
      })).toSorted(byName),
    );
  });

  it('expire by the attribute that the items carry', () => {
    const tables = synthesized.ofType('AWS::DynamoDB::GlobalTable');
    const expiry = tables.map(({ properties }) => properties.TimeToLiveSpecification);

    expect(expiry).toContainEqual({ AttributeName: 'expiresAtSeconds', Enabled: true });
    expect(expiry).toContain(undefined);
  });
});
