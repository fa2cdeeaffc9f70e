// What a person types where the PIN is asked: the PIN they have, or the first one they choose.
import { checkPin, type PinCheck, type PinWorld, type SetPinOutcome, setPin } from './pin.ts';
import type { PersonId } from './person.ts';

export interface PinEntry {
  readonly pin?: string;
  readonly newPin?: string;
  readonly newPinAgain?: string;
}

export type PinPass =
  | { readonly kind: 'passed' }
  | Exclude<PinCheck, { kind: 'right' | 'not_set' }>
  | {
      readonly kind: 'not_chosen';
      readonly why: Exclude<SetPinOutcome, 'set'> | 'missing' | 'not_the_same';
    };

export async function passPin(
  world: PinWorld,
  personId: PersonId,
  entry: PinEntry,
): Promise<PinPass> {
  const check = await passExisting(world, personId, entry);
  if (check !== 'not_set') return check;
  const chosen = await chooseFirst(world, personId, entry);
  if (chosen !== 'already_set') return chosen;
  // Pressed twice: the first press has just set the PIN that this one brings too.
  const again = await passExisting(world, personId, entry);
  return again === 'not_set' ? { kind: 'not_chosen', why: 'already_set' } : again;
}

/** A form made when there was no PIN brings it in the fields for a new one. */
async function passExisting(
  world: PinWorld,
  personId: PersonId,
  { pin, newPin }: PinEntry,
): Promise<PinPass | 'not_set'> {
  const check = await checkPin(world, personId, pin ?? newPin ?? '');
  if (check.kind === 'right') return { kind: 'passed' };
  return check.kind === 'not_set' ? 'not_set' : check;
}

async function chooseFirst(
  world: PinWorld,
  personId: PersonId,
  entry: PinEntry,
): Promise<PinPass | 'already_set'> {
  const { newPin, newPinAgain } = entry;
  if (newPin === undefined || newPin === '') return { kind: 'not_chosen', why: 'missing' };
  if (newPin !== newPinAgain) return { kind: 'not_chosen', why: 'not_the_same' };
  const outcome = await setPin(world, personId, newPin);
  if (outcome === 'already_set') return outcome;
  return outcome === 'set' ? { kind: 'passed' } : { kind: 'not_chosen', why: outcome };
}
