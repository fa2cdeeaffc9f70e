// Items about people: who they are, where they are found, whom they know, whom they want nothing to do with.
import * as z from 'zod/mini';
import type { Contact, PinRecord, Report } from '../../../domain/people/ports.ts';
import type { Person, PersonId } from '../../../domain/people/person.ts';
import type { Address } from '../../../domain/people/address.ts';
import { itemFormat } from '../item-format.ts';
import {
  addressKey,
  blockKey,
  contactKey,
  handleKey,
  nameKey,
  personKey,
  pinKey,
  reportKey,
} from '../keys.ts';
import { address, currency, maybe, moment, personId, shopId, version } from './values.ts';

const instrument = z.object({ id: z.string(), brand: z.string(), last4: z.string() });

const person = z.object({
  id: personId,
  version,
  addresses: z.array(address),
  name: maybe(z.string()),
  handle: maybe(z.string()),
  locale: z.string(),
  currency,
  level: z.enum(['new', 'known', 'verified']),
  findableByName: z.boolean(),
  customerId: maybe(z.string()),
  instruments: z.array(instrument),
  recipientAccount: maybe(
    z.object({ accountId: z.string(), status: z.enum(['started', 'ready', 'restricted']) }),
  ),
  createdAtMs: moment,
  termsAcceptedAtMs: maybe(moment),
  stoppedAtMs: maybe(moment),
  deletionRequestedAtMs: maybe(moment),
  joinedTo: maybe(z.object({ personId, atMs: moment })),
  joined: maybe(z.array(z.object({ shopId, personId }))),
});

export const personItem = itemFormat({
  entity: 'Person',
  keys: ({ id }: Person) => personKey(id),
  schema: person,
});

/** The look-ups: who is behind an address, a handle, a name. */
export const addressItem = itemFormat({
  entity: 'Address',
  keys: ({ address }: { address: Address; personId: PersonId }) => addressKey(address),
  schema: z.object({ address, personId }),
});

export const handleItem = itemFormat({
  entity: 'Handle',
  keys: ({ handle }: { handle: string; personId: PersonId }) => handleKey(handle),
  schema: z.object({ handle: z.string(), personId }),
});

export const nameItem = itemFormat({
  entity: 'Name',
  keys: (name: { nameKey: string; personId: PersonId }) => nameKey(name.nameKey, name.personId),
  schema: z.object({ nameKey: z.string(), personId }),
});

export const contactItem = itemFormat({
  entity: 'Contact',
  keys: ({ ownerId, personId }: Contact & { ownerId: PersonId }) => contactKey(ownerId, personId),
  schema: z.object({ ownerId: personId, personId, lastPaidAtMs: moment }),
});

export const blockItem = itemFormat({
  entity: 'Block',
  keys: ({ ownerId, blockedId }: { ownerId: PersonId; blockedId: PersonId; atMs: number }) =>
    blockKey(ownerId, blockedId),
  schema: z.object({ ownerId: personId, blockedId: personId, atMs: moment }),
});

export const pinItem = itemFormat({
  entity: 'Pin',
  keys: ({ personId }: PinRecord) => pinKey(personId),
  schema: z.object({
    personId,
    version,
    salt: z.string(),
    hash: z.string(),
    failures: z.int(),
    lockedUntilMs: maybe(moment),
  }),
});

export const reportItem = itemFormat({
  entity: 'Report',
  keys: (report: Report) => reportKey(report),
  schema: z.object({
    id: z.string(),
    reporterId: personId,
    reportedId: personId,
    reason: maybe(z.string()),
    paymentId: maybe(z.string()),
    atMs: moment,
  }),
});
