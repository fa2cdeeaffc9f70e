// The simulation's own test: whatever is broken on purpose, it notices.
import './cloud/environment.ts';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { journeys } from './journeys.ts';
import { runPlan } from './run.ts';
import type { Town } from './town.ts';
import { muted } from './muted.ts';

muted();

interface Spoiled {
  readonly title: string;
  readonly spoil: (town: Town) => void;
  readonly noticed: RegExp;
}

// oxlint-disable-next-line typescript/no-explicit-any -- what a transaction holds is taken apart
type TransactItem = any;

const isEntry = ({ Put }: TransactItem) => Put?.Item?.entity === 'JournalEntry';
const withoutCounterpart = ({ Put }: TransactItem) => ({
  Put: { ...Put, Item: { ...Put.Item, postings: Put.Item.postings.slice(0, 1) } },
});

const spoiled: readonly Spoiled[] = [
  {
    title: 'a step without its journal entry',
    spoil: (town) => changeWrites(town, (items) => items.filter((item) => !isEntry(item))),
    noticed: /changed without a journal entry/u,
  },
  {
    title: 'a journal entry that does not balance',
    spoil: (town) =>
      changeWrites(town, (items) =>
        items.map((item) => (isEntry(item) ? withoutCounterpart(item) : item)),
      ),
    noticed: /is off by/u,
  },
  {
    title: 'a charge that is made twice',
    spoil: ({ stripe }) => {
      const { movements } = stripe.books;
      const push = movements.push.bind(movements);
      movements.push = (...moved) =>
        push(...moved, ...moved.filter(({ kind }) => kind === 'charge'));
    },
    noticed: /charged twice/u,
  },
  {
    title: 'money that moves and that we never hear of',
    spoil: ({ stripe }) => {
      const amount = { minor: 1, currency: 'USD' } as const;
      stripe.books.movements.push({ kind: 'payout', paymentId: 'pay_nobody', amount });
    },
    noticed: /moved, and we do not know it/u,
  },
  {
    title: 'a record of the stream that is lost',
    spoil: ({ cloud }) => {
      const [notifier] = cloud.streams;
      if (notifier === undefined) throw new Error('There is no stream.');
      const { add } = notifier;
      notifier.add = (item) => {
        if (item['step'] !== 'paid_out') add(item);
      };
    },
    noticed: /was never told/u,
  },
  {
    title: 'a bubble that looks sent and is nowhere',
    spoil: ({ messenger }) => {
      const { take } = messenger;
      const text = '{"recipient_id":"1","message_id":"m_lost"}';
      messenger.take = (request) =>
        request.body?.includes('got your') === true
          ? { kind: 'answered', status: 200, text }
          : take(request);
    },
    noticed: /looks sent and is not in the thread/u,
  },
];

function changeWrites(
  { cloud: { tables } }: Town,
  change: (items: TransactItem[]) => TransactItem[],
): void {
  const { execute } = tables;
  tables.execute = (command) => {
    if (!(command instanceof TransactWriteCommand)) return execute(command);
    const TransactItems = change(command.input.TransactItems ?? []);
    return execute(new TransactWriteCommand({ ...command.input, TransactItems }));
  };
}

test.each(spoiled)('notices $title', async ({ spoil, noticed }) => {
  const [plan] = journeys;
  if (plan === undefined) throw new Error('There is no journey.');
  expect((await runPlan(plan)).violation).toBeUndefined();
  expect((await runPlan(plan, { spoil })).violation).toMatch(noticed);
});
