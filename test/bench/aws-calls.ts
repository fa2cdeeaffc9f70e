// What each thing that happens asks of DynamoDB, counted at the SDK over the real adapters: every call is a round trip.
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { handleEvent } from '../../lambdas/domain/chat/handle-event.ts';
import { announceEntry } from '../../lambdas/domain/journal/announce-entry.ts';
import { advance } from '../../lambdas/domain/payments/advance.ts';
import type { Member } from '../../lambdas/domain/people/person.ts';
import type { World } from '../../lambdas/domain/world.ts';
import { confirmPay } from '../../web/pay.ts';
import { aMember } from '../builders/people.ts';
import { makeTables } from '../builders/tables.ts';
import { openTownWorld, type TownWorld } from '../builders/town/town-world.ts';
import { type CallCost, type Meter, meterOf } from './meter.ts';
import { countOrderCalls } from './order-calls.ts';

interface Street {
  readonly town: TownWorld;
  readonly world: World & { readonly providerOrigins: readonly string[] };
  readonly meter: Meter;
  readonly ann: Member;
  readonly bob: Member;
}

async function openStreet(dynamoDbUrl: string): Promise<Street> {
  const { documents, names } = await makeTables(dynamoDbUrl);
  const town = openTownWorld({});
  const stores = dynamoStores(documents, names);
  const world = { ...town.world, ...stores, provider: providerThatDoes(town) };
  const ann = aMember({
    name: 'Ann Lee',
    handle: 'ann',
    customerId: 'cus_ann',
    level: 'known',
    instruments: [{ id: 'pm_1', brand: 'visa', last4: '4242' }],
  });
  const bob = aMember({
    name: 'Bob Stone',
    handle: 'bob',
    recipientAccount: { accountId: 'acct_bob', status: 'ready' },
  });
  for (const person of [ann, bob]) await world.people.create(person);
  return { town, world, meter: meterOf(documents), ann, bob };
}

/** Money that moves as asked; what the provider remembers is no concern of these figures. */
function providerThatDoes({ world }: TownWorld): World['provider'] {
  return {
    ...world.provider,
    charge: async () => ({ kind: 'done', intentId: 'pi_1', chargeId: 'ch_1' }),
    payOut: async () => ({ kind: 'done', payOutId: 'tr_1' }),
  };
}

/** One person's way through a payment to somebody whom they have paid before, and what surrounds it. */
export async function countAwsCalls(dynamoDbUrl: string): Promise<readonly CallCost[]> {
  const street = await openStreet(dynamoDbUrl);
  const { world, meter, town, ann, bob } = street;
  const [address] = ann.addresses;
  if (address === undefined) throw new Error('Ann has no address.');
  const says = (text: string, id: string) =>
    handleEvent(world, {
      kind: 'message',
      id,
      address,
      atMs: town.time.nowMs,
      text,
      redacted: [],
    });

  await says('hello', 'm_0');
  await meter.measure('a message is answered', () => says('help', 'm_1'));
  await meter.measure('the same message comes again', () => says('help', 'm_1'));
  await meter.measure('the echo of the answer', () =>
    handleEvent(world, {
      kind: 'echo',
      id: 'm_echo',
      address,
      atMs: town.time.nowMs,
      messageId: 'm_echo',
      outboxId: 'm_1:1',
    }),
  );
  await meter.measure('“send $20 to bob”, the first time: up to the review card', () =>
    says('send $20 to bob', 'm_2'),
  );
  await world.contacts.remember(ann.id, { personId: bob.id, lastPaidAtMs: 1 });
  town.time.nowMs += 1000;
  await meter.measure('“send $20 to bob”, paid before: up to the review card', () =>
    says('send $20 to bob', 'm_3'),
  );
  await measureMoney(street);
  return [...meter.costs, ...(await countOrderCalls(dynamoDbUrl))];
}

/** From the pay button of the last review card to what is told of the payout. */
async function measureMoney({ world, meter, town, ann }: Street): Promise<void> {
  const token = lastPayToken(town, ann);
  await meter.measure('confirmed on the page: charged and held', () =>
    confirmPay(world, {
      method: 'POST',
      token,
      browser: 'a-browser',
      query: {},
      form: new URLSearchParams({ instrument: 'pm_1' }),
    }),
  );
  const [payment] = await world.payments.ofPerson(ann.id, { limit: 1 });
  if (payment?.state !== 'held') throw new Error(`The payment is ${payment?.state}, not held.`);
  const told = async (step: string) => {
    const entry = (await world.payments.journalOf(payment.id)).find((each) => each.step === step);
    if (entry === undefined) throw new Error(`The payment never was ${step}.`);
    await meter.measure(`“${step}” is announced`, () => announceEntry(world, entry));
  };
  await told('confirmed');
  await told('charged');
  town.time.nowMs += 11_000;
  await meter.measure('the due worker pays it out', () => advance(world, payment.id));
  if ((await world.payments.get(payment.id))?.state !== 'paid') throw new Error('Not paid out.');
  await told('paid_out');
}

function lastPayToken(town: TownWorld, { addresses }: Member): string {
  const said = town.said.get(addresses[0]?.psid ?? '') ?? [];
  const token = /\/pay\/(?<token>\w+)/.exec(JSON.stringify(said.at(-1)?.reply))?.groups?.['token'];
  if (token === undefined) throw new Error('No review card was shown.');
  return token;
}

/** As a table in Markdown. */
export function awsCallsTable(costs: readonly CallCost[]): string {
  return [
    '| what happens | calls | reads | writes | items written | write units |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...costs.map(
      ({ happening, calls, reads, writes, itemsWritten, writeUnits }) =>
        `| ${happening} | ${calls.length} | ${reads} | ${writes} | ${itemsWritten} | ${writeUnits} |`,
    ),
  ].join('\n');
}
