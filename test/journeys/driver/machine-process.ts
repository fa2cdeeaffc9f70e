// The machine as a process of its own, to be killed: configured by the environment as `npm start` is, and told where the app was synthesized.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { startMachine } from '../../../local/machine.ts';
import { readMachineSettings } from '../../../local/machine-settings.ts';
import { openJoesCoffee, setUpLocalPage } from '../../../local/seed.ts';

const [assemblyDir = ''] = process.argv.slice(2);
const settings = readMachineSettings(process.env);
const log = createWriteStream(join(settings.dataDir ?? '.', 'functions.log'), { flags: 'a' });
const machine = await startMachine({
  settings,
  assemblyDir,
  onLog: ({ source, line }) => log.write(`${source} ${line}\n`),
});
if (machine.isFresh) {
  await setUpLocalPage(machine, settings);
  await openJoesCoffee(machine, settings);
}
console.log('up');
