// `npm run build`: bundles every function and prints what each weighs; fails when one is over its budget.
import { bundleFunctions } from '../lib/bundling/bundle-functions.ts';
import { reportSizes } from '../lib/bundling/size-report.ts';

const report = reportSizes(await bundleFunctions());
for (const line of report.lines) console.log(line);
if (report.overBudget.length > 0) {
  console.error(`Over budget: ${report.overBudget.join(', ')}. See lib/bundling/size-report.ts.`);
  process.exitCode = 1;
}
