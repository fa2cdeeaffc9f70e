// The item of a link: known by its token's fingerprint, dropped a day after it expired.
import * as z from 'zod/mini';
import type { Link } from '../../../domain/links/link.ts';
import { itemFormat } from '../item-format.ts';
import { linkKey } from '../keys.ts';
import { expiresAfterDays } from './expiry.ts';
import { address, maybe, moment, orderId, paymentId, personId, shopId, version } from './values.ts';

const purpose = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pay'), paymentId }),
  z.object({ kind: z.literal('payout') }),
  z.object({ kind: z.literal('settings') }),
  z.object({ kind: z.literal('order'), orderId }),
  z.object({ kind: z.literal('bill'), orderId }),
  z.object({ kind: z.literal('console'), shopId }),
  z.object({ kind: z.literal('join'), shopId, joinerId: maybe(personId) }),
]);

export const linkItem = itemFormat({
  entity: 'Link',
  keys: ({ fingerprint, expiresAtMs }: Link) => ({
    ...linkKey(fingerprint),
    ...expiresAfterDays(1, expiresAtMs),
  }),
  schema: z.object({
    fingerprint: z.string(),
    version,
    purpose,
    personId,
    address,
    createdAtMs: moment,
    expiresAtMs: moment,
    boundTo: maybe(z.string()),
    usedAtMs: maybe(moment),
  }),
});
