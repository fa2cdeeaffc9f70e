// Which amounts and currencies Stripe takes for a charge.
import { invalidParameter } from '../server/api-error.ts';

/** Smallest charge in minor units, from docs.stripe.com/currencies; others are worth about half a US dollar. */
const SMALLEST: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};

const LARGEST = 99_999_999;
const THREE_DECIMALS = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];
/** Currencies that Intl knows and Stripe does not settle or present. */
const UNSUPPORTED = ['cup', 'irr', 'kpw', 'sdg', 'ssp', 'syp', 'ved', 'ves', 'lyd', 'iqd'];
const UNSPENDABLE = /^x(?!af|cd|of|pf)/;

const supported = new Set(
  Intl.supportedValuesOf('currency')
    .map((code) => code.toLowerCase())
    .filter((code) => !UNSPENDABLE.test(code) && !UNSUPPORTED.includes(code)),
);

/** The currency in lower case, or the error for one that Stripe does not take. */
export function readCurrency(currency: string, param = 'currency'): string {
  const code = currency.toLowerCase();
  if (supported.has(code)) return code;
  const message = `Invalid currency: ${currency}. Stripe currently supports these currencies: ${[...supported].join(', ')}`;
  throw invalidParameter({ param, message });
}

/** Throws when a charge of that amount is too small, too large, or too fine for its currency. */
export function checkChargeAmount(amount: number, currency: string): void {
  if (amount < 1)
    throw refuse('parameter_invalid_integer', 'This value must be greater than or equal to 1.');
  if (amount < (SMALLEST[currency] ?? 1)) {
    throw refuse('amount_too_small', `Amount must be at least ${SMALLEST[currency]} ${currency}`);
  }
  if (amount > LARGEST) {
    throw refuse('amount_too_large', `Amount must be no more than ${LARGEST} ${currency}`);
  }
  if (THREE_DECIMALS.includes(currency) && amount % 10 !== 0) {
    throw refuse('invalid_charge_amount', `Amounts in ${currency} must end in 0.`);
  }
}

function refuse(code: string, message: string) {
  return invalidParameter({ param: 'amount', code, message });
}
