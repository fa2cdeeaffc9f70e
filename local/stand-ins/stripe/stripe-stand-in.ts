// Starts the stand-in for Stripe: its API, its hosted pages, its webhooks, and the control door to all of them.
import { createServer } from 'node:http';
import type { LocalClock } from '../../clock.ts';
import type { Vendor } from '../../until-settled.ts';
import type { Durable } from '../../durable.ts';
import type { Office } from './desk.ts';
import { runTasks } from './run-tasks.ts';
import { createFaults } from './server/faults.ts';
import { serve } from './server/serve.ts';
import { openState } from './state.ts';
import { deliverWebhooks, USUAL_DELIVERY } from './webhooks/deliver-webhooks.ts';

export interface StripeStandInOptions {
  /** 0 takes a free one. */
  port: number;
  clock: LocalClock;
  /** Everything is kept there, pending webhook deliveries included. */
  durable: Durable;
  /** The API keys that are accepted. */
  secretKeys: string[];
  webhook: { url: string; secret: string };
  /** Where browsers find the hosted pages; the stand-in's own address when absent. */
  publicUrl?: string;
}

export interface StripeStandIn extends Vendor {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Listens on localhost. What the control door offers is listed in control-door.ts. */
export async function startStripeStandIn(options: StripeStandInOptions): Promise<StripeStandIn> {
  const { clock } = options;
  const state = openState(options.durable);
  const faults = createFaults();
  const mode = { ...USUAL_DELIVERY };
  let url = '';
  const office: Office = {
    state,
    clock,
    publicUrl: () => options.publicUrl ?? url,
    webhookDelayMs: () => mode.delayMs,
  };
  const deliveries = deliverWebhooks({ state, clock }, options.webhook, mode);
  const tasks = runTasks(office, () => deliveries.wake());
  const counter = { office, secretKeys: options.secretKeys, inFlight: new Set<string>() };
  const door = { office, faults, mode };
  const saved = () => {
    deliveries.wake();
    tasks.wake();
  };
  const server = createServer((request, response) => {
    serve({ counter, door, saved }, request, response).catch((error: unknown) => {
      console.error('Stripe stand-in: could not answer', error);
      response.destroy();
    });
  });
  const port = await listen(server, options.port);
  url = `http://localhost:${port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await Promise.all([tasks.stop(), deliveries.stop()]);
  };
  const owesWebhook = () =>
    !mode.hold && state.tables.deliveries.entries().some(([, { attempts }]) => attempts === 0);
  return { url, port, owesWebhook, close };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
