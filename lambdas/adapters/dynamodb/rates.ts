// The buckets of the rate limit in the Users table: one write a call, two where calls come close together.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ApiKeyId } from '../../domain/merchant-api/api-key.ts';
import type { RateStore } from '../../domain/merchant-api/ports.ts';
import { ask } from './ask.ts';
import { rateBucketItem } from './items/merchant-api.ts';
import { rateKey } from './merchant-keys.ts';
import type { Table } from './table.ts';

type Bucket = Parameters<RateStore['take']>[1];

export function dynamoRates(users: Table): RateStore {
  return {
    async take(keyId, bucket) {
      const fullAtMs = await takeOfFull(users, keyId, bucket);
      return fullAtMs === undefined
        ? { kind: 'taken', fullAtMs: bucket.nowMs + bucket.refillMs }
        : takeOfRest(users, keyId, bucket);
    },
  };
}

/** Undefined when the bucket was full and one is taken; else when it will be full. */
async function takeOfFull(
  users: Table,
  keyId: ApiKeyId,
  { nowMs, refillMs }: Bucket,
): Promise<number | undefined> {
  const command = new PutCommand({
    TableName: users.name,
    Item: rateBucketItem.write({ keyId, fullAtMs: nowMs + refillMs }),
    ConditionExpression: 'attribute_not_exists(pk) OR fullAtMs <= :now',
    ExpressionAttributeValues: { ':now': nowMs },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return fullAtIfRefused(() => ask(users, () => users.documents.send(command)));
}

async function takeOfRest(users: Table, keyId: ApiKeyId, { nowMs, size, refillMs }: Bucket) {
  let takenAtMs = nowMs;
  const command = new UpdateCommand({
    TableName: users.name,
    Key: rateKey(keyId),
    UpdateExpression: 'SET fullAtMs = fullAtMs + :refill',
    ConditionExpression: 'fullAtMs <= :most',
    ExpressionAttributeValues: { ':refill': refillMs, ':most': nowMs + (size - 1) * refillMs },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const refused = await fullAtIfRefused(async () => {
    const { Attributes } = await ask(users, () => users.documents.send(command));
    takenAtMs = rateBucketItem.read(Attributes).fullAtMs;
  });
  return refused === undefined
    ? { kind: 'taken' as const, fullAtMs: takenAtMs }
    : { kind: 'empty' as const, fullAtMs: refused };
}

async function fullAtIfRefused(write: () => Promise<unknown>): Promise<number | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // The document client leaves items inside of errors as they came.
    return rateBucketItem.read(unmarshall(error.Item ?? {})).fullAtMs;
  }
}
