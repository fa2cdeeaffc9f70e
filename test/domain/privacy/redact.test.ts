// Secrets go, everything else stays.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSecretsInText, redact } from '../../../lambdas/domain/privacy/redact.ts';

describe('what is taken out', () => {
  test.each([
    ['my card is 4242 4242 4242 4242', 'my card is [card number removed]', ['card_number']],
    ['4242424242424242', '[card number removed]', ['card_number']],
    ['4242-4242-4242-4242 thanks', '[card number removed] thanks', ['card_number']],
    ['4242.4242.4242.4242', '[card number removed]', ['card_number']],
    ['card4242424242424242now', 'card[card number removed]now', ['card_number']],
    ['42 42 42 42 42 42 42 42', '[card number removed]', ['card_number']],
    ['3782 822463 10005', '[card number removed]', ['card_number']],
    ['378282246310005', '[card number removed]', ['card_number']],
    ['3056 930902 5904', '[card number removed]', ['card_number']],
    ['6011000990139424', '[card number removed]', ['card_number']],
    ['6205500000000000004', '[card number removed]', ['card_number']],
    ['٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢', '[card number removed]', ['card_number']],
    ['４２４２４２４２４２４２４２４２', '[card number removed]', ['card_number']],
    ['𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐', '[card number removed]', ['card_number']],
    ['4242\u200B4242\u200B4242\u200B4242', '[card number removed]', ['card_number']],
    ['4242 4242\n4242 4242', '[card number removed]', ['card_number']],
    ['4242/4242/4242/4242', '[card number removed]', ['card_number']],
    ['4242, 4242, 4242, 4242', '[card number removed]', ['card_number']],
    ['4242*4242*4242*4242', '[card number removed]', ['card_number']],
    ['4242|4242|4242|4242', '[card number removed]', ['card_number']],
    ['4242424242424242/12/27', '[card number removed]/12/27', ['card_number']],
    ['4\uFE0F\u20E32\uFE0F\u20E3'.repeat(8), '[card number removed]\uFE0F\u20E3', ['card_number']],
    [
      '4242 4242 4242 4242 12/27 cvc 123',
      '[card number removed] 12/27 cvc [security code removed]',
      ['card_number', 'card_security_code'],
    ],
    [
      'send 20 with 4242 4242 4242 4242 or 5555 5555 5555 4444',
      'send 20 with [card number removed] or [card number removed]',
      ['card_number'],
    ],
    ['cvv is 1234', 'cvv is [security code removed]', ['card_security_code']],
    ['DE89 3704 0044 0532 0130 00', '[IBAN removed]', ['iban']],
    ['de89370400440532013000 please', '[IBAN removed] please', ['iban']],
    ['GB29 NWBK 6016 1331 9268 19', '[IBAN removed]', ['iban']],
    ['pay NO93 8601 1117 947 today', 'pay [IBAN removed] today', ['iban']],
    ['ssn 123-45-6789', 'ssn [social security number removed]', ['social_security_number']],
    ['it is 123-45-6789', 'it is [social security number removed]', ['social_security_number']],
    ['SSN: 123456789', 'SSN: [social security number removed]', ['social_security_number']],
    [
      'account number is 12345678',
      'account number is [account number removed]',
      ['account_number'],
    ],
    [
      'routing 110000000 acct 000123456789',
      'routing [account number removed] acct [account number removed]',
      ['account_number'],
    ],
    ['sort code 20-00-00', 'sort code [account number removed]', ['account_number']],
    ['12345678901234567890', '[account number removed]', ['account_number']],
  ])('%j', (text, redacted, kinds) => {
    expect(redact(text)).toBe(redacted);
    expect(findSecretsInText(text)).toEqual(kinds);
    expect(findSecretsInText(redacted)).toEqual(kinds);
  });
});

describe('what stays', () => {
  test.each([
    'send $20 to bob for lunch',
    'send $1,234,567.89 to bob',
    'send 1 000 000 000 000 to bob',
    '4242 4242 4242 4241',
    '4242',
    '4242 4242 4242',
    '0000 0000 0000 0000',
    'call me: +1 (555) 123-4567',
    'call me: 555-123-4567',
    '+49 1511 2345678',
    '+4242424242420',
    '0049 1511 2345678',
    '020 7946 0958',
    'pay_4242424242424242',
    'cancel pay_4242424242424242 and req_5555555555554444',
    'order ord_378282246310005',
    'order 1234-5678-9012',
    'order #100023',
    'tracking 1Z999AA10123456784',
    '2025-11-22 14:05:09',
    '22.11.2025',
    '1732284309123',
    '192.168.100.200',
    'flight LH 2023, seat 42A',
    'GB29 NWBK 6016 1331 9268 18',
    'my cvv',
    'code 123',
    '000-12-3456',
    '666-12-3456',
    '912-12-3456',
    '1234-45-6789',
    'on account of 20 people',
    'this account has 5 friends',
    '@bob20',
    '',
    '🍕🍕🍕',
  ])('%j', (text) => {
    expect(redact(text)).toBe(text);
    expect(findSecretsInText(text)).toEqual([]);
  });
});

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });

const cards = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 11, max: 17 }).chain(digits))
  .map(([first, rest]) => withCheckDigit([first, ...rest]));

function withCheckDigit(payload: readonly number[]): string {
  const check = Array.from({ length: 10 }, (_, digit) => digit).find((digit) =>
    passesLuhn([...payload, digit].join('')),
  );
  return [...payload, check].join('');
}

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (const [place, character] of Array.from(number).reverse().entries()) {
    const value = Number(character) * (place % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

const separators = fc.constantFrom('', '', '', ' ', '-', '.', ' - ', '\u00A0');

/** Every run of digits with single spaces, dashes or dots between them, as a reader of a log would see it. */
function cardLikeRuns(text: string): string[] {
  return [...text.matchAll(/\d(?:[ .-]?\d)*/gu)]
    .map((match) => match[0].replaceAll(/\D/gu, ''))
    .filter((run) => /^[1-9]\d{12,18}$/u.test(run) && passesLuhn(run));
}

test('no card survives, however its digits are grouped and whatever stands around it', () => {
  const words = fc.constantFrom('', 'card ', 'my number: ', 'send 20 to bob, ', 'visa', '(', '🍕');

  fc.assert(
    fc.property(
      cards,
      fc.array(separators, { minLength: 18, maxLength: 18 }),
      words,
      (card, gaps, before) => {
        const typed = Array.from(card)
          .map((digit, at) => digit + (gaps[at] ?? ''))
          .join('');
        const text = redact(`${before}${typed.trimEnd()} ok?`);

        expect(text).not.toMatch(/\d{4}/u);
        expect(text).toContain('[card number removed]');
      },
    ),
    { numRuns: 2000 },
  );
});

test('what is left of any text holds no run of 13 to 19 digits that passes the Luhn check', () => {
  const digitish = fc.string({
    unit: fc.constantFrom(...Array.from('01234567894242'), ' ', '-', '.', 'a', '\n', ','),
    maxLength: 60,
  });

  fc.assert(
    fc.property(fc.oneof(digitish, fc.string({ unit: 'binary' })), (text) => {
      expect(cardLikeRuns(redact(text))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

test('redacting twice changes nothing', () => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789'), ' ', '-', 'D', 'E', 'cvv '),
    maxLength: 80,
  });

  fc.assert(
    fc.property(text, (typed) => {
      expect(redact(redact(typed))).toBe(redact(typed));
    }),
    { numRuns: 2000 },
  );
});
