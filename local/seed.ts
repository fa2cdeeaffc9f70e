// Ann, Bob and Joe move in: they say hello, agree, take their handles, Bob sets up where he is paid, and Joe owns his shop.
import { createGraphClient } from '../lambdas/adapters/messenger/graph-client.ts';
import { setUpPage } from '../lambdas/adapters/messenger/page-setup.ts';
import { joesPage } from './joes-coffee/page.ts';
import { seedShop } from './joes-coffee/seed-shop.ts';
import type { Machine } from './machine.ts';
import type { MachineSettings } from './machine-settings.ts';

export const ann = { id: '24000000000000001', name: 'Ann Archer', handle: 'ann' } as const;
const bob = { id: '24000000000000002', name: 'Bob Stone', handle: 'bob' } as const;
export const joe = { id: '24000000000000003', name: 'Joe Keller' } as const;

const people = [ann, bob] as const;

/** Only on the machine's own stand-ins: elsewhere people bring themselves. */
export async function seed(machine: Machine, settings: MachineSettings): Promise<void> {
  if (settings.graphApiUrl !== undefined) return;
  await setUpLocalPage(machine, settings);
  // One after the other: Ann's is the left phone.
  for (const { id, name } of people) await post(machine, 'people', { id, name, locale: 'en_US' });
  await Promise.all(people.map((person) => moveIn(machine, settings.messengerPageId, person)));
  if (settings.stripeApiUrl === undefined) await setUpPayouts(machine, settings.messengerPageId);
  await openJoesCoffee(machine, settings);
}

/** The shop is the operator's doing; that it is Joe's is his own, by the code that he got. */
export async function openJoesCoffee(machine: Machine, settings: MachineSettings): Promise<void> {
  const ownerCode = await seedShop(machine, settings);
  await setUpPage(graphOf(machine, joesPage.token, settings), {
    pageId: joesPage.id,
    publicUrl: machine.url,
    of: 'shop',
  });
  await post(machine, 'people', { ...joe, locale: 'en_US' });
  const thread = `people/${joe.id}/threads/${joesPage.id}`;
  await act(machine, `${thread}/get-started`, {});
  await act(machine, `${thread}/text`, { text: `owner ${ownerCode}` });
}

/** Get Started, greeting, menu and the rest, as `npm run page:setup` gives them to a real Page. */
export async function setUpLocalPage(machine: Machine, settings: MachineSettings): Promise<void> {
  await setUpPage(graphOf(machine, settings.messengerPageToken, settings), {
    pageId: settings.messengerPageId,
    publicUrl: machine.url,
  });
}

function graphOf(machine: Machine, pageToken: string, settings: MachineSettings) {
  return createGraphClient({
    apiUrl: machine.messengerUrl,
    clock: machine.clock,
    credentialsOf: async () => ({
      pageToken,
      appSecret: settings.messengerAppSecret,
    }),
  });
}

async function moveIn(
  machine: Machine,
  pageId: string,
  person: (typeof people)[number],
): Promise<void> {
  const thread = `people/${person.id}/threads/${pageId}`;
  await act(machine, `${thread}/get-started`, {});
  await act(machine, `${thread}/text`, { text: 'I agree' });
  await act(machine, `${thread}/text`, { text: `@${person.handle}` });
}

/** Bob opens the page that his chat gives him, and finishes Stripe's form. */
async function setUpPayouts(machine: Machine, pageId: string): Promise<void> {
  const [, bob] = people;
  const thread = `people/${bob.id}/threads/${pageId}`;
  await act(machine, `${thread}/text`, { text: 'who am i' });
  const seen = await (await fetch(`${machine.messengerUrl}/_stand-in/${thread}`)).text();
  const [page] = /https?:[^"]+\/payout\/[\w-]+/u.exec(seen) ?? [];
  if (page === undefined) throw new Error('Seeding failed: Bob got no link to set up payouts.');
  const hosted = await fetch(page, { method: 'POST', redirect: 'manual' });
  await fetch(hosted.headers.get('location') ?? '', {
    method: 'POST',
    body: new URLSearchParams({ name: bob.name, account: '000123456789' }),
  });
  await fetch(`${page}/return`);
  await machine.settled();
  // So that Bob's phone does not go on saying that nothing is set up.
  await act(machine, `${thread}/text`, { text: 'who am i' });
}

/** What somebody does in a thread, and all that comes of it. */
async function act(machine: Machine, path: string, body: unknown): Promise<void> {
  await post(machine, path, body);
  await machine.settled();
}

async function post(machine: Machine, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${machine.messengerUrl}/_stand-in/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`Seeding failed at ${path}: ${await response.text()}`);
}
