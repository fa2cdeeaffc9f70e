// Which page answers which route. The stacks' list of routes is the same; a test compares.
import { backFromPaying, changeOrder, showOrder } from './order.ts';
import type { FileAnswer, PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';
import { addCardToPay, backFromBank, backWithCardToPay, confirmPay, showPay } from './pay.ts';
import { backFromPayout, goToPayout, showPayout } from './payout.ts';
import {
  addCardInSettings,
  backWithCardToSettings,
  changeSettings,
  showSettings,
} from './settings.ts';
import { showPicture } from './pictures.ts';
import { termsPage } from './terms.ts';

export type PageRoute = (
  world: PageWorld,
  request: PageRequest,
) => Promise<PageAnswer | FileAnswer>;

export const pageRoutes: Readonly<Record<string, PageRoute>> = {
  'GET /pay/{token}': showPay,
  'POST /pay/{token}': confirmPay,
  'POST /pay/{token}/card': addCardToPay,
  'GET /pay/{token}/card': backWithCardToPay,
  'GET /pay/{token}/return': backFromBank,
  'GET /payout/{token}': showPayout,
  'POST /payout/{token}': goToPayout,
  'GET /payout/{token}/return': backFromPayout,
  'GET /settings/{token}': showSettings,
  'POST /settings/{token}': changeSettings,
  'POST /settings/{token}/card': addCardInSettings,
  'GET /settings/{token}/card': backWithCardToSettings,
  'GET /order/{token}': showOrder,
  'POST /order/{token}': changeOrder,
  'GET /order/{token}/return': backFromPaying,
  'GET /order/{token}/cancel': backFromPaying,
  'GET /pictures/{picture}': showPicture,
  'GET /terms': async (world) => termsPage(world.settings),
};
