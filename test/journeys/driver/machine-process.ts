// The machine as a process of its own, to be killed: configured by the environment as `npm start` is, and told where the app was synthesized.
import { startMachine } from '../../../local/machine.ts';
import { readMachineSettings } from '../../../local/machine-settings.ts';
import { setUpLocalPage } from '../../../local/seed.ts';

const [assemblyDir = ''] = process.argv.slice(2);
const settings = readMachineSettings(process.env);
const machine = await startMachine({ settings, assemblyDir });
if (machine.isFresh) await setUpLocalPage(machine, settings);
console.log('up');
