// Deliveries in the Transactions table: found by their id, by their due date, and by their endpoint.
import * as z from 'zod/mini';
import type { Delivery, DeliveryId } from '../../domain/merchant-api/delivery.ts';
import type { DeliveryStore } from '../../domain/merchant-api/ports.ts';
import type { EndpointId } from '../../domain/merchant-api/webhook-endpoint.ts';
import { deliveryItem } from './items/merchant-api.ts';
import { deliveriesTo, deliveryKey } from './merchant-keys.ts';
import { getItem, getItems, queryUpTo } from './read.ts';
import type { Table } from './table.ts';
import { overVersionBefore, put } from './write.ts';

const indexEntry = z.object({ pk: z.string(), sk: z.string() });

export function dynamoDeliveries(transactions: Table): DeliveryStore {
  return {
    async get(id) {
      const item = await getItem(transactions, deliveryKey(id));
      return item === undefined ? undefined : deliveryItem.read(item);
    },
    save: (delivery) =>
      put(transactions, deliveryItem.write(delivery), overVersionBefore(delivery.version)),
    async ofEndpoint(endpointId, { limit, after }) {
      const from = after === undefined ? undefined : placeOf(after);
      if (after !== undefined && from === undefined) return { things: [] };
      const entries = await queryUpTo(transactions, limit + 1, {
        TableName: transactions.name,
        IndexName: 'byPayee',
        ScanIndexForward: false,
        KeyConditionExpression: 'payeeKey = :endpoint',
        ExpressionAttributeValues: { ':endpoint': deliveriesTo(endpointId) },
        ...(from === undefined ? {} : { ExclusiveStartKey: indexKey(endpointId, from) }),
      });
      const keys = entries.slice(0, limit).map((entry) => indexEntry.parse(entry));
      const found = (await getItems(transactions, keys)).map(deliveryItem.read);
      const things = found.sort(newerFirst);
      const last = things.at(-1);
      return entries.length > limit && last !== undefined
        ? { things, next: `${last.createdAtMs}.${last.id}` }
        : { things };
    },
  };
}

interface Place {
  readonly createdAtMs: number;
  readonly id: DeliveryId;
}

/** A cursor comes back from outside: what cannot be one of ours leads nowhere. */
function placeOf(cursor: string): Place | undefined {
  const parts = /^(?<moment>\d{1,14})\.whd_(?<id>[a-z2-7]{1,40})$/u.exec(cursor)?.groups;
  if (parts === undefined) return undefined;
  return { createdAtMs: Number(parts['moment']), id: `whd_${parts['id'] ?? ''}` };
}

function indexKey(endpointId: EndpointId, { createdAtMs, id }: Place) {
  return {
    ...deliveryKey(id),
    payeeKey: deliveriesTo(endpointId),
    createdAt: new Date(createdAtMs).toISOString(),
  };
}

/** Within a millisecond as the index has them: by their keys, backwards. */
export function newerFirst(one: Delivery, other: Delivery): number {
  return other.createdAtMs - one.createdAtMs || (one.id < other.id ? 1 : -1);
}
