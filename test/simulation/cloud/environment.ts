// The environment of every simulated function, set before anything of theirs is imported.
import type { Settings } from '../../../lambdas/domain/settings.ts';

export const walletPage = '1000';
export const publicUrl = 'https://tender.example';

const settings: Settings = {
  live: false,
  peerPaymentsApproval: null,
  pageId: walletPage,
  undoSeconds: 10,
  claimDays: 7,
  draftMinutes: 30,
  requestDays: 14,
  defaultCurrency: 'USD',
  country: 'US',
  feePercent: 0,
};

const environment = {
  STAGE: 'simulation',
  SETTINGS: JSON.stringify(settings),
  PUBLIC_URL: publicUrl,
  GRAPH_API_URL: 'https://graph.example',
  STRIPE_API_URL: 'https://stripe.example',
  POWERTOOLS_SERVICE_NAME: 'simulation',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  USERS_TABLE: 'Users',
  TRANSACTIONS_TABLE: 'Transactions',
  CHAT_QUEUE_URL: 'https://sqs.example/chat',
  PROVIDER_EVENTS_QUEUE_URL: 'https://sqs.example/provider-events',
  DUE_QUEUE_URL: 'https://sqs.example/due',
  WEBHOOK_QUEUE_URL: 'https://sqs.example/webhooks',
  MESSENGER_APP_SECRET_ID: 'messenger-app',
  MESSENGER_PAGE_SECRET_ID: 'messenger-page',
  STRIPE_KEY_SECRET_ID: 'stripe-key',
  STRIPE_WEBHOOK_SECRET_ID: 'stripe-webhook',
  PIN_PEPPER_SECRET_ID: 'pin-pepper',
} as const;

for (const [name, value] of Object.entries(environment)) process.env[name] ??= value;
