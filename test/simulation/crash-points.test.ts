// Death at the calls of whole journeys, enumerated by the harness: nothing is lost, nothing is doubled, and all ends as it would have.
import './cloud/environment.ts';
import { expect, test } from 'vitest';
import { crashEverywhere } from './crash-points.ts';
import { journeys } from './journeys.ts';
import { muted } from './muted.ts';

muted();

/** All of them: `npm run simulate -- --crash-points`. */
const every = 41;

test.each(journeys)('$name, whenever a process dies', async (plan) => {
  const { points, failures } = await crashEverywhere(plan, every);
  expect(points).toBeGreaterThan(2);
  expect(failures).toEqual([]);
});
