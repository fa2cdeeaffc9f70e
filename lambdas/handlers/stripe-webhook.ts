// POST /webhooks/stripe: what Stripe says has happened.
import { stripeWebhook } from '../wiring/stripe-webhook.ts';
import { webhook } from './middleware/webhook.ts';

export const handler = webhook(stripeWebhook());
