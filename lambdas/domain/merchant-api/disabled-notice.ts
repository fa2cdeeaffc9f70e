// What a shop's owner is told when we have stopped to call one of their endpoints.
import type { WebhookEndpoint } from './webhook-endpoint.ts';

/** Undefined when it was their own doing. The host alone: paths may hold keys of theirs, and the thread is Meta's too. */
export function disabledNotice(endpoint: WebhookEndpoint): string | undefined {
  const { host } = new URL(endpoint.url);
  const why = endpoint.disabledBecause ?? 'merchant';
  switch (why) {
    case 'merchant':
      return undefined;
    case 'gone':
      return `Your webhook endpoint at ${host} said that it is gone, so I stopped sending events there. Turn it on again in the console when it is back.`;
    case 'failing':
      return `Your webhook endpoint at ${host} has not taken an event for three days, so I stopped sending there. Nothing is lost: the events are in the console, where you can turn it on and send them again.`;
  }
}
