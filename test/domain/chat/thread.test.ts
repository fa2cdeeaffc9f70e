// Odd things that arrive in a thread: secrets, files, hostile text, and long lists of what has happened.
import { describe, expect, it } from 'vitest';
import { annAndBob, aHeldPayment, moved } from '../../builders/scenes.ts';

describe('a thread', () => {
  it('keeps nothing of a card number, says why, and does not forget its question', async () => {
    const { town, ann } = await annAndBob();
    await town.member('Bob Marsh', 'marsh');
    await ann.says('send $20 to bob');

    await ann.does({ kind: 'message', text: 'my card is [removed]', redacted: ['card_number'] });
    expect(ann.heard().at(-1)).toContain('That looked like a card number. I took it out');
    await ann.does({ kind: 'attachment' });
    expect(ann.heard().at(-1)).toContain('I can only read text.');
    await ann.does({ kind: 'reaction' });
    await ann.taps('@marsh');

    expect(ann.heard().at(-1)).toContain('Send $20.00 to Bob Marsh (@marsh)');
  });

  it.each([
    '\u0000',
    '\u0000send $20 to bob\u0000',
    '🦊🦊🦊',
    '\u202esend $20 to bob',
    'x'.repeat(2000),
    `send $20 to @bob for ${'lunch '.repeat(330)}`,
    '\ud800',
    ' ',
    '',
    '<script>alert(1)</script>',
    'send $20 to @bob for \u0000',
  ])('answers the oddest text without an error, and moves nothing (%#)', async (text) => {
    const { town, ann } = await annAndBob();
    const heard = ann.heard().length;

    await ann.says(text);

    expect(ann.heard().length).toBeGreaterThan(heard);
    expect(moved(town)).toEqual([]);
  });

  it('takes a note in any script, and a long one is told to be too long', async () => {
    const { ann } = await annAndBob();
    for (const note of ['غداء', '昼ご飯', '🍕', 'a "quoted" & <b>bold</b> one']) {
      await ann.says(`send $1 to @bob for ${note}`);
      expect(ann.heard().at(-1)).toContain('Send $1.00 to Bob Stone (@bob) for “');
    }
    await ann.says(`send $20 to @bob for ${'x'.repeat(2000)}`);
    expect(ann.heard().at(-1)).toContain('too long');
  });

  it('is helped at any time', async () => {
    const { ann } = await annAndBob();

    await ann.says('help');
    expect(ann.heard().at(-1)).toContain('send $20 to @bob for lunch');
    await ann.says('what can you do?');
    expect(ann.heard().at(-1)).toMatch(/\S/);
  });
});

describe('activity', () => {
  it('is empty at first, and shows each side of a payment with what can be done', async () => {
    const scene = await annAndBob();
    await scene.ann.says('activity');
    expect(scene.ann.heard().at(-1)).toContain('No payments yet.');
    await aHeldPayment(scene);

    await scene.ann.says('activity');
    expect(scene.ann.heard().at(-1)).toContain('$20.00 to Bob Stone (@bob)');
    await scene.bob.says('activity');
    expect(scene.bob.heard().at(-1)).toContain('$20.00 from Ann Archer (@ann)');
    await scene.bob.taps('Decline');
    expect((await scene.town.paymentOf(scene.ann)).state).toBe('refunded');
  });

  it('does not show a payee the drafts and refusals of others', async () => {
    const { ann, bob } = await annAndBob();
    await ann.says('send $20 to @bob');
    await ann.pays({ card: 'pm_card_chargeDeclined' });
    await ann.says('send $21 to @bob');

    await bob.says('activity');

    expect(bob.heard().at(-1)).toContain('No payments yet.');
  });

  it('pages through all of it, each payment once, also those of one millisecond', async () => {
    const { town, ann } = await annAndBob();
    const nowMs = town.world.clock.now();
    for (let each = 1; each <= 13; each += 1) {
      // Three at a time in one millisecond.
      town.pass(nowMs + Math.floor(each / 3) * 10 - town.world.clock.now());
      await ann.does(
        { kind: 'message', text: `send $${each} to @bob`, redacted: [] },
        { atMs: town.world.clock.now() },
      );
    }

    const shown: string[] = [];
    await ann.says('activity');
    for (let page = 0; page < 10; page += 1) {
      const heard = ann.heard();
      shown.push(...(heard.at(-1) === 'There is more.' ? heard.slice(-2) : heard.slice(-1)));
      if (heard.at(-1) !== 'There is more.') break;
      await ann.taps('Older');
    }

    const amounts = [...shown.join(' ').matchAll(/\[\$(\d+)\.00 to/gu)].map(([, dollars]) =>
      Number(dollars),
    );
    expect(amounts).toHaveLength(13);
    expect(new Set(amounts)).toEqual(new Set(Array.from({ length: 13 }, (_, index) => index + 1)));
  });

  it.each(['v1:activity:abc', 'v1:activity:-1', 'v1:activity:99999999999999999999'])(
    'of a cursor that we did not write is the first page: %s',
    async (payload) => {
      const scene = await annAndBob();
      await aHeldPayment(scene);

      await scene.ann.does({ kind: 'postback', payload });

      expect(scene.ann.heard().at(-1)).toContain('$20.00 to Bob Stone (@bob)');
    },
  );
});
