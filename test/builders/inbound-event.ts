// Inbound events in our words, as the webhook queues them.
import type { InboundEvent } from '../../lambdas/domain/chat/inbound-event.ts';

export function messageFrom(psid: string, id: string, text = 'help'): InboundEvent {
  return {
    id,
    address: { pageId: '1000', psid },
    atMs: 1_795_000_000_000,
    kind: 'message',
    text,
    redacted: [],
  };
}
