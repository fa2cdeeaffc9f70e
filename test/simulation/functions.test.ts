// The simulated functions are the deployed ones: each made of the same stack and wiring as its file in lambdas/handlers/.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { muted } from './muted.ts';

muted();

const handlers = new URL('../../lambdas/handlers/', import.meta.url);
const simulated = readFileSync(new URL('cloud/functions.ts', import.meta.url), 'utf8');

/** What looks after the books runs on a schedule, beside the stories. */
const notSimulated = ['bookkeeper', 'events-backfill'];

const names = readdirSync(handlers)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
  .filter((name) => !notSimulated.includes(name));

test.each(names)('%s', (name) => {
  const source = readFileSync(new URL(`${name}.ts`, handlers), 'utf8');
  const made = /export const handler = (.+);/u.exec(source)?.[1];
  const inSimulation = made?.replace(/\(\)(?=[,)])/u, '(outside)');
  const key = name.includes('-') ? `'${name}'` : name;
  expect(simulated).toContain(`${key}: () => ${inSimulation},`);
});

test('covers the functions that move money or tell of it', () => {
  expect(names.length).toBeGreaterThanOrEqual(11);
});
