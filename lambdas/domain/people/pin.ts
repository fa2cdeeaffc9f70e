// The PIN that guards money: chosen by the person, hashed slowly, locked after a few wrong guesses.
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import type { PersonId } from './person.ts';
import type { PinRecord } from './ports.ts';

/** Guesses before a lock; each further lock lasts twice as long, a day at most. */
export const guessesBeforeLock = 5;
const firstLockMs = 15 * 60 * 1000;
const longestLockMs = 24 * 60 * 60 * 1000;

export type PinCheck =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly guessesLeft: number }
  | { readonly kind: 'locked'; readonly untilMs: number }
  | { readonly kind: 'not_set' };

export type PinWorld = Pick<World, 'pins' | 'pinHasher' | 'clock'>;

/** Guesses side by side make each other count again; after one round for each of them a lock has come. */
const maxTries = guessesBeforeLock + 2;

/**
 * The guess is counted before it is looked at: guesses made side by side cannot share one count, and a process
 * that dies in between has used one up. What cannot be a PIN at all is not counted.
 */
export async function checkPin(
  world: PinWorld,
  personId: PersonId,
  pin: string,
): Promise<PinCheck> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const record = await world.pins.of(personId);
    if (record === undefined) return { kind: 'not_set' };
    const nowMs = world.clock.now();
    if (record.lockedUntilMs !== undefined && record.lockedUntilMs > nowMs)
      return { kind: 'locked', untilMs: record.lockedUntilMs };
    if (!sixDigits.test(pin)) return { kind: 'wrong', guessesLeft: guessesLeft(record) };
    const counted = countGuess(record, nowMs);
    if ((await world.pins.save(counted)) === 'saved') return compare(world, counted, pin);
  }
  throw new RetryLater('conversation_moved');
}

async function compare(world: PinWorld, counted: PinRecord, pin: string): Promise<PinCheck> {
  const hash = await world.pinHasher.hash(pin, counted.salt);
  if (!world.pinHasher.isSame(hash, counted.hash)) return wrongOrLocked(counted, world.clock.now());
  const { lockedUntilMs: _lock, ...unlocked } = counted;
  await world.pins.save({ ...unlocked, version: counted.version + 1, failures: 0 });
  return { kind: 'right' };
}

function countGuess(record: PinRecord, nowMs: number): PinRecord {
  const failures = record.failures + 1;
  const { lockedUntilMs: _previousLock, ...rest } = record;
  const counted = { ...rest, version: record.version + 1, failures };
  if (failures % guessesBeforeLock !== 0) return counted;
  const locks = failures / guessesBeforeLock;
  const lockMs = Math.min(firstLockMs * 2 ** (locks - 1), longestLockMs);
  return { ...counted, lockedUntilMs: nowMs + lockMs };
}

function wrongOrLocked(record: PinRecord, nowMs: number): PinCheck {
  if (record.lockedUntilMs !== undefined && record.lockedUntilMs > nowMs) {
    return { kind: 'locked', untilMs: record.lockedUntilMs };
  }
  return { kind: 'wrong', guessesLeft: guessesLeft(record) };
}

function guessesLeft(record: PinRecord): number {
  return guessesBeforeLock - (record.failures % guessesBeforeLock);
}

export type SetPinOutcome = 'set' | 'too_simple' | 'not_digits' | 'already_set';

/** First choice of a PIN. Changing one goes through changePin, which asks for the old. */
export async function setPin(
  world: PinWorld,
  personId: PersonId,
  pin: string,
): Promise<SetPinOutcome> {
  const fault = faultOf(pin);
  if (fault !== undefined) return fault;
  const record = await newRecord(world, { personId, pin, version: 1 });
  return (await world.pins.save(record)) === 'saved' ? 'set' : 'already_set';
}

export async function changePin(
  world: PinWorld,
  personId: PersonId,
  pins: { readonly old: string; readonly new: string },
): Promise<SetPinOutcome | Exclude<PinCheck, { kind: 'right' }>> {
  const fault = faultOf(pins.new);
  if (fault !== undefined) return fault;
  const check = await checkPin(world, personId, pins.old);
  if (check.kind !== 'right') return check;
  const now = await world.pins.of(personId);
  const record = await newRecord(world, {
    personId,
    pin: pins.new,
    version: (now?.version ?? 0) + 1,
  });
  return (await world.pins.save(record)) === 'saved' ? 'set' : 'already_set';
}

async function newRecord(
  world: PinWorld,
  chosen: { personId: PersonId; pin: string; version: number },
): Promise<PinRecord> {
  const salt = world.pinHasher.newSalt();
  const hash = await world.pinHasher.hash(chosen.pin, salt);
  return { personId: chosen.personId, version: chosen.version, salt, hash, failures: 0 };
}

const sixDigits = /^\d{6}$/u;

/** Six digits, not one repeated and not a run up or down: those are guessed first. */
function faultOf(pin: string): 'not_digits' | 'too_simple' | undefined {
  if (!sixDigits.test(pin)) return 'not_digits';
  const steps = new Set(
    Array.from(pin)
      .slice(1)
      .map((digit, index) => Number(digit) - Number(pin[index])),
  );
  const [only] = steps;
  return steps.size === 1 && only !== undefined && Math.abs(only) <= 1 ? 'too_simple' : undefined;
}
