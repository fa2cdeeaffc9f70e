// Everything that the product keeps or says about itself: table items, queued messages, logs. For tests that ask what is in there.
import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Wallet } from './wallet.ts';

/** All items of this wallet's tables, each as one JSON text, in a settled order. */
export async function itemsOf(wallet: Wallet): Promise<string[]> {
  const client = new DynamoDBClient({
    endpoint: wallet.settings.dynamoDbUrl ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const { TableNames: names = [] } = await client.send(new ListTablesCommand({ Limit: 100 }));
    const items: string[] = [];
    for (const TableName of names.filter((name) => name.startsWith(wallet.tablePrefix))) {
      for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
        items.push(...Items.map((item) => JSON.stringify(item)));
      }
    }
    return items.toSorted();
  } finally {
    client.destroy();
  }
}

/** Messages that wait or are worked on, dead-letter queues included. */
export function queuedIn(wallet: Wallet): number {
  return wallet.machine.cloud.queues.all.reduce((sum, queue) => {
    const { visible, inFlight, delayed } = queue.counts();
    return sum + visible + inFlight + delayed;
  }, 0);
}
