// The deployed functions: each name is a file in lambdas/handlers/, a bundle in dist/, and a Lambda in a stack.

export const FUNCTION_NAMES = [
  'messenger-webhook',
  'chat-worker',
  'stripe-webhook',
  'provider-events-worker',
  'notifier',
  'due-worker',
  'sweeper',
  'events-backfill',
  'bookkeeper',
  'pages',
  'console',
  'merchant-api',
  'merchant-events',
  'webhook-sender',
] as const;

export type FunctionName = (typeof FUNCTION_NAMES)[number];
