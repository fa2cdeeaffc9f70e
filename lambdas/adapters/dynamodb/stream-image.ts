// Reads the item out of a record of a table's stream.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

/** The new item as plain values; undefined for a removal. */
export function readStreamImage(record: DynamoDBRecord): Record<string, unknown> | undefined {
  const image = record.dynamodb?.NewImage;
  if (image === undefined) return undefined;
  const values: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(image)) {
    if (isAttributeValue(value)) values[name] = value;
  }
  return unmarshall(values);
}

/** Lambda's and the SDK's types say the same of one wire form; only the SDK's knows of members it cannot know. */
function isAttributeValue(value: unknown): value is AttributeValue {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 1;
}
