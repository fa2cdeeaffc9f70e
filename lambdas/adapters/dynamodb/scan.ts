// Reads a whole table, page by page. For the bookkeeper alone: nothing that somebody waits for may scan.
import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { ask } from './ask.ts';
import type { Entity } from './item-format.ts';
import type { Table } from './table.ts';

export type ScannedItem = Readonly<Record<string, unknown>>;

/** Items of one partition come together and in the order of their sort keys. Of one entity alone where it is named. */
export async function* scan(table: Table, entity?: Entity): AsyncGenerator<ScannedItem> {
  let from: ScanCommandInput['ExclusiveStartKey'];
  do {
    const command = new ScanCommand({
      TableName: table.name,
      ConsistentRead: true,
      ...(entity === undefined ? {} : onlyOf(entity)),
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await ask(table, () => table.documents.send(command));
    yield* answer.Items ?? [];
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
}

function onlyOf(entity: Entity) {
  return {
    FilterExpression: '#entity = :entity',
    ExpressionAttributeNames: { '#entity': 'entity' },
    ExpressionAttributeValues: { ':entity': entity },
  };
}
