// Proves what the webhooks' bundles carry: the SQS client, and no other client, SDK or full zod.
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

const inputsOf = async (name: string) => {
  const result = await build({
    entryPoints: [`lambdas/handlers/${name}.ts`],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const [output] = Object.values(result.metafile.outputs);
  return Object.entries(output?.inputs ?? {})
    .filter(([, input]) => input.bytesInOutput > 0)
    .map(([path]) => path);
};

describe('the bundle', () => {
  test.each(['messenger-webhook', 'stripe-webhook'])(
    'of %s holds the SQS client alone',
    async (name) => {
      const inputs = await inputsOf(name);
      const clients = inputs.flatMap((path) => /@aws-sdk\/(client-[\w-]+)/u.exec(path)?.[1] ?? []);
      expect([...new Set(clients)]).toEqual(['client-sqs']);
      const unwanted = /node_modules\/(stripe|zod\/v4\/classic|@aws-sdk\/(lib|util)-dynamodb)/u;
      expect(inputs.filter((path) => unwanted.test(path))).toEqual([]);
    },
  );

  test('of messenger-webhook holds nothing that moves money', async () => {
    const inputs = await inputsOf('messenger-webhook');
    expect(inputs).toContain('lambdas/domain/privacy/redact.ts');
    expect(
      inputs.filter((path) => /domain\/(payments|requests|links)|adapters\/stripe/u.test(path)),
    ).toEqual([]);
  });
});
