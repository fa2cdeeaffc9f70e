// How a thing of the domain becomes an item and comes back: keys, entity and schema version on, checked and off again.
import * as z from 'zod/mini';
import { assertFits } from './item-size.ts';
import type { Key } from './keys.ts';
import { wellFormedFields } from './well-formed.ts';

/** Every kind of item there is, by table. docs/data.md tells of each; a test compares. */
export const entities = {
  users: [
    'Person',
    'Address',
    'Handle',
    'Name',
    'Contact',
    'Block',
    'Pin',
    'Report',
    'Conversation',
    'HandledEvent',
    'OutboxItem',
    'Link',
    'ConsoleSession',
    'Passkey',
    'PasskeyChallenge',
    'Shop',
    'ShopPage',
    'ShopAccount',
    'Product',
    'Picture',
    'CatalogPlace',
    'CategoryPlace',
    'SearchWord',
    'Stock',
    'WaitingThread',
    'SavedCard',
    'ApiKey',
    'ApiKeyOfShop',
    'RateBucket',
    'WebhookEndpoint',
  ],
  transactions: [
    'Payment',
    'Request',
    'Order',
    'JournalEntry',
    'Spending',
    'ClaimCode',
    'OrderNumber',
    'OrderIntent',
    'ProviderEvent',
    'ApiCall',
    'MerchantEvent',
    'Delivery',
  ],
} as const;

export type Entity = (typeof entities)[keyof typeof entities][number];

export type Item = Key & Readonly<Record<string, unknown>>;

export interface ItemFormat<Thing> {
  readonly entity: Entity;
  /** What new items are written as. */
  readonly schemaVersion: number;
  write(thing: Thing): Item;
  /** Throws on another entity, an unknown version and a broken item: nobody guesses at money. */
  read(item: unknown): Thing;
}

/** The keys of an item, and what indexes and expiry need beside the thing itself. */
interface ItemKeys extends Key {
  readonly createdAt?: string;
  readonly payerKey?: string;
  readonly payeeKey?: string;
  readonly dueShard?: string;
  readonly expiresAtSeconds?: number;
}

interface Description<Thing, Schema extends z.ZodMiniType<Thing>> {
  readonly entity: Entity;
  readonly keys: (thing: Thing) => ItemKeys;
  /** Of what is written today. */
  readonly schema: Schema;
  /** How each version before was written, from the first on, read as the thing of today. */
  readonly olderSchemas?: readonly z.ZodMiniType<Thing>[];
}

type Plain = string | number | boolean | Uint8Array | undefined;

/** A type with nothing optional in it, all the way down. */
type Whole<Thing> = Thing extends Plain
  ? Thing
  : Thing extends readonly (infer Each)[]
    ? readonly Whole<Each>[]
    : { [Field in keyof Thing]-?: Whole<Thing[Field]> };

/** Does not compile where the schema forgets a field or a variant: that could be written, and then not be read. */
type ForgetsNothing<Thing, Schema extends z.ZodMiniType<Thing>> =
  // Each variant is read, and each field of it.
  [Whole<Thing>, Whole<z.output<Schema>>] extends [Whole<z.output<Schema>>, Whole<Thing>]
    ? unknown
    : { readonly schema: 'forgets a field or a variant of what it stands for' };

const header = z.object({ entity: z.string(), schemaVersion: z.number() });

export function itemFormat<Thing extends object, Schema extends z.ZodMiniType<Thing>>(
  description: Description<Thing, Schema> & ForgetsNothing<Thing, Schema>,
): ItemFormat<Thing> {
  const { entity, keys, olderSchemas = [] } = description;
  const schemas: readonly z.ZodMiniType<Thing>[] = [...olderSchemas, description.schema];
  const schemaVersion = schemas.length;
  return {
    entity,
    schemaVersion,
    write(thing) {
      const item = { ...wellFormedFields(thing), ...keys(thing), entity, schemaVersion };
      assertFits(entity, item);
      return item;
    },
    read(item) {
      const { entity: found, schemaVersion: version } = checked(header, item, entity);
      if (found !== entity) throw new Error(`A ${found} item was read as ${entity}.`);
      const schema = schemas[version - 1];
      if (schema === undefined) {
        throw new Error(
          `${entity} item of schema version ${version}: this code reads 1 to ${schemaVersion}.`,
        );
      }
      return checked(schema, item, entity);
    },
  };
}

/** The error names the fields that are wrong, never what is in them: items hold names and notes. */
function checked<Thing>(schema: z.ZodMiniType<Thing>, item: unknown, entity: Entity): Thing {
  const result = schema.safeParse(item);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`);
  throw new Error(`${entity} item cannot be read: ${fields.join(', ')}.`);
}
