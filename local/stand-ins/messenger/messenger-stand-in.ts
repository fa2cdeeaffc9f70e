// A stateful imitation of Messenger: the Graph API, signed webhooks, and a door to act as people.
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalClock } from '../../clock.ts';
import type { Vendor } from '../../until-settled.ts';
import type { Durable } from '../../durable.ts';
import { type ControlDoor, DOOR_PATH, createControlDoor } from './door/control-door.ts';
import { openRequestLog } from './door/request-log.ts';
import { openSettings } from './door/settings.ts';
import { createStream } from './door/stream.ts';
import { type GraphDoor, createGraphDoor } from './graph/graph-door.ts';
import { refusalBody, tooLarge } from './graph/refusal.ts';
import { openSendFaults } from './graph/send-faults.ts';
import { readRequest, writeAnswer } from './http/exchange.ts';
import { openHistory } from './record/history.ts';
import { newTraceId } from './record/new-id.ts';
import { createPresence } from './record/presence.ts';
import type { Page } from './record/world.ts';
import { startWebhookDelivery } from './webhooks/webhook-delivery.ts';
import { openWebhookFaults } from './webhooks/webhook-faults.ts';

/** The id of the app that answers for every page, as echoes carry it. */
const APP_ID = '2000';

export interface MessengerStandInOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly clock: LocalClock;
  /** Keeps people, threads and webhooks still owed. */
  readonly durable: Durable;
  /** The first one signs; every one is good for an `appsecret_proof`. */
  readonly appSecrets: readonly string[];
  readonly pages: readonly Page[];
  readonly webhookUrl: string;
  readonly verifyToken: string;
}

export interface MessengerStandIn extends Vendor {
  /** Base of the Graph API, version excluded, and of the door. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function startMessengerStandIn(
  options: MessengerStandInOptions,
): Promise<MessengerStandIn> {
  const house = openHouse(options);
  const server = createServer((incoming, response) => {
    answer(incoming, response, house).catch((cause: unknown) => {
      console.error('Messenger stand-in:', cause);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const port = portOf(server.address());
  return {
    url: `http://localhost:${port}`,
    port,
    owesWebhook: house.owesWebhook,
    close: () =>
      new Promise((resolve) => {
        house.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

interface House {
  readonly graphDoor: GraphDoor;
  readonly controlDoor: ControlDoor;
  owesWebhook(): boolean;
  close(): void;
}

function openHouse(options: MessengerStandInOptions): House {
  const { clock, durable, pages, appSecrets, webhookUrl, verifyToken } = options;
  const history = openHistory({ clock, durable, pages, appId: APP_ID });
  const presence = createPresence(clock.now);
  const webhookFaults = openWebhookFaults(durable);
  const sendFaults = openSendFaults(durable);
  const requests = openRequestLog(durable);
  const settings = openSettings(durable);
  const stream = createStream(history, presence);
  const delivery = startWebhookDelivery({
    target: { webhookUrl, appSecrets },
    clock,
    history,
    faults: webhookFaults,
  });
  const site = { clock, history, presence, delivery, sendFaults, webhookFaults, requests };
  return {
    graphDoor: createGraphDoor({
      site: { history, presence, appId: APP_ID, now: clock.now },
      faults: sendFaults,
      requests,
      credentials: () => ({
        pages,
        appSecrets,
        proofRequired: settings.isProofRequired(),
        nowMs: clock.now(),
      }),
    }),
    controlDoor: createControlDoor({ ...site, settings, webhookUrl, verifyToken }, stream),
    owesWebhook: () => delivery.list().some(({ state }) => state === 'pending'),
    close() {
      delivery.close();
      stream.close();
    },
  };
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  { graphDoor, controlDoor }: House,
): Promise<void> {
  const request = await readRequest(incoming);
  if (request === undefined) {
    const refusal = tooLarge();
    const body = refusalBody(refusal, newTraceId());
    return writeAnswer(response, {
      status: refusal.status,
      body,
      headers: { connection: 'close' },
    });
  }
  const atDoor = request.path === DOOR_PATH || request.path.startsWith(`${DOOR_PATH}/`);
  return atDoor ? controlDoor(request, response) : graphDoor(request, response);
}
