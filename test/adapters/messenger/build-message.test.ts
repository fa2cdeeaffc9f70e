// Proves that whatever the domain says becomes a message that Meta takes: checked by the stand-in's own limits.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildMessage } from '../../../lambdas/adapters/messenger/build-message.ts';
import { fillUtilityTemplate } from '../../../lambdas/adapters/messenger/utility-templates.ts';
import type { Button, ReplyContent } from '../../../lambdas/domain/chat/reply.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import { checkLimits } from '../../../local/stand-ins/messenger/limits/check-limits.ts';
import { messageRequest } from '../../../local/stand-ins/messenger/limits/send-request.ts';

const refusalOf = (message: unknown, type = 'RESPONSE') =>
  checkLimits(messageRequest, {
    recipient: { id: '1' },
    messaging_type: type,
    // As it travels: what JSON would change or drop is changed or dropped here too.
    message: JSON.parse(JSON.stringify(message)),
  });

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3000 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.constantFrom('', ' ', '\u0000', '👨‍👩‍👧‍👦'.repeat(300), 'x'.repeat(5000)),
);
const payload = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1000 });
const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({ kind: fc.constant('action' as const), title: words, payload }),
  fc.record({
    kind: fc.constant('link' as const),
    title: words,
    url: fc.constantFrom('https://pay.example/pay/abc', 'http://localhost:3000/pay/abc'),
  }),
);
const buttons = fc.array(button, { maxLength: 3 });
const amount = fc
  .tuple(fc.nat(1e9), fc.constantFrom('USD' as const, 'JPY' as const, 'KWD' as const))
  .map(([minor, currency]) => money(minor, currency));

const imageUrl = fc.oneof(
  fc.constantFrom(
    'https://shop.example/latte.jpg',
    'http://localhost:3000/latte.svg',
    'http://shop.example/latte.jpg',
    'javascript:alert(1)',
    `https://shop.example/${'x'.repeat(3000)}`,
    'latte.jpg',
    '',
  ),
  fc.webUrl(),
);
const postalAddress = fc.record(
  {
    street1: words,
    street2: words,
    city: words,
    postalCode: words,
    state: words,
    country: fc.constantFrom('US', 'JP'),
  },
  { requiredKeys: ['street1', 'city', 'postalCode', 'country'] },
);

const reply: fc.Arbitrary<ReplyContent> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: words,
    quickReplies: fc.array(fc.record({ title: words, payload }), { maxLength: 20 }),
  }),
  fc.record({ kind: fc.constant('buttons' as const), text: words, buttons }),
  fc.record({
    kind: fc.constant('cards' as const),
    cards: fc.array(fc.record({ title: words, subtitle: words, buttons }), {
      minLength: 1,
      maxLength: 12,
    }),
  }),
  fc.record({
    kind: fc.constant('receipt' as const),
    receipt: fc.record({
      recipientName: words,
      orderNumber: fc.constant('pay_abc-payer'),
      paymentMethod: words,
      atMs: fc.constant(1_795_000_000_000),
      lines: fc.array(fc.record({ title: words, subtitle: words, price: amount }), {
        maxLength: 5,
      }),
      total: amount,
    }),
  }),
  fc.record({
    kind: fc.constant('cards' as const),
    cards: fc.array(
      fc.record(
        { title: words, subtitle: words, imageUrl, buttons },
        { requiredKeys: ['title', 'buttons'] },
      ),
      { minLength: 1, maxLength: 12 },
    ),
  }),
  fc.record({
    kind: fc.constant('receipt' as const),
    receipt: fc.record({
      recipientName: words,
      orderNumber: fc.constant('K7M-2QX'),
      paymentMethod: words,
      merchantName: words,
      atMs: fc.constant(1_795_000_000_000),
      lines: fc.array(
        fc.record({
          title: words,
          quantity: fc.integer({ min: 1, max: 99 }),
          price: amount,
          imageUrl,
        }),
        { maxLength: 120 },
      ),
      address: postalAddress,
      subtotal: amount,
      shipping: amount,
      tax: amount,
      discounts: fc.array(fc.record({ name: words, amount }), { maxLength: 3 }),
      total: amount,
    }),
  }),
);

describe('any reply', () => {
  test('becomes a message within every limit', () => {
    fc.assert(
      fc.property(reply, (content) => {
        expect(refusalOf(buildMessage(content, 'm_text:1'))).toMatchObject({ kind: 'valid' });
      }),
      { numRuns: 300 },
    );
  });

  test('carries the outbox id where echoes bring it back', () => {
    fc.assert(
      fc.property(reply, (content) => {
        expect(buildMessage(content, 'm_text:1')).toMatchObject({ metadata: 'm_text:1' });
      }),
    );
  });
});

describe('each kind', () => {
  test('a text with quick replies', () => {
    expect(
      buildMessage(
        { kind: 'text', text: 'Which Bob?', quickReplies: [{ title: '@bob', payload: 'v1:yes' }] },
        'e:1',
      ),
    ).toEqual({
      metadata: 'e:1',
      text: 'Which Bob?',
      quick_replies: [{ content_type: 'text', title: '@bob', payload: 'v1:yes' }],
    });
  });

  test('a link button opens our page and offers no way to pass it on', () => {
    const link: Button = { kind: 'link', title: 'Review', url: 'https://pay.example/pay/abc' };
    expect(buildMessage({ kind: 'buttons', text: 'Check', buttons: [link] }, 'e:1')).toEqual({
      metadata: 'e:1',
      attachment: {
        type: 'template',
        payload: {
          template_type: 'button',
          text: 'Check',
          buttons: [
            {
              type: 'web_url',
              title: 'Review',
              url: 'https://pay.example/pay/abc',
              webview_height_ratio: 'full',
              webview_share_button: 'hide',
            },
          ],
        },
      },
    });
  });

  test.each([
    ['USD' as const, 1250, 12.5],
    ['JPY' as const, 500, 500],
    ['KWD' as const, 1234, 1.234],
    ['USD' as const, 1, 0.01],
  ])('a receipt in %s of %d minor units says %d', (currency, minor, said) => {
    const total = money(minor, currency);
    const message = buildMessage(
      {
        kind: 'receipt',
        receipt: {
          recipientName: 'Ann',
          orderNumber: 'pay_1-payer',
          paymentMethod: 'Visa 4242',
          atMs: 1_795_000_000_999,
          lines: [{ title: 'To Bob', price: total }],
          total,
        },
      },
      'e:1',
    );
    expect(message).toMatchObject({
      attachment: {
        payload: {
          currency,
          timestamp: '1795000000',
          summary: { total_cost: said },
          elements: [{ price: said, currency }],
        },
      },
    });
  });

  test('a card with nothing but a title still has the second line that Meta asks for', () => {
    const message = buildMessage({ kind: 'cards', cards: [{ title: 'Ann', buttons: [] }] }, 'e:1');
    expect(refusalOf(message)).toMatchObject({ kind: 'valid' });
  });
});

describe('what cannot be cut', () => {
  const action = (payload: string): Button => ({ kind: 'action', title: 'x', payload });

  test.each([
    ['a payload', { kind: 'buttons' as const, text: 'x', buttons: [action('x'.repeat(1001))] }],
    ['an empty payload', { kind: 'buttons' as const, text: 'x', buttons: [action('')] }],
    [
      'four buttons',
      {
        kind: 'buttons' as const,
        text: 'x',
        buttons: Array.from({ length: 4 }, () => action('x')),
      },
    ],
    [
      'a link to a script',
      {
        kind: 'buttons' as const,
        text: 'x',
        buttons: [{ kind: 'link' as const, title: 'x', url: 'javascript:alert(1)' }],
      },
    ],
    [
      'a link without end',
      {
        kind: 'buttons' as const,
        text: 'x',
        buttons: [
          { kind: 'link' as const, title: 'x', url: `https://x.example/${'x'.repeat(2100)}` },
        ],
      },
    ],
    ['no cards', { kind: 'cards' as const, cards: [] }],
  ])('is a bug: %s', (_, content) => {
    expect(() => buildMessage(content, 'e:1')).toThrow(/Messenger takes|no cards|web page/u);
  });

  test('is a bug: an outbox id that no metadata holds', () => {
    expect(() => buildMessage({ kind: 'text', text: 'x' }, 'x'.repeat(1000))).toThrow('metadata');
  });
});

describe('a utility template', () => {
  test('of any parameters is within the rules: no # $ %, no blanks, no line breaks', () => {
    fc.assert(
      fc.property(words, words, (one, other) => {
        const template = fillUtilityTemplate({ name: 'payment_update', parameters: [one, other] });
        expect(refusalOf({ template, metadata: 'e:1' }, 'UTILITY')).toMatchObject({
          kind: 'valid',
        });
        for (const { text } of template.components[0].parameters) {
          expect(text).not.toMatch(/[#$%{}\n]/u);
        }
      }),
    );
  });

  test('keeps an amount that is written without signs', () => {
    const template = fillUtilityTemplate({
      name: 'payment_waiting',
      parameters: ['USD 20.00', 'held'],
    });
    expect(template).toEqual({
      name: 'payment_waiting',
      language: { code: 'en_US' },
      components: [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'USD 20.00' },
            { type: 'text', text: 'held' },
          ],
        },
      ],
    });
  });

  test('with another number of parameters is a bug', () => {
    expect(() => fillUtilityTemplate({ name: 'request_update', parameters: ['x'] })).toThrow(
      'takes 2 parameters',
    );
  });
});
