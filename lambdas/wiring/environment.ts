// The names of the environment variables that a deployed function may find: the stacks set them, wiring reads them.

/** Every name exists here once. A function gets all of the first group, and of the second only what its work needs. */
export const ENVIRONMENT = {
  stage: 'STAGE',
  /** One JSON text: `Settings` of the domain. */
  settings: 'SETTINGS',
  /** The origin that people and vendors reach us at, without a trailing slash. */
  publicUrl: 'PUBLIC_URL',
  /** Base URL of the Graph API, version excluded. */
  graphApiUrl: 'GRAPH_API_URL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
  logLevel: 'POWERTOOLS_LOG_LEVEL',

  usersTable: 'USERS_TABLE',
  transactionsTable: 'TRANSACTIONS_TABLE',
  chatQueueUrl: 'CHAT_QUEUE_URL',
  providerEventsQueueUrl: 'PROVIDER_EVENTS_QUEUE_URL',
  dueQueueUrl: 'DUE_QUEUE_URL',
  /** Of deliveries to merchants' endpoints. */
  webhookQueueUrl: 'WEBHOOK_QUEUE_URL',
  stripeApiUrl: 'STRIPE_API_URL',
  messengerAppSecretId: 'MESSENGER_APP_SECRET_ID',
  messengerPageSecretId: 'MESSENGER_PAGE_SECRET_ID',
  stripeKeySecretId: 'STRIPE_KEY_SECRET_ID',
  stripeWebhookSecretId: 'STRIPE_WEBHOOK_SECRET_ID',
  pinPepperSecretId: 'PIN_PEPPER_SECRET_ID',
} as const;

export type EnvironmentName = (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT];
