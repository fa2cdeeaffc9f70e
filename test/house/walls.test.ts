// The walls between the rooms stand: the checker sees our modules, and reports each kind of trespass.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { rule: { name: string }; from: string; to: string }[];
  };
  readonly modules: readonly { source: string; dependencies: readonly { resolved: string }[] }[];
}

const root = join(import.meta.dirname, '../..');
const houses: string[] = [];

afterEach(async () => {
  await Promise.all(houses.splice(0).map((house) => rm(house, { recursive: true })));
});

/** A violation makes the command fail, so its answer is read from what it printed either way. */
function cruise(house: string, ...rooms: string[]): Promise<Cruise> {
  const command = join(root, 'node_modules/.bin/depcruise');
  const config = join(root, '.dependency-cruiser.cjs');
  const args = [command, '--config', config, '--output-type', 'json', ...rooms];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: house, maxBuffer: 64e6 }, (error, out, problems) => {
      if (out === '') reject(new Error(`The checker said nothing: ${problems}`, { cause: error }));
      else {
        const seen: Cruise = JSON.parse(out);
        resolve(seen);
      }
    });
  });
}

async function givenHouse(files: Record<string, string>): Promise<string> {
  const house = await mkdtemp(join(tmpdir(), 'tender-walls-'));
  houses.push(house);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), text);
  }
  return house;
}

const trespasses = ({ summary }: Cruise) =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort();

const THING = 'export interface Thing { readonly id: string }\nexport const thing = 1;\n';

it('sees the modules of this repository, TypeScript and all', async () => {
  // What these need is enough to see: `npm run walls` looks at the whole house.
  const seen = await cruise(root, 'lib/config', 'lambdas/domain/people');

  const stages = seen.modules.find(({ source }) => source === 'lib/config/stages.ts');
  expect(seen.summary.totalCruised).toBeGreaterThan(20);
  // A mere type import: a parser that drops those would not see most of our walls.
  expect(stages?.dependencies.map(({ resolved }) => resolved)).toContain(
    'lambdas/domain/settings.ts',
  );
});

it('reports each trespass, also of a mere type', async () => {
  const house = await givenHouse({
    'lambdas/domain/payments/payment.ts':
      "import type { Thing } from '../../adapters/stripe/stripe.ts';\nexport type Payment = Thing;\n",
    'lambdas/domain/payments/time.ts':
      "import { hrtime } from 'node:process';\nexport const now = hrtime;\n",
    'lambdas/adapters/stripe/stripe.ts': THING,
    'lambdas/adapters/aws/queue.ts': "export { thing } from '../../wiring/config.ts';\n",
    'lambdas/adapters/memory/twin.ts': THING,
    'lambdas/wiring/config.ts': "export { thing } from '../adapters/memory/twin.ts';\n",
    'lambdas/handlers/pages.ts':
      "export { thing } from '../adapters/stripe/stripe.ts';\nexport { thing as other } from '../../local/clock.ts';\n",
    'lambdas/wiring/stack.ts': "export { thing } from '../../lib/stack.ts';\n",
    'lib/stack.ts': THING,
    'local/clock.ts': THING,
  });

  const seen = await cruise(house, 'lambdas', 'lib', 'local');

  expect(trespasses(seen)).toEqual([
    'adapters-know-only-the-domain: lambdas/adapters/aws/queue.ts -> lambdas/wiring/config.ts',
    'domain-is-pure: lambdas/domain/payments/payment.ts -> lambdas/adapters/stripe/stripe.ts',
    'domain-is-pure: lambdas/domain/payments/time.ts -> process',
    'handlers-go-through-wiring: lambdas/handlers/pages.ts -> lambdas/adapters/stripe/stripe.ts',
    'handlers-go-through-wiring: lambdas/handlers/pages.ts -> local/clock.ts',
    'nothing-deployed-imports-what-is-local: lambdas/handlers/pages.ts -> local/clock.ts',
    'nothing-deployed-imports-what-is-local: lambdas/wiring/config.ts -> lambdas/adapters/memory/twin.ts',
    'the-house-does-not-know-its-deployment: lambdas/wiring/stack.ts -> lib/stack.ts',
  ]);
});

it('reports circles and files that are not there', async () => {
  const house = await givenHouse({
    'lambdas/domain/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
    'lambdas/domain/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    'lambdas/wiring/lost.ts': "export { gone } from './gone.ts';\n",
  });

  const seen = await cruise(house, 'lambdas');

  const broken = seen.summary.violations.map(({ rule }) => rule.name);
  expect(broken).toContain('no-circles');
  expect(broken).toContain('resolvable');
});

it('lets the rooms use what they may', async () => {
  const house = await givenHouse({
    'lambdas/domain/people/person.ts': THING,
    'lambdas/domain/payments/payment.ts': "export { thing } from '../people/person.ts';\n",
    'lambdas/adapters/stripe/stripe.ts':
      "export { thing } from '../../domain/payments/payment.ts';\n",
    'lambdas/adapters/memory/twin.ts':
      "export { thing } from '../../domain/payments/payment.ts';\n",
    'lambdas/wiring/payments.ts': "export { thing } from '../adapters/stripe/stripe.ts';\n",
    'lambdas/handlers/pages.ts': "export { thing } from '../wiring/payments.ts';\n",
    'local/machine.ts': "export { thing } from '../lambdas/adapters/memory/twin.ts';\n",
    'lib/stack.ts': "export { thing } from '../lambdas/wiring/payments.ts';\n",
  });

  const seen = await cruise(house, 'lambdas', 'lib', 'local');

  expect(trespasses(seen)).toEqual([]);
  expect(seen.summary.totalCruised).toBe(8);
});
