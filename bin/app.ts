// The CDK app: bundles the functions, reads the stage, builds the stacks. The cdk command runs it (cdk.json).
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from '../lib/bundling/bundle-functions.ts';
import { createTenderApp } from '../lib/tender-app.ts';

await bundleFunctions();
createTenderApp({ distRoot: fileURLToPath(new URL('../dist', import.meta.url)) }).synth();
