// Adding a card: to Stripe's own page and back. No card field is ours.
import type { Link } from '../lambdas/domain/links/link.ts';
import { rememberCustomer, rememberInstrument } from '../lambdas/domain/payments/instruments.ts';
import { messagePage } from './layout.ts';
import { unknownLink } from './link-pages.ts';
import type { PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';

interface From {
  readonly link: Link;
  readonly path: 'pay' | 'settings';
}

const stripeIsQuiet = messagePage({
  title: 'Stripe does not answer',
  text: 'Please try again in a moment. Nothing was charged.',
  mark: '…',
  status: 502,
});

export async function goAndAddCard(
  world: PageWorld,
  request: PageRequest,
  from: From,
): Promise<PageAnswer> {
  const person = await world.people.byId(from.link.personId);
  if (person === undefined) return unknownLink;
  const here = `${world.publicUrl}/${from.path}/${request.token}`;
  const answer = await world.provider.saveInstrument({
    personId: person.id,
    // One page of Stripe's for a link and the cards saved so far: pressing twice opens the same.
    tryId: `${from.link.fingerprint.slice(0, 24)}:${person.instruments.length}`,
    returnUrl: `${here}/card?setup={SETUP_ID}`,
    cancelUrl: here,
    ...(person.customerId === undefined ? {} : { customerId: person.customerId }),
  });
  if (answer.kind !== 'done') return stripeIsQuiet;
  await rememberCustomer(world, person.id, answer.customerId);
  return { kind: 'redirect', to: answer.url };
}

/** Coming back proves nothing: Stripe is asked what was saved, and for whom. */
export async function backFromCard(
  world: PageWorld,
  request: PageRequest,
  from: From,
): Promise<PageAnswer> {
  const setupId = request.query['setup'];
  if (setupId === undefined) return unknownLink;
  const outcome = await rememberInstrument(world, setupId);
  if (outcome.kind === 'unknown') return stripeIsQuiet;
  return { kind: 'redirect', to: `${world.publicUrl}/${from.path}/${request.token}` };
}
