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
  const check = await checkPin(world, personId, entry.pin ?? '');
  if (check.kind === 'right') return { kind: 'passed' };
  if (check.kind !== 'not_set') return check;
  return chooseFirst(world, personId, entry);
}

async function chooseFirst(world: PinWorld, personId: PersonId, entry: PinEntry): Promise<PinPass> {
  const { newPin, newPinAgain } = entry;
  if (newPin === undefined || newPin === '') return { kind: 'not_chosen', why: 'missing' };
  if (newPin !== newPinAgain) return { kind: 'not_chosen', why: 'not_the_same' };
  const outcome = await setPin(world, personId, newPin);
  return outcome === 'set' ? { kind: 'passed' } : { kind: 'not_chosen', why: outcome };
}
