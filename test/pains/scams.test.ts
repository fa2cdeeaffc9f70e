// Pain: money talked out of somebody, sent to a namesake, gone at once. Whom it goes to is shown, it can be undone, it can be reported.
import { describe, expect, it } from 'vitest';
import { aHeldPayment, annAndBob, aPaidPayment, moved, secondMs } from '../builders/scenes.ts';

describe('money that should not go', () => {
  it('can be undone for ten seconds, also to somebody who is set up and would be paid at once', async () => {
    const { town, ann } = await aHeldPayment(await annAndBob());
    await town.later(9 * secondMs);

    await ann.taps('Undo');
    await town.later(10 * secondMs);

    expect(moved(town)).toEqual(['charge', 'refund']);
  });

  it('is said to be gone once it is, not shown as undone', async () => {
    const { town, ann } = await aPaidPayment(await annAndBob());

    await ann.taps('Undo');

    expect(ann.heard().at(-1)).toContain('It is too late for that');
    expect(moved(town)).toEqual(['charge', 'payout']);
  });

  it('shows the whole name and the handle before it goes, and asks which of two namesakes', async () => {
    const { town, ann } = await annAndBob();
    await town.payee('Bob Stone', 'b0b');

    await ann.says('send $20 to bob stone');
    expect(ann.heard().at(-1)).not.toContain('Send $20.00 to');
    await ann.says('send $20 to @b0b');

    expect(ann.heard().at(-1)).toContain('Send $20.00 to Bob Stone (@b0b)');
    expect(moved(town)).toEqual([]);
  });

  it('is not asked for or sent again once the other is reported', async () => {
    const { town, ann, bob } = await annAndBob();

    await ann.says('report @bob as a scammer');
    await bob.says('ask @ann for $50');

    expect(bob.heard().at(-1)).toBe('You cannot ask this person for money here.');
    expect(moved(town)).toEqual([]);
  });
});
