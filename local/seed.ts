// Ann and Bob move in: they say hello, agree, take their handles, and Bob sets up where he is paid. All through the front door.
import * as z from 'zod/mini';
import type { Machine } from './machine.ts';
import type { MachineSettings } from './machine-settings.ts';

const people = [
  { id: '24000000000000001', name: 'Ann Archer', handle: 'ann' },
  { id: '24000000000000002', name: 'Bob Stone', handle: 'bob' },
] as const;

const threadSchema = z.object({ messages: z.array(z.object({ words: z.optional(z.string()) })) });

/** Only on the machine's own stand-ins: elsewhere people bring themselves. */
export async function seed(machine: Machine, settings: MachineSettings): Promise<void> {
  if (settings.graphApiUrl !== undefined) return;
  await Promise.all(people.map((person) => moveIn(machine, settings.messengerPageId, person)));
  if (settings.stripeApiUrl === undefined) await setUpPayouts(machine, settings.messengerPageId);
}

async function moveIn(
  machine: Machine,
  pageId: string,
  person: (typeof people)[number],
): Promise<void> {
  const thread = `people/${person.id}/threads/${pageId}`;
  await post(machine, 'people', { id: person.id, name: person.name, locale: 'en_US' });
  await post(machine, `${thread}/get-started`, {});
  await machine.cloud.idle();
  await post(machine, `${thread}/text`, { text: 'I agree' });
  await machine.cloud.idle();
  await post(machine, `${thread}/text`, { text: `@${person.handle}` });
  await machine.cloud.idle();
}

async function post(machine: Machine, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${machine.messengerUrl}/_stand-in/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`Seeding failed at ${path}: ${await response.text()}`);
}
