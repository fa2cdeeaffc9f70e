// Every deployed function, made of its own stack and wiring for a given world outside, as its file in lambdas/handlers/ is.
import './environment.ts';
import { isEcho } from '../../../lambdas/adapters/aws/chat-message.ts';
import { api } from '../../../lambdas/handlers/middleware/api.ts';
import { page } from '../../../lambdas/handlers/middleware/page.ts';
import { queue } from '../../../lambdas/handlers/middleware/queue.ts';
import { schedule } from '../../../lambdas/handlers/middleware/schedule.ts';
import { stream } from '../../../lambdas/handlers/middleware/stream.ts';
import { webhook } from '../../../lambdas/handlers/middleware/webhook.ts';
import { consolePolicy } from '../../../web/console/console-front.ts';
import { chatWorker } from '../../../lambdas/wiring/chat-worker.ts';
import { merchantConsole } from '../../../lambdas/wiring/console.ts';
import { dueWorker } from '../../../lambdas/wiring/due-worker.ts';
import { merchantApi } from '../../../lambdas/wiring/merchant-api.ts';
import { merchantEvents } from '../../../lambdas/wiring/merchant-events.ts';
import { messengerWebhook } from '../../../lambdas/wiring/messenger-webhook.ts';
import { notifier } from '../../../lambdas/wiring/notifier.ts';
import type { Outside } from '../../../lambdas/wiring/outside.ts';
import { pages } from '../../../lambdas/wiring/pages.ts';
import { providerEventsWorker } from '../../../lambdas/wiring/provider-events-worker.ts';
import { stripeWebhook } from '../../../lambdas/wiring/stripe-webhook.ts';
import { sweeper } from '../../../lambdas/wiring/sweeper.ts';
import { webhookSender } from '../../../lambdas/wiring/webhook-sender.ts';

/** How a container of each is made: what it remembers from one call to the next is its own. */
export function functionsIn(outside: Outside) {
  return {
    'chat-worker': () => queue(chatWorker(outside), isEcho),
    console: () => page(merchantConsole(outside), consolePolicy),
    'due-worker': () => queue(dueWorker(outside)),
    'merchant-api': () => api(merchantApi(outside)),
    'merchant-events': () => stream(merchantEvents(outside)),
    'messenger-webhook': () => webhook(messengerWebhook(outside)),
    notifier: () => stream(notifier(outside)),
    pages: () => page(pages(outside)),
    'provider-events-worker': () => queue(providerEventsWorker(outside)),
    'stripe-webhook': () => webhook(stripeWebhook(outside)),
    sweeper: () => schedule(sweeper(outside)),
    'webhook-sender': () => queue(webhookSender(outside)),
  };
}

export type Functions = ReturnType<typeof functionsIn>;
