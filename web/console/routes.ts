// Which page of the console answers which route, and who may open it. The stack's list of routes is the same; a test compares.
import type { ConsoleAnswer, ConsoleRequest, ConsoleWorld } from './console-world.ts';
import { actOnApi } from './api-acts.ts';
import { showApi } from './api-page.ts';
import { actOnBill, showBill } from './bill-page.ts';
import { listBills, makeBill, showNewBill } from './bills.ts';
import { exportCatalog, importFile, showImport } from './catalog-files.ts';
import { listCatalog } from './catalog-list.ts';
import { type ConsoleDoor, throughDoor } from './door.ts';
import { actOnEndpoint } from './endpoint-acts.ts';
import { showEndpoint } from './endpoint-page.ts';
import { liveScript } from './live-script.ts';
import { actOnOrder } from './order-acts.ts';
import { freshRows, listOrders } from './order-list.ts';
import { showOrder } from './order-page.ts';
import { actOnPayouts, backFromOnboarding, showPayouts } from './payouts-page.ts';
import { actOnPasskeys, askToAdd, showPasskeys } from './passkeys-page.ts';
import { passkeyScript } from './passkey-script.ts';
import { askToSignIn, doPasskeySignIn, showPasskeySignIn } from './passkey-sign-in.ts';
import { changeProduct, makeProduct, showNewProduct, showProduct } from './product-page.ts';
import { saveShopSettings, showShopSettings } from './settings-page.ts';
import { doSignIn, doSignOut, showSignIn } from './sign-in-page.ts';
import { changeTeam, showTeam } from './team-page.ts';
import { giveBack } from './threads.ts';

type OpenRoute = (world: ConsoleWorld, request: ConsoleRequest) => Promise<ConsoleAnswer>;

/** For everybody: each looks by itself who is there. */
const openRoutes: Readonly<Record<string, OpenRoute>> = {
  'GET /console': async (world) => ({ kind: 'redirect', to: `${world.publicUrl}/console/orders` }),
  'GET /console/live.js': async () => liveScript,
  'GET /console/passkey.js': async () => passkeyScript,
  'GET /console/sign-in': showPasskeySignIn,
  'POST /console/passkeys/sign-in': doPasskeySignIn,
  'POST /console/passkeys/sign-in/challenge': askToSignIn,
  'GET /console/sign-in/{token}': showSignIn,
  'POST /console/sign-in/{token}': doSignIn,
  'POST /console/sign-out': doSignOut,
};

/** For members of the team, from this role on. */
const teamRoutes: Readonly<Record<string, ConsoleDoor>> = {
  'GET /console/orders': { role: 'reader', open: listOrders },
  'GET /console/orders/rows': { role: 'reader', open: freshRows, isAutomatic: true },
  'GET /console/orders/{order}': { role: 'reader', open: showOrder },
  'POST /console/orders/{order}': { role: 'staff', open: actOnOrder },
  'POST /console/threads': { role: 'staff', open: giveBack },
  'GET /console/bills': { role: 'reader', open: listBills },
  'GET /console/bills/new': { role: 'staff', open: showNewBill },
  'POST /console/bills/new': { role: 'staff', open: makeBill },
  'GET /console/bills/{order}': { role: 'reader', open: showBill },
  'POST /console/bills/{order}': { role: 'staff', open: actOnBill },
  'GET /console/catalog': { role: 'reader', open: listCatalog },
  'GET /console/catalog/export': { role: 'reader', open: exportCatalog },
  'GET /console/catalog/import': { role: 'staff', open: showImport },
  'POST /console/catalog/import': { role: 'staff', open: importFile },
  'GET /console/catalog/new': { role: 'staff', open: showNewProduct },
  'POST /console/catalog/new': { role: 'staff', open: makeProduct },
  'GET /console/catalog/{product}': { role: 'reader', open: showProduct },
  'POST /console/catalog/{product}': { role: 'staff', open: changeProduct },
  'GET /console/settings': { role: 'owner', open: showShopSettings },
  'POST /console/settings': { role: 'owner', open: saveShopSettings },
  'GET /console/payouts': { role: 'owner', open: showPayouts },
  'POST /console/payouts': { role: 'owner', open: actOnPayouts },
  'GET /console/payouts/return': { role: 'owner', open: backFromOnboarding },
  'GET /console/team': { role: 'owner', open: showTeam },
  'POST /console/team': { role: 'owner', open: changeTeam },
  'GET /console/passkeys': { role: 'reader', open: showPasskeys },
  'POST /console/passkeys': { role: 'reader', open: actOnPasskeys },
  'POST /console/passkeys/challenge': { role: 'reader', open: askToAdd },
  'GET /console/api': { role: 'owner', open: showApi },
  'POST /console/api': { role: 'owner', open: actOnApi },
  'GET /console/api/endpoints/{endpoint}': { role: 'owner', open: showEndpoint },
  'POST /console/api/endpoints/{endpoint}': { role: 'owner', open: actOnEndpoint },
};

export const consoleRouteKeys: readonly string[] = [
  ...Object.keys(openRoutes),
  ...Object.keys(teamRoutes),
];

/** Undefined: no such page. */
export async function answerConsole(
  world: ConsoleWorld,
  routeKey: string,
  request: ConsoleRequest,
): Promise<ConsoleAnswer | undefined> {
  const open = openRoutes[routeKey];
  if (open !== undefined) return open(world, request);
  const door = teamRoutes[routeKey];
  return door === undefined ? undefined : throughDoor(world, request, door);
}
