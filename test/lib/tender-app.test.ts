// The app as a whole: it synthesizes anywhere, the same each time, and reviewers' rules hold.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { contextOfCdkJson, fixtureBundles, synthesize } from './synthesized.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('cdk-nag', () => {
  it.each(['sandbox', 'live'])('finds nothing in %s that nobody answered for', (stage) => {
    const { outdir } = synthesize({ stage, alarmEmail: 'ops@example.com' }, true);

    // Errors would have thrown; a warning stands in the report alone.
    const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  it('does look: a careless stack is refused', () => {
    const app = new App({ context: contextOfCdkJson(), outdir: temporaryFolder() });
    const stack = new Stack(app, 'Careless');
    new Queue(stack, 'Queue');
    new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));

    expect(() => app.synth()).toThrow(/SQS queue does not require requests to use SSL/);
  });
});

describe('synthesis', () => {
  it('needs no account, no region, no network and no environment', () => {
    const outdir = temporaryFolder();
    const script = `
      import { createTenderApp } from ${JSON.stringify(join(import.meta.dirname, '../../lib/tender-app.ts'))};
      createTenderApp({
        distRoot: ${JSON.stringify(fixtureBundles())},
        outdir: ${JSON.stringify(outdir)},
        context: ${JSON.stringify({ ...contextOfCdkJson(), pageId: '42' })},
        checked: false,
      }).synth();
    `;

    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { env: {}, encoding: 'utf8' },
    );

    expect(stderr).toBe('');
    expect(status).toBe(0);
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    expect(manifest.missing).toBeUndefined();
    expect(manifest.artifacts['tender-sandbox-data'].environment).toBe(
      'aws://unknown-account/unknown-region',
    );
    expect(manifest.artifacts['tender-sandbox-data'].properties.terminationProtection).toBe(true);
  });

  it('gives the same templates each time', () => {
    const [first, second] = [synthesize({ stage: 'local' }), synthesize({ stage: 'local' })];

    expect(JSON.stringify([...first.templates])).toBe(JSON.stringify([...second.templates]));
  });

  it('refuses a stage that there is not, before it builds anything', () => {
    expect(() => synthesize({ stage: 'prod' })).toThrow(/There is no stage "prod"/);
  });

  it('builds the way in and the tables before what stands on them', () => {
    const { templates } = synthesize({ stage: 'test' });

    const order = [...templates.keys()].map((name) => name.replace('tender-test-', ''));
    expect(order.slice(0, 2).sort()).toEqual(['data', 'operations']);
    expect(order.slice(2)).toEqual(['web', 'chat', 'merchants', 'console', 'payments', 'books']);
  });
});

describe('cdk.json', () => {
  const settings = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'));

  it('runs the app by itself, and calls nobody', () => {
    expect(settings).toMatchObject({
      app: 'node bin/app.ts',
      versionReporting: false,
      notices: false,
    });
  });

  it('protects what another stack uses: no stack can drop an output in use', () => {
    expect(settings.context['@aws-cdk/core:defaultCrossStackReferences']).toBe('strong');
  });
});
