// Why a mutant that no test notices may live on.
import type { Mutant } from '../kept-results.ts';
import { adaptersSurvivors } from './adapters.ts';
import { booksSurvivors } from './books.ts';
import { journalSurvivors } from './journal.ts';
import { merchantApiSurvivors } from './merchant-api.ts';
import { moneySurvivors } from './money.ts';
import { ordersSurvivors } from './orders.ts';
import { paymentsSurvivors } from './payments.ts';
import { requestsSurvivors } from './requests.ts';

const survivors = [
  ...moneySurvivors,
  ...paymentsSurvivors,
  ...requestsSurvivors,
  ...journalSurvivors,
  ...booksSurvivors,
  ...ordersSurvivors,
  ...merchantApiSurvivors,
  ...adaptersSurvivors,
];

/** Undefined of a mutant that nobody has explained. */
export function explanationOf(source: string, mutant: Mutant): string | undefined {
  return survivors.find(
    ({ file, was, becomes }) =>
      source === `lambdas/${file}` &&
      mutant.was === was &&
      (becomes === undefined || mutant.becomes === becomes),
  )?.why;
}
