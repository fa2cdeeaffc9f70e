// Reads one object of Stripe's by its id: found, surely not there, or not known.
import type { Stripe } from 'stripe';
import type * as z from 'zod/mini';
import type { Found } from '../../domain/payments/ports.ts';
import type { StripeClient } from './client.ts';
import { ask, isAccountGone, unexpected } from './errors.ts';

/** v1 and v2 name it differently. Any other 404 is a wrong address, and no proof that a thing is not there. */
const notFoundCodes: ReadonlySet<string> = new Set(['resource_missing', 'not_found']);

export async function find<Thing>(
  client: StripeClient,
  schema: z.ZodMiniType<Thing>,
  call: (stripe: Stripe) => Promise<unknown>,
): Promise<Found<Thing>> {
  const stripe = await client();
  const told = await ask(schema, () => call(stripe));
  switch (told.kind) {
    case 'told':
      return { kind: 'found', thing: told.thing };
    case 'unknown':
      return { kind: 'unknown', why: told.why };
    case 'refused':
      if (told.code !== undefined && notFoundCodes.has(told.code)) return { kind: 'not_found' };
      // A shop that took our access away: what happened there may yet have happened.
      if (isAccountGone(told)) return { kind: 'unknown', why: 'account_gone' };
      throw unexpected(told);
  }
}

/** Reads on where there is something to read; `otherwise` is the answer when it cannot be read as ours. */
export function read<Raw, Thing>(
  found: Found<Raw>,
  reader: (raw: Raw) => Thing | undefined,
  otherwise: Found<Thing> = { kind: 'not_found' },
): Found<Thing> {
  if (found.kind !== 'found') return found;
  const thing = reader(found.thing);
  return thing === undefined ? otherwise : { kind: 'found', thing };
}
