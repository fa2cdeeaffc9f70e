// What is deployed: each function carries what its work needs, and nothing that slows a cold start or must not leave.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../../../lib/bundling/bundle-functions.ts';
import { reportSizes } from '../../../lib/bundling/size-report.ts';
import { FUNCTION_NAMES } from '../../../lib/config/functions.ts';
import { deployedBundles } from '../../builders/deployed-bundles.ts';

let distRoot: string;
let bundles: readonly Bundle[];

beforeAll(async () => {
  ({ distRoot, bundles } = await deployedBundles());
});

/** Functions that carry anything from there. */
const carriersOf = (place: string) =>
  bundles
    .filter(({ sources }) => sources.some(({ path }) => path.includes(place)))
    .map(({ name }) => name)
    .sort();

describe('what each function carries', () => {
  it('is the SQS client where something is queued', () => {
    expect(carriersOf('node_modules/@aws-sdk/client-sqs/')).toEqual([
      'chat-worker',
      'console',
      'events-backfill',
      'merchant-api',
      'merchant-events',
      'messenger-webhook',
      'notifier',
      'stripe-webhook',
      'sweeper',
      'webhook-sender',
    ]);
  });

  it('is the DynamoDB client everywhere but in the webhooks, which only verify and queue', () => {
    expect(carriersOf('node_modules/@aws-sdk/client-dynamodb/')).toEqual([
      'bookkeeper',
      'chat-worker',
      'console',
      'due-worker',
      'events-backfill',
      'merchant-api',
      'merchant-events',
      'notifier',
      'pages',
      'provider-events-worker',
      'sweeper',
      'webhook-sender',
    ]);
  });

  it("is Stripe's library only where Stripe is called", () => {
    expect(carriersOf('node_modules/stripe/')).toEqual([
      'bookkeeper',
      'console',
      'due-worker',
      'events-backfill',
      'pages',
      'provider-events-worker',
    ]);
  });

  it.each([
    'lambdas/adapters/memory/',
    'local/',
    'test/',
    'lib/stacks/',
    'lib/constructs/',
    'node_modules/aws-cdk-lib/',
    'node_modules/@aws-sdk/credential-provider',
    'node_modules/@aws-sdk/client-secrets-manager',
    'node_modules/zod/v4/classic/',
  ])('is nothing from %s', (place) => {
    const sources = bundles.flatMap((bundle) => bundle.sources.map(({ path }) => path));

    expect(sources.filter((path) => path.startsWith(place))).toEqual([]);
  });

  it('is within its budget', () => {
    expect(reportSizes(bundles).overBudget).toEqual([]);
  });
});

describe('each bundle', () => {
  it.each(FUNCTION_NAMES)('%s starts, or says which variables it lacks', (name) => {
    const script = `
      import(${JSON.stringify(join(distRoot, name, 'index.mjs'))}).then(
        ({ handler }) => console.log(typeof handler),
        (error) => console.log(error.message),
      );
    `;

    const { stdout, stderr } = spawnSync(process.execPath, ['--eval', script], {
      env: {},
      encoding: 'utf8',
    });

    expect(stderr).toBe('');
    expect(stdout.trim()).toMatch(/^function$|^Not set in the environment: [A-Z_, ]+$/);
  });
});
