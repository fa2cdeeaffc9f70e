// `npm start`: the whole of Tender on this machine, with Ann, Bob and Joe’s Coffee moved in, until Ctrl-C.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { startMachine } from './machine.ts';
import { type MachineSettings, readMachineSettings } from './machine-settings.ts';
import { seed } from './seed.ts';

const settings = readMachineSettings(process.env);
const startedAtMs = performance.now();
const machine = await startMachine({
  settings,
  onProgress: (stage) => console.log(`  starting ${stage} …`),
  onLog: logSink(settings),
});
if (machine.isFresh) {
  console.log('  moving Ann, Bob and Joe in …');
  await seed(machine, settings);
}
announce();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    machine.close().then(
      () => process.exit(0),
      (cause: unknown) => {
        console.error(cause);
        process.exit(1);
      },
    );
  });
}

/** What the functions log goes to a file beside the data; without one, only what went wrong is shown. */
function logSink({ dataDir }: MachineSettings) {
  const file =
    dataDir === undefined
      ? undefined
      : createWriteStream(join(dataDir, 'functions.log'), { flags: 'a' });
  return ({ source, line }: { readonly source: string; readonly line: string }) => {
    file?.write(`${line}\n`);
    if (source === 'cloud' || /"level":"(?:ERROR|CRITICAL)"/u.test(line))
      console.error(`${source}: ${line}`);
  };
}

function announce(): void {
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  const rows = [
    ['Chat page', `${machine.url}/`],
    ['Messenger webhook', `${machine.url}/webhooks/messenger`],
    ['Stripe webhook', `${machine.url}/webhooks/stripe`],
    ['Messenger stand-in', `${machine.messengerUrl}   (door: /_stand-in/)`],
    ['Stripe stand-in', `${machine.stripeUrl}   (door: /_stand-in/)`],
    ['Data', settings.dataDir ?? 'in memory, gone when this ends (DATA_DIR keeps it)'],
  ];
  console.log(`\nTender is up after ${seconds} s.\n`);
  for (const [name = '', value = ''] of rows) console.log(`  ${name.padEnd(20)}${value}`);
  console.log(
    '\nOpen the chat page, and write as Ann: send $20 to bob for lunch\nOr go back to her chats, open Joe’s Coffee, and write: order two flat whites\n',
  );
}
