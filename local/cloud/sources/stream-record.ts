// Turns a record that the Streams API returns into the record that Lambda gives to a function.
import type { _Record, AttributeValue } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, AttributeValue as EventValue } from 'aws-lambda';

export interface StreamRecord {
  sequenceNumber: string;
  createdAtMs: number;
  event: DynamoDBRecord;
}

const CHANGES = ['INSERT', 'MODIFY', 'REMOVE'] as const;

/** @param offsetMs how far the machine's clock is ahead of the one that DynamoDB Local reads */
export function toStreamRecord(record: _Record, streamArn: string, offsetMs: number): StreamRecord {
  const { SequenceNumber: sequenceNumber = '', ...change } = record.dynamodb ?? {};
  const createdAtMs = (change.ApproximateCreationDateTime?.getTime() ?? 0) + offsetMs;
  // What its time-to-live removes, DynamoDB Local reports under a name that AWS does not know.
  const eventName = CHANGES.find((name) => name === record.eventName) ?? 'REMOVE';
  const expired = eventName !== record.eventName;
  return {
    sequenceNumber,
    createdAtMs,
    event: {
      eventID: record.eventID ?? '',
      eventName,
      eventVersion: record.eventVersion ?? '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: streamArn.split(':')[3] ?? '',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(createdAtMs / 1000),
        ...(change.Keys && { Keys: toImage(change.Keys) }),
        ...(change.NewImage && { NewImage: toImage(change.NewImage) }),
        ...(change.OldImage && { OldImage: toImage(change.OldImage) }),
        ...(change.SizeBytes !== undefined && { SizeBytes: change.SizeBytes }),
        ...(change.StreamViewType && { StreamViewType: change.StreamViewType }),
        SequenceNumber: sequenceNumber,
      },
      eventSourceARN: streamArn,
      ...(expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
    },
  };
}

const toImage = (image: Record<string, AttributeValue>): Record<string, EventValue> =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, toEventValue(value)]));

/** In an event, which is JSON, bytes are base64. */
function toEventValue(value: AttributeValue): EventValue {
  if (value.M !== undefined) return { M: toImage(value.M) };
  if (value.L !== undefined) return { L: value.L.map(toEventValue) };
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  return { NULL: true };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
