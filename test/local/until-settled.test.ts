// When the machine counts as being at rest: not while a vendor still has something to say to it.
import { expect, test } from 'vitest';
import { untilSettled } from '../../local/until-settled.ts';

test('is at rest when, twice in a row, nothing moves and no vendor owes a webhook', async () => {
  const seen: string[] = [];
  // On its way; then delivered, which wakes a function that makes the other vendor owe one.
  const owed = [true, false, true, false, false, false];
  const cloud = { idle: async () => void seen.push('idle') };
  const vendor = { owesWebhook: () => owed[seen.length - 1] ?? false };

  await untilSettled(cloud, [{ owesWebhook: () => false }, vendor]);

  expect(seen).toHaveLength(5);
});
