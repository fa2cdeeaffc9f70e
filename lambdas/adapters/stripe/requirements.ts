// What Stripe still wants to know of an account, in words that a shopkeeper can read.
import * as z from 'zod/mini';

export const requirementsSchema = z.object({
  entries: z.nullish(
    z.array(
      z.object({
        description: z.string(),
        awaiting_action_from: z.string(),
        minimum_deadline: z.nullish(z.object({ status: z.string() })),
        requested_reasons: z.nullish(z.array(z.object({ code: z.string() }))),
      }),
    ),
  ),
});

type Requirements = z.infer<typeof requirementsSchema>;

/** Machine-readable paths of the API, by how they begin; the first that fits counts. */
const wordsByPath: readonly (readonly [start: string, words: string])[] = [
  ['configuration.recipient.default_outbound_destination', 'Bank account'],
  ['configuration.merchant.default_outbound_destination', 'Bank account'],
  ['configuration.merchant.mcc', 'What the business sells'],
  ['configuration.merchant.statement_descriptor', 'Name on card statements'],
  ['configuration.merchant.support', 'Contact for customers'],
  ['defaults.profile.business_url', 'Website'],
  ['defaults.profile.product_description', 'What the business sells'],
  ['identity.attestations.terms_of_service', 'Agreement to the terms'],
  ['identity.business_details.id_numbers', 'Tax number'],
  ['identity.business_details.documents', 'Company documents'],
  ['identity.business_details.address', 'Business address'],
  ['identity.business_details.registered_name', 'Registered name'],
  ['identity.individual.documents', 'Proof of identity'],
  ['identity.individual.id_numbers', 'Identity number'],
  ['identity.individual.date_of_birth', 'Date of birth'],
  ['identity.individual.address', 'Home address'],
  ['identity.individual.given_name', 'Name of the owner'],
  ['identity.individual.surname', 'Name of the owner'],
];

/** What is due now from the shop itself; what Stripe is still looking at, and what is due one day, is not missing. */
export function readMissing(requirements: Requirements | null | undefined): string[] {
  const due = (requirements?.entries ?? []).filter(
    (entry) =>
      entry.awaiting_action_from === 'user' && entry.minimum_deadline?.status !== 'eventually_due',
  );
  return [...new Set(due.map(({ description }) => inWords(description)))];
}

function inWords(path: string): string {
  const known = wordsByPath.find(([start]) => path.startsWith(start));
  if (known !== undefined) return known[1];
  // A path that Stripe invented since: its end says most.
  const last = path.split('.').at(-1) ?? path;
  const words = last.replaceAll(/[_\W]+/gu, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
