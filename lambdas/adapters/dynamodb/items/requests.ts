// The item of a request for money.
import * as z from 'zod/mini';
import type { MoneyRequest } from '../../../domain/requests/money-request.ts';
import { itemFormat } from '../item-format.ts';
import { indexPartition, requestKey } from '../keys.ts';
import { dueKeys } from './due.ts';
import { requestState } from './states.ts';
import { maybe, moment, money, paymentId, personId, requestId, version } from './values.ts';

const request = z.object({
  id: requestId,
  version,
  state: requestState,
  askerId: personId,
  payerId: personId,
  amount: money,
  note: maybe(z.string()),
  createdAtMs: moment,
  expiresAtMs: moment,
  remindedAtMs: maybe(moment),
  paymentId: maybe(paymentId),
  acceptances: z.int(),
  dueAtMs: maybe(moment),
  seal: maybe(z.string()),
});

export const requestItem = itemFormat({
  entity: 'Request',
  keys: (request: MoneyRequest) => ({
    ...requestKey(request.id),
    createdAt: new Date(request.createdAtMs).toISOString(),
    payerKey: partitionOf(request)(request.payerId),
    payeeKey: partitionOf(request)(request.askerId),
    ...dueKeys(request.id, request.dueAtMs),
  }),
  schema: request,
});

function partitionOf({ state }: MoneyRequest) {
  return state === 'open' ? indexPartition.openRequests : indexPartition.requests;
}
