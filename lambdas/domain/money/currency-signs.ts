// The signs and words that people write for a currency, and which one they mean by it.
import type { Currency } from './currency.ts';
import { readCurrency } from './currency.ts';
import { currencyOfLocalSymbol, regionOf } from './speaker.ts';
import type { Speaker } from './speaker.ts';

interface Sign {
  /** All that the sign can mean. */
  readonly means: readonly Currency[];
  /** What the world takes it for when neither the person's own currency nor their country is among them. */
  readonly otherwise?: Currency;
  /** The sign counts the smallest unit: 50 cents. */
  readonly isMinor?: boolean;
}

export interface SignMeaning {
  /** What it means for this person: one currency when it is clear. */
  readonly currencies: readonly Currency[];
  /** What it can mean for anybody. */
  readonly means: readonly Currency[];
  readonly isMinor: boolean;
}

// biome-ignore format: a list reads best in rows
const dollars: readonly Currency[] = [
  'USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'BBD', 'BMD', 'BND', 'BSD', 'BZD', 'FJD', 'GYD', 'JMD', 'KYD', 'LRD',
  'NAD', 'SBD', 'SRD', 'TTD', 'XCD',
];
const pesos: readonly Currency[] = ['MXN', 'ARS', 'CLP', 'COP', 'CUP', 'DOP', 'PHP', 'UYU'];
const pounds: readonly Currency[] = ['GBP', 'EGP', 'FKP', 'GIP', 'LBP', 'SDG', 'SHP', 'SSP', 'SYP'];
const rupees: readonly Currency[] = ['INR', 'LKR', 'MUR', 'NPR', 'PKR', 'SCR'];
const crowns: readonly Currency[] = ['SEK', 'NOK', 'DKK', 'ISK'];
const francs: readonly Currency[] = [
  'CHF',
  'XAF',
  'XOF',
  'XPF',
  'BIF',
  'CDF',
  'DJF',
  'GNF',
  'KMF',
  'RWF',
];

const dollarSign: Sign = { means: [...dollars, ...pesos], otherwise: 'USD' };
const dollarWord: Sign = { means: dollars, otherwise: 'USD' };
const pound: Sign = { means: pounds, otherwise: 'GBP' };
const rupee: Sign = { means: rupees };
const crown: Sign = { means: crowns };
const franc: Sign = { means: francs };
const cent: Sign = { means: [...dollars, 'EUR'], isMinor: true };
const penny: Sign = { means: ['GBP'], isMinor: true };
const only = (currency: Currency): Sign => ({ means: [currency] });

/** May stand before the amount or after it. Keys are lower case. */
// biome-ignore format: a table reads best in rows
const signs: ReadonlyMap<string, Sign> = new Map(Object.entries({
  '$': dollarSign, 'us$': only('USD'), '$us': only('USD'), 'a$': only('AUD'), 'au$': only('AUD'), 'c$': only('CAD'),
  'ca$': only('CAD'), 'nz$': only('NZD'), 's$': only('SGD'), 'hk$': only('HKD'), 'nt$': only('TWD'), 'mx$': only('MXN'),
  'r$': only('BRL'), '€': only('EUR'), '£': pound, '¥': { means: ['JPY', 'CNY'] }, 'jp¥': only('JPY'), 'cn¥': only('CNY'),
  '円': only('JPY'), '元': { means: ['CNY', 'TWD'] }, 'rmb': only('CNY'), '₹': only('INR'), '₨': rupee, 'rs': rupee,
  'rs.': rupee, '₩': only('KRW'), '₽': only('RUB'), '₺': only('TRY'), 'tl': only('TRY'), '₴': only('UAH'), '₦': only('NGN'),
  '₱': only('PHP'), '₫': only('VND'), 'đ': only('VND'), '₪': only('ILS'), 'nis': only('ILS'), '฿': only('THB'),
  '₡': only('CRC'), '₲': only('PYG'), '₵': only('GHS'), '₭': only('LAK'), '₮': only('MNT'), '₸': only('KZT'),
  '₼': only('AZN'), '₾': only('GEL'), '৳': only('BDT'), '֏': only('AMD'), '៛': only('KHR'), '؋': only('AFN'),
  'zł': only('PLN'), 'zl': only('PLN'), 'kč': only('CZK'), 'ft': only('HUF'), 'kr': crown, 'kr.': crown, 'dkr': only('DKK'), 'nkr': only('NOK'), 'ikr': only('ISK'), 'fr': franc,
  'fr.': franc, 'sfr': only('CHF'), 'sfr.': only('CHF'), 'rm': only('MYR'), 'rp': only('IDR'), 'fcfa': only('XAF'),
  'f cfa': only('XOF'), 'cfpf': only('XPF'), 'fcfp': only('XPF'), 'ec$': only('XCD'), 'r': only('ZAR'), 'cg.': only('XCG'),
}));

/** Stands after the amount alone: before it, it may be somebody's name. Keys are lower case. */
// biome-ignore format: a table reads best in rows
const words: ReadonlyMap<string, Sign> = new Map(Object.entries({
  'dollar': dollarWord, 'dollars': dollarWord, 'buck': dollarWord, 'bucks': dollarWord,
  'us dollars': only('USD'), 'american dollars': only('USD'), 'canadian dollars': only('CAD'), 'singapore dollars': only('SGD'),
  'australian dollars': only('AUD'), 'new zealand dollars': only('NZD'), 'hong kong dollars': only('HKD'),
  'euro': only('EUR'), 'euros': only('EUR'), 'pound': pound, 'pounds': pound, 'quid': only('GBP'),
  'pounds sterling': only('GBP'), 'british pounds': only('GBP'), 'yen': only('JPY'), 'japanese yen': only('JPY'),
  'yuan': only('CNY'), 'renminbi': only('CNY'), 'rupee': rupee, 'rupees': rupee, 'won': only('KRW'),
  'peso': { means: pesos }, 'pesos': { means: pesos }, 'mexican pesos': only('MXN'), 'philippine pesos': only('PHP'),
  'franc': franc, 'francs': franc, 'franken': only('CHF'), 'swiss francs': only('CHF'), 'rubles': only('RUB'),
  'roubles': only('RUB'), 'lira': only('TRY'), 'hryvnia': only('UAH'), 'naira': only('NGN'), 'cedis': only('GHS'),
  'dong': only('VND'), 'shekel': only('ILS'), 'shekels': only('ILS'), 'baht': only('THB'), 'zloty': only('PLN'),
  'zlotys': only('PLN'), 'złoty': only('PLN'), 'forint': only('HUF'), 'koruna': only('CZK'), 'krona': crown, 'kronor': crown,
  'krone': crown, 'kroner': crown, 'crowns': crown, 'rand': only('ZAR'), 'reais': only('BRL'), 'ringgit': only('MYR'),
  'rupiah': only('IDR'), 'taka': only('BDT'), 'lei': { means: ['RON', 'MDL'] },
  'dirham': { means: ['AED', 'MAD'] }, 'dirhams': { means: ['AED', 'MAD'] }, 'riyals': { means: ['SAR', 'QAR', 'YER'] },
  'dinar': { means: ['KWD', 'BHD', 'JOD', 'IQD', 'TND', 'DZD', 'LYD', 'RSD'] },
  'dinars': { means: ['KWD', 'BHD', 'JOD', 'IQD', 'TND', 'DZD', 'LYD', 'RSD'] },
  'shillings': { means: ['KES', 'TZS', 'UGX', 'SOS'] },
  '¢': cent, 'c': cent, 'cent': cent, 'cents': cent, 'p': penny, 'pence': penny, 'penny': penny, 'pennies': penny,
}));

/** How many words the longest entry above has. */
export const longestSignInWords = 3;

/** ISO codes that are also English words or names: read as codes in capitals only, and before an amount never in a sentence. */
// biome-ignore format: a list reads best in rows
const wordLikeCodes: ReadonlySet<string> = new Set([
  'ALL', 'BAM', 'BOB', 'COP', 'CUP', 'ERN', 'GEL', 'LAK', 'MAD', 'MOP', 'NAD', 'PEN', 'RON', 'SOS', 'TOP', 'TRY',
]);

/** Countries whose money shares its sign with others'. */
// biome-ignore format: a table reads best in rows
const currencyByRegion: Readonly<Record<string, Currency>> = {
  US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD', SG: 'SGD', HK: 'HKD', TW: 'TWD', JM: 'JMD', MX: 'MXN', AR: 'ARS', CL: 'CLP',
  CO: 'COP', CU: 'CUP', DO: 'DOP', PH: 'PHP', UY: 'UYU', GB: 'GBP', EG: 'EGP', GI: 'GIP', LB: 'LBP', JP: 'JPY', CN: 'CNY',
  IN: 'INR', LK: 'LKR', MU: 'MUR', NP: 'NPR', PK: 'PKR', SE: 'SEK', NO: 'NOK', DK: 'DKK', IS: 'ISK', CH: 'CHF', LI: 'CHF',
  RO: 'RON', MD: 'MDL', AE: 'AED', MA: 'MAD', SA: 'SAR', QA: 'QAR', KW: 'KWD', BH: 'BHD', JO: 'JOD', IQ: 'IQD', TN: 'TND',
  DZ: 'DZD', LY: 'LYD', RS: 'RSD', KE: 'KES', TZ: 'TZS', UG: 'UGX', IE: 'EUR', DE: 'EUR', FR: 'EUR', ES: 'EUR', IT: 'EUR',
};

/** Where the sign stands. `alone`: before it, with nothing else in the text, so that no name can be meant. */
export type SignPlace = 'before' | 'alone' | 'after';

/** What a sign, a code or a word next to an amount means; undefined when it is no currency. */
export function readSign(
  text: string,
  place: SignPlace,
  speaker: Speaker,
): SignMeaning | undefined {
  const code = readCurrency(text);
  if (code !== undefined) return isMeantAsCode(text, code, place) ? clear(code) : undefined;
  const key = text.toLowerCase();
  const sign = signs.get(key) ?? (place === 'after' ? words.get(key) : undefined);
  if (sign !== undefined) return readMeaning(sign, speaker);
  // Plain letters in a sentence are names and words far more often than signs.
  if (place !== 'alone' && /^[a-z]+$/iu.test(text)) return undefined;
  const local = currencyOfLocalSymbol(text, speaker.locale);
  return local === undefined ? undefined : clear(local);
}

function readMeaning(sign: Sign, speaker: Speaker): SignMeaning | undefined {
  const isMinor = sign.isMinor ?? false;
  const currencies = meant(sign, speaker);
  // Cents of whose money? Nobody can pick from twenty.
  if (isMinor && currencies.length > 1) return undefined;
  return { currencies, means: sign.means, isMinor };
}

function clear(currency: Currency): SignMeaning {
  return { currencies: [currency], means: [currency], isMinor: false };
}

function isMeantAsCode(text: string, code: Currency, place: SignPlace): boolean {
  return !wordLikeCodes.has(code) || (text === code && place !== 'before');
}

/** The person's own currency first, then their country's, then the world's habit; else all that it can mean. */
function meant(sign: Sign, speaker: Speaker): readonly Currency[] {
  const [single, another] = sign.means;
  if (single === undefined || another === undefined) return sign.means;
  if (sign.means.includes(speaker.currency)) return [speaker.currency];
  const regional = currencyByRegion[regionOf(speaker.locale) ?? ''];
  if (regional !== undefined && sign.means.includes(regional)) return [regional];
  return sign.otherwise === undefined ? sign.means : [sign.otherwise];
}
