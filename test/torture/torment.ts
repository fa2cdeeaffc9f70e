// A whole run: people move in, are kept busy while the machine is killed again and again, and at the end everything is looked at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { synthesize } from '../../local/assembly.ts';
import { defaultSettings } from '../../local/machine-settings.ts';
import { type MortalMachine, mortalMachine } from '../journeys/driver/mortal-machine.ts';
import { randomFrom } from '../simulation/random.ts';
import { findDoubled } from './checks/doubled.ts';
import { findLost } from './checks/lost.ts';
import { findStuck } from './checks/stuck.ts';
import { findUntold } from './checks/untold.ts';
import type { Wrong } from './checks/wrong.ts';
import { type Evidence, gather, shelfOf } from './evidence.ts';
import { beginLives } from './lives.ts';
import { keepBusy } from './load.ts';
import { comeToRest } from './rest.ts';
import { newTally, type Tally } from './tally.ts';
import { type Pulse, pulseOf } from './pulse.ts';
import { settle, type Town } from './town.ts';
import { endTrouble, makeTrouble } from './trouble.ts';

export interface Torment {
  readonly kills: number;
  readonly seed: number;
  /** Where the machine keeps everything. */
  readonly dataDir: string;
  readonly onProgress: (stage: string, tally: Tally) => void;
  /** Fewer kills after all: what has been until then is looked at. */
  readonly stopping?: AbortSignal;
}

export interface Outcome {
  readonly tally: Tally;
  readonly evidence: Evidence;
  readonly wrongs: readonly Wrong[];
}

/** Of each thing that Joe counts; less than is wanted in a long run, so that it is sold out at times. */
const onTheShelf = 60;
/** Every so often the tables die with the machine; otherwise they live on, as they do on AWS. */
const tablesDieEvery = 5;

export async function torment(options: Torment): Promise<Outcome> {
  const { dataDir, onProgress } = options;
  const tally = newTally();
  onProgress('people move in', tally);
  const assemblyDir =
    process.env['ASSEMBLY_DIR'] ??
    (await synthesize(defaultSettings.messengerPageId, folder(dataDir, 'assembly')));
  const machine = await mortalMachine({ assemblyDir, dataDir: folder(dataDir, 'machine') });
  try {
    const lives = await beginLives(machine);
    const town = await settle(machine, { lives, tally });
    const shelf = await shelfOf(machine);
    await shelf.fill(onTheShelf);
    const stockBefore = await shelf.levels();

    const pulse = pulseOf(join(dataDir, 'machine/functions.log'));
    await killAmidLoad(machine, { ...options, town, pulse });

    onProgress('time passes until all is at rest', tally);
    await lives.next({ withTables: true });
    await endTrouble(machine);
    tally.sentBack = await comeToRest(machine);
    const evidence = await gather(machine);
    const wrongs = [
      ...findLost(evidence, stockBefore),
      ...findDoubled(evidence),
      ...findStuck(evidence),
      ...findUntold(evidence),
    ];
    return { tally, evidence, wrongs };
  } finally {
    await machine.kill({ withTables: true });
  }
}

function folder(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  mkdirSync(path, { recursive: true });
  return path;
}

interface Load extends Torment {
  readonly town: Town;
  readonly pulse: Pulse;
}

async function killAmidLoad(machine: MortalMachine, load: Load): Promise<void> {
  const { town, pulse, kills, seed, onProgress } = load;
  const isOver = () => town.tally.kills >= kills || load.stopping?.aborted === true;
  const random = randomFrom(seed);
  const ending = new AbortController();
  const underWay = Promise.all([
    keepBusy(town, random.fork(), ending.signal),
    makeTrouble(machine, { town, pulse, random: random.fork() }, ending.signal),
    letTimePass(machine, load, ending.signal),
  ]);
  for (; !isOver(); town.tally.kills += 1) {
    onProgress('kill -9', town.tally);
    // Short lives end while the machine takes up what the last one left; long ones get something done.
    await pulse.after(random.chance(0.3) ? random.below(6) : random.below(160));
    await town.lives.next({ withTables: town.tally.kills % tablesDieEvery === 0 });
  }
  ending.abort();
  await underWay;
}

/** What a dead worker had in its hands comes back after minutes: nobody waits that long here. */
async function letTimePass(
  machine: MortalMachine,
  { town: { lives }, pulse }: Load,
  stopping: AbortSignal,
): Promise<void> {
  for (let life = 0; !stopping.aborted; ) {
    await lives.up();
    const isNew = lives.count() !== life;
    life = lives.count();
    // Echoes of what the last life said come first: by then nobody is in doubt any more.
    await (isNew ? pulse.after(echoes) : delay(3000));
    await machine.advance(isNew ? 200_000 : 11_000).catch(() => undefined);
  }
}

const echoes = 12;
