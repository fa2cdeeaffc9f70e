// Amounts as people type them, who types them, and what they must be read as.
import type { Currency } from '../../../lambdas/domain/money/currency.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import type { MoneyReading } from '../../../lambdas/domain/money/money-reading.ts';
import type { Speaker } from '../../../lambdas/domain/money/speaker.ts';
import {
  american,
  briton,
  canadian,
  chinese,
  french,
  german,
  indian,
  japanese,
  kuwaiti,
  swiss,
} from '../chat/speakers.ts';

export interface AmountPhrasing {
  readonly speaker: Speaker;
  readonly text: string;
  readonly reading: MoneyReading;
}

type Row = readonly [text: string, reading: MoneyReading];

const typedBy = (speaker: Speaker, rows: readonly Row[]): AmountPhrasing[] =>
  rows.map(([text, reading]) => ({ speaker, text, reading }));

const is = (minor: number, currency: Currency): MoneyReading => ({
  kind: 'money',
  money: money(minor, currency),
});

const either = (...readings: readonly (readonly [number, Currency])[]): MoneyReading => ({
  kind: 'ambiguous',
  readings: readings.map(([minor, currency]) => money(minor, currency)),
});

const unknown = (text: string): MoneyReading => ({ kind: 'unknown_currency', text });
const tooPrecise: MoneyReading = { kind: 'too_precise' };
const tooLarge: MoneyReading = { kind: 'too_large' };
const notPositive: MoneyReading = { kind: 'not_positive' };
const unreadable: MoneyReading = { kind: 'unreadable' };
const none: MoneyReading = { kind: 'none' };

export const amountPhrasings: readonly AmountPhrasing[] = [
  ...typedBy(american, [
    ['$20', is(2000, 'USD')],
    ['20$', is(2000, 'USD')],
    ['20 $', is(2000, 'USD')],
    ['20 usd', is(2000, 'USD')],
    ['usd 20', is(2000, 'USD')],
    ['20', is(2000, 'USD')],
    ['20.', is(2000, 'USD')],
    ['00020', is(2000, 'USD')],
    ['20.5', is(2050, 'USD')],
    ['20,5', is(2050, 'USD')],
    ['20,50 €', is(2050, 'EUR')],
    ['€20.50', is(2050, 'EUR')],
    ['.50', is(50, 'USD')],
    ['0.500', is(50, 'USD')],
    ['£5', is(500, 'GBP')],
    ['1.234,56', is(123456, 'USD')],
    ['1,234.56', is(123456, 'USD')],
    ["1'234.50", is(123450, 'USD')],
    ['1 234,56', is(123456, 'USD')],
    ['1,234,567', is(123456700, 'USD')],
    ['1.234.567', is(123456700, 'USD')],
    ['12,34,567', is(123456700, 'USD')],
    ['20 bucks', is(2000, 'USD')],
    ['twenty dollars', is(2000, 'USD')],
    ['Twenty', is(2000, 'USD')],
    ['two hundred and five', is(20500, 'USD')],
    ['nine hundred ninety-nine thousand nine hundred ninety-nine', is(99999900, 'USD')],
    ['twelve hundred', is(120000, 'USD')],
    ['a hundred bucks', is(10000, 'USD')],
    ['a dollar', is(100, 'USD')],
    ['an euro', is(100, 'EUR')],
    ['50 cents', is(50, 'USD')],
    ['999999999', is(99999999900, 'USD')],
    ['$20 CAD', is(2000, 'CAD')],
    ['US$20', is(2000, 'USD')],
    ['A$20', is(2000, 'AUD')],
    ['BOB 20', is(2000, 'BOB')],
    ['20 BOB', is(2000, 'BOB')],
    ['２０', is(2000, 'USD')],
    ['٢٠', is(2000, 'USD')],
    ['٢٠٫٥٠', is(2050, 'USD')],
    ['२०', is(2000, 'USD')],
    ['20\u00A0usd', is(2000, 'USD')],
    ['$20!', is(2000, 'USD')],
    ['1.234 KWD', is(1234, 'KWD')],
    ['20.- CHF', is(2000, 'CHF')],
    ['20 swiss francs', is(2000, 'CHF')],
    ['5k', either([500000, 'USD'])],
    ['5 thousand', either([500000, 'USD'])],
    ['1.5k', either([150000, 'USD'])],
    ['1e3', either([100000, 'USD'])],
    ['two million', either([200000000, 'USD'])],
    ['1 500', either([150000, 'USD'])],
    ['20.500', either([2050, 'USD'], [2050000, 'USD'])],
    ['$20 EUR', either([2000, 'USD'], [2000, 'EUR'])],
    ['¥500', either([500, 'JPY'], [50000, 'CNY'])],
    ['20 kr', either([2000, 'SEK'], [2000, 'NOK'], [2000, 'DKK'], [20, 'ISK'])],
    ['20 xyz', unknown('xyz')],
    ['xyz 20', unknown('xyz')],
    ['20xyz', unknown('xyz')],
    ['₿20', unknown('₿')],
    ['bob 20', unknown('bob')],
    ['20 bob', unknown('bob')],
    ['0.001', tooPrecise],
    ['1.234', tooPrecise],
    ['0.5 JPY', tooPrecise],
    ['0.0001 KWD', tooPrecise],
    ['0', notPositive],
    ['0.00', notPositive],
    ['zero', notPositive],
    ['-5', notPositive],
    ['−5', notPositive],
    ['-$5', notPositive],
    ['$-5', notPositive],
    ['minus five', notPositive],
    ['1e9', tooLarge],
    ['1000000000', tooLarge],
    ['1e999', tooLarge],
    ['9'.repeat(400), tooLarge],
    ['5bn', tooLarge],
    ['1.2.3', unreadable],
    ['1,23.45', unreadable],
    ["1'23", unreadable],
    ['20%', unreadable],
    ['1/2', unreadable],
    ['20-30', unreadable],
    ['two fifty', unreadable],
    ['twenty thirty', unreadable],
    ['20 30', none],
    ['20 or 30', none],
    ['NaN', none],
    ['Infinity', none],
    ['½', none],
    ['$', none],
    ['', none],
    ['bob', none],
    ['about 20 or so', none],
  ]),
  ...typedBy(briton, [
    ['£1,234', is(123400, 'GBP')],
    ['a fiver', is(500, 'GBP')],
    ['tenner', is(1000, 'GBP')],
    ['50p', is(50, 'GBP')],
    ['20 quid', is(2000, 'GBP')],
    ['$20', is(2000, 'USD')],
  ]),
  ...typedBy(german, [
    ['1.234', is(123400, 'EUR')],
    ['1.234,56 €', is(123456, 'EUR')],
    ['20,50', is(2050, 'EUR')],
    ['20.50', is(2050, 'EUR')],
    ['20,-', is(2000, 'EUR')],
    ['1,234', tooPrecise],
    ['20,500', either([2050, 'EUR'], [2050000, 'EUR'])],
    ['1,234 KWD', is(1234, 'KWD')],
  ]),
  ...typedBy(french, [
    ['1 500', is(150000, 'EUR')],
    ['1\u202F234,56\u00A0€', is(123456, 'EUR')],
    ['1.234', either([123400, 'EUR'])],
    ['1.234 KWD', either([1234000, 'KWD'], [1234, 'KWD'])],
    ['20 $US', is(2000, 'USD')],
  ]),
  ...typedBy(swiss, [
    ["1'234.50", is(123450, 'CHF')],
    ['Fr. 20.-', is(2000, 'CHF')],
    ['20 francs', is(2000, 'CHF')],
  ]),
  ...typedBy(japanese, [
    ['¥500', is(500, 'JPY')],
    ['￥１，５００', is(1500, 'JPY')],
    ['500円', is(500, 'JPY')],
    ['500.00', is(500, 'JPY')],
    ['1.5', tooPrecise],
  ]),
  ...typedBy(indian, [
    ['₹1,50,000', is(15000000, 'INR')],
    ['Rs. 500', is(50000, 'INR')],
    ['500/-', is(50000, 'INR')],
    ['2 lakh', either([20000000, 'INR'])],
  ]),
  ...typedBy(kuwaiti, [
    ['١٫٢٣٤', is(1234, 'KWD')],
    ['١٬٢٣٤', is(1234000, 'KWD')],
    ['20 dinars', is(20000, 'KWD')],
  ]),
  ...typedBy(canadian, [
    ['$20', is(2000, 'CAD')],
    ['US$20', is(2000, 'USD')],
  ]),
  ...typedBy(chinese, [['¥500', is(50000, 'CNY')]]),
];
