// The fields for a PIN: the one that exists, or the first choice of one.
import type { PinPass } from '../lambdas/domain/people/pass-pin.ts';
import { type Html, html } from './html.ts';

export function pinField(label: string, name = 'pin'): Html {
  return html`<label class="field">${label}<input class="pin" type="password" name="${name}" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="off" required></label>`;
}

export const newPinFields = html`<p class="soft">Choose a PIN of 6 digits. It guards your payments from now on; we cannot read it.</p>
${pinField('New PIN', 'newPin')}
${pinField('The same PIN again', 'newPinAgain')}`;

const notChosenWords: Record<Extract<PinPass, { kind: 'not_chosen' }>['why'], string> = {
  missing: 'Choose a PIN first.',
  not_the_same: 'The two PINs were not the same.',
  not_digits: 'A PIN has exactly 6 digits.',
  too_simple: 'That PIN is too easy to guess. Take digits that are not a row.',
  already_set: 'You have a PIN already. Enter that one.',
};

export function pinProblem(pass: Exclude<PinPass, { kind: 'passed' }>, nowMs: number): string {
  switch (pass.kind) {
    case 'wrong':
      return `That PIN is not right. ${pass.guessesLeft === 1 ? 'One try is' : `${pass.guessesLeft} tries are`} left before it locks. Nothing was charged.`;
    case 'locked':
      return `Too many wrong PINs. Try again in ${Math.max(1, Math.ceil((pass.untilMs - nowMs) / 60_000))} minutes. Nothing was charged.`;
    case 'not_chosen':
      return notChosenWords[pass.why];
  }
}
