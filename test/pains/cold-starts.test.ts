// Pain: cold starts that grow with the SDK. Each function carries its own, cut to what it uses, within a budget.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../../lib/bundling/bundle-functions.ts';
import { reportSizes } from '../../lib/bundling/size-report.ts';
import { deployedBundles } from '../builders/deployed-bundles.ts';

let distRoot: string;
let bundles: readonly Bundle[];

beforeAll(async () => {
  ({ distRoot, bundles } = await deployedBundles());
});

const importsOf = ({ name }: Bundle) => {
  const code = readFileSync(join(distRoot, name, 'index.mjs'), 'utf8');
  return [...code.matchAll(/(?:from|import)\s*["']([^"']+)["']/gu)].map(([, path = '']) => path);
};

describe('a bundle', () => {
  it('imports nothing of Node’s as a module, which would load all of node:http at each start (aws/aws-sdk-js-v3#6914)', () => {
    expect(bundles.flatMap(importsOf).filter((path) => path.startsWith('node:'))).toEqual([]);
  });

  it('brings its own SDK and waits for none of the runtime’s (aws/aws-sdk-js-v3#5382, serverless/serverless#13132)', () => {
    expect(bundles.flatMap(importsOf).filter((path) => path.includes('aws-sdk'))).toEqual([]);
    const ofBothMajors = bundles.filter(({ sources }) =>
      sources.some(({ path }) => path.startsWith('node_modules/aws-sdk/')),
    );
    expect(ofBothMajors).toEqual([]);
  });

  it('that grows over its budget fails here, before it is deployed (aws/aws-sdk-js-v3#6144)', () => {
    expect(reportSizes(bundles).overBudget).toEqual([]);

    const fat = bundles.map((each) => ({ ...each, bytes: each.bytes * 2 }));
    expect(reportSizes(fat).overBudget).toEqual(bundles.map(({ name }) => name));
  });

  it('of a webhook has no client but the queue’s, and no chain of credential providers (aws/aws-sdk-js-v3#2190)', () => {
    const clients = (name: string) =>
      new Set(
        bundles
          .find((each) => each.name === name)
          ?.sources.flatMap(({ path }) => /@aws-sdk\/(client-[a-z-]+)\//u.exec(path)?.[1] ?? []),
      );
    expect(clients('messenger-webhook')).toEqual(new Set(['client-sqs']));
    expect(clients('stripe-webhook')).toEqual(new Set(['client-sqs']));
    const paths = bundles.flatMap(({ sources }) => sources.map(({ path }) => path));
    expect(paths.filter((path) => path.includes('@aws-sdk/credential-provider'))).toEqual([]);
  });
});
