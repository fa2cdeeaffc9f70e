// Amounts inside sentences: where each begins and ends, whether a currency stands with it, and what is none at all.
import { describe, expect, test } from 'vitest';
import { findAmounts } from '../../../lambdas/domain/money/find-amounts.ts';
import { foldText } from '../../../lambdas/domain/money/fold-text.ts';
import { american, french } from '../chat/speakers.ts';

const found = (text: string, speaker = american) => {
  const folded = foldText(text);
  return findAmounts(folded, { speaker, signPlace: 'before' }).map((amount) => {
    const { reading } = amount;
    const is =
      reading.kind === 'money' ? `${reading.money.minor} ${reading.money.currency}` : reading.kind;
    return [folded.slice(amount.start, amount.end), amount.isMarked ? 'marked' : 'bare', is];
  });
};

describe('an amount in a sentence', () => {
  test('does not take a sign from behind a comma, a bracket or another word', () => {
    for (const text of ['20, eur', '20 (eur)', '20; eur', '20 / eur'])
      expect(found(text)).toEqual([['20', 'bare', '2000 USD']]);
  });

  test('grouped by comma and space at once is two numbers, and neither is guessed at', () => {
    expect(found('send 1,500 000 yen')).toEqual([
      ['1,500', 'bare', '150000 USD'],
      ['000 yen', 'marked', 'not_positive'],
    ]);
  });

  test.each([
    ['send $20 to bob', '$20', 'marked', '2000 USD'],
    ['send 20 to bob', '20', 'bare', '2000 USD'],
    ['send 20 dollars to bob', '20 dollars', 'marked', '2000 USD'],
    ['20 dollars, please', '20 dollars', 'marked', '2000 USD'],
    ['send 20 kr. to bob', '20 kr.', 'marked', 'ambiguous'],
    ['I paid 20 usd. Thanks', '20 usd', 'marked', '2000 USD'],
    ['I paid 20 usd.. ok', '20 usd', 'marked', '2000 USD'],
    ['give bob 20 canadian dollars now', '20 canadian dollars', 'marked', '2000 CAD'],
    ['20 new zealand dollars for ann', '20 new zealand dollars', 'marked', '2000 NZD'],
    ['send 50c to bob', '50c', 'marked', '50 USD'],
    ['vitamin 50 c', '50', 'bare', '5000 USD'],
    ['send 💵20 to bob', '💵20', 'bare', '2000 USD'],
    ['send 💵 $20 to bob', '💵 $20', 'marked', '2000 USD'],
    ['send $20💰 to bob', '$20💰', 'marked', '2000 USD'],
    ['total:$20', '$20', 'marked', '2000 USD'],
    ['🍕20', '20', 'bare', '2000 USD'],
    ['❤️20', '20', 'bare', '2000 USD'],
    ['($20)', '($20)', 'marked', 'unreadable'],
    ['send $20, ok', '$20', 'marked', '2000 USD'],
    ['"$20"', '"$20"', 'marked', 'unreadable'],
    ['$20... hm', '$20', 'marked', '2000 USD'],
    ['$20 - lunch', '$20', 'marked', '2000 USD'],
    ['$20-', '$20', 'marked', '2000 USD'],
    ['send 20.- to bob', '20.-', 'bare', '2000 USD'],
    ['send 20,-- to bob', '20,--', 'bare', '2000 USD'],
    ['minus 20', 'minus 20', 'bare', 'not_positive'],
    ['negative $20', 'negative $20', 'marked', 'not_positive'],
    ['usd minus 20', 'usd minus 20', 'marked', 'not_positive'],
    ['MINUS US$ 20', 'MINUS US$ 20', 'marked', 'not_positive'],
    ['terminus $20', '$20', 'marked', '2000 USD'],
    ['$ - 20', '$ - 20', 'marked', 'not_positive'],
    ['a hundred bucks', 'a hundred bucks', 'marked', '10000 USD'],
    ['a buck for bob', 'a buck', 'marked', '100 USD'],
    ['send 1 500 to bob', '1 500', 'bare', 'ambiguous'],
    ['send 15 000 to bob', '15 000', 'bare', 'ambiguous'],
    ['20 canadian dollars, please', '20 canadian dollars', 'marked', '2000 CAD'],
    ['the ₿ is not 20', '20', 'bare', '2000 USD'],
    ['send 20 to bob.- ok', '20', 'bare', '2000 USD'],
    ['send $5k to bob', '$5k', 'marked', 'ambiguous'],
    ['send 2 lakh to bob', '2 lakh', 'bare', 'ambiguous'],
    ['send 1e+3 to bob', '1e+3', 'bare', 'ambiguous'],
    ['send 5mm to bob', '5mm', 'bare', 'ambiguous'],
    ['send 5b to bob', '5b', 'bare', 'too_large'],
    ['send f cfa 500 to bob', 'f cfa 500', 'marked', '500 XOF'],
    ['send US $20 to bob', '$20', 'marked', '2000 USD'],
  ])('%s: %s, %s, %s', (text, ...expected) => {
    expect(found(text)).toEqual([expected]);
  });

  test('is one of several, each by itself', () => {
    expect(found('$20 for ann, 30 for bob and 5 kr')).toEqual([
      ['$20', 'marked', '2000 USD'],
      ['30', 'bare', '3000 USD'],
      ['5 kr', 'marked', 'ambiguous'],
    ]);
  });

  test('is grouped by spaces where people write so', () => {
    expect(found('1 500 pour ann', french)).toEqual([['1 500', 'bare', '150000 EUR']]);
    expect(found('1 234 567 pour ann', french)).toEqual([['1 234 567', 'bare', '123456700 EUR']]);
  });
});

describe('what touches digits', () => {
  test.each([
    ['send 20% to bob', '20%', 'unreadable'],
    ['room b20', 'b20', 'unreadable'],
    ['room abc20 now', 'abc20', 'unreadable'],
    ['it is --20 out', '--20', 'unreadable'],
    ['1/2', '1/2', 'unreadable'],
    ['₿20 for ann', '₿20', 'unknown_currency'],
    ['20 ₿ for ann', '20 ₿', 'unknown_currency'],
    ['20 ₿₿x. for ann', '20 ₿₿x.', 'unknown_currency'],
    ['20xyz for ann', '20xyz', 'unknown_currency'],
    ['12:30', '12:30', 'unreadable'],
  ])('%s: %s is %s', (text, word, kind) => {
    const [first] = found(text);
    expect([first?.[0], first?.[2]]).toEqual([word, kind]);
  });

  test.each([
    'see https://shop.example/20',
    'see http://shop.example/20?a=30',
    'ann@20.example',
    'ping @bob20 and @30',
    'pay_20x for 7_7',
  ])('%s holds no amount', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('a link or a handle before an amount moves it nowhere', () => {
    expect(found('https://a.example/5 $20')).toEqual([['$20', 'marked', '2000 USD']]);
    expect(found('@ann_5 $20')).toEqual([['$20', 'marked', '2000 USD']]);
  });
});

describe('a sign on each side', () => {
  test.each([
    ['$20 usd', '2000 USD'],
    ['$20 CAD', '2000 CAD'],
    ['CAD 20$', '2000 CAD'],
    ['$20 EUR', 'ambiguous'],
    ['$20 cents', 'unreadable'],
    ['20 cents', '20 USD'],
  ])('%s is %s', (text, reading) => {
    expect(found(text).map(([, , is]) => is)).toEqual([reading]);
  });
});
