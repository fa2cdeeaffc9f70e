// Which page of the console answers which route, and who may open it. The stack's list of routes is the same; a test compares.
import type { ConsoleAnswer, ConsoleRequest, ConsoleWorld } from './console-world.ts';
import { type ConsoleDoor, throughDoor } from './door.ts';
import { liveScript } from './live-script.ts';
import { actOnOrder } from './order-acts.ts';
import { freshRows, listOrders } from './order-list.ts';
import { showOrder } from './order-page.ts';
import { doSignIn, doSignOut, showSignIn } from './sign-in-page.ts';

type OpenRoute = (world: ConsoleWorld, request: ConsoleRequest) => Promise<ConsoleAnswer>;

/** For everybody: each looks by itself who is there. */
const openRoutes: Readonly<Record<string, OpenRoute>> = {
  'GET /console': async (world) => ({ kind: 'redirect', to: `${world.publicUrl}/console/orders` }),
  'GET /console/live.js': async () => liveScript,
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
