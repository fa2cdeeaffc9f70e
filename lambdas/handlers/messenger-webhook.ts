// GET and POST /webhooks/messenger: Meta's handshake and deliveries.
import { messengerWebhook } from '../wiring/messenger-webhook.ts';
import { webhook } from './middleware/webhook.ts';

export const handler = webhook(messengerWebhook());
