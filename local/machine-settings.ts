// The variables of `npm start`, read once: what each means is in the README's table.

export interface MachineSettings {
  /** The product's origin; the stand-ins take the next two. 0: three free ports. */
  readonly port: number;
  /** Undefined: the stand-in. */
  readonly graphApiUrl?: string;
  readonly stripeApiUrl?: string;
  readonly stripeSecretKey: string;
  readonly stripeWebhookSecret: string;
  readonly messengerAppSecret: string;
  readonly messengerVerifyToken: string;
  readonly messengerPageId: string;
  readonly messengerPageToken: string;
  readonly dataDir?: string;
  readonly dynamoDbUrl?: string;
  /** How the world reaches this machine, where it is not by localhost. */
  readonly publicUrl?: string;
}

export const standInKey = 'sk_test_local';

export const defaultSettings: MachineSettings = {
  port: 3000,
  stripeSecretKey: standInKey,
  stripeWebhookSecret: 'whsec_local',
  messengerAppSecret: 'local-app-secret',
  messengerVerifyToken: 'local-verify-token',
  messengerPageId: '1000',
  messengerPageToken: 'local-page-token',
};

type Environment = Readonly<Record<string, string | undefined>>;

export function readMachineSettings(environment: Environment): MachineSettings {
  const text = (name: string) => environment[name]?.trim() || undefined;
  return {
    port: readPort(text('PORT')),
    stripeSecretKey: text('STRIPE_SECRET_KEY') ?? defaultSettings.stripeSecretKey,
    stripeWebhookSecret: text('STRIPE_WEBHOOK_SECRET') ?? defaultSettings.stripeWebhookSecret,
    messengerAppSecret: text('MESSENGER_APP_SECRET') ?? defaultSettings.messengerAppSecret,
    messengerVerifyToken: text('MESSENGER_VERIFY_TOKEN') ?? defaultSettings.messengerVerifyToken,
    messengerPageId: text('MESSENGER_PAGE_ID') ?? defaultSettings.messengerPageId,
    messengerPageToken: text('MESSENGER_PAGE_TOKEN') ?? defaultSettings.messengerPageToken,
    ...given('graphApiUrl', origin(text('GRAPH_API_URL'), 'GRAPH_API_URL')),
    ...given('stripeApiUrl', origin(text('STRIPE_API_URL'), 'STRIPE_API_URL')),
    ...given('dataDir', text('DATA_DIR')),
    ...given('dynamoDbUrl', origin(text('DYNAMODB_URL'), 'DYNAMODB_URL')),
    ...given('publicUrl', origin(text('PUBLIC_URL'), 'PUBLIC_URL')),
  };
}

function given(name: keyof MachineSettings, value: string | undefined) {
  return value === undefined ? {} : { [name]: value };
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? defaultSettings.port);
  if (Number.isInteger(port) && port >= 0 && port <= 65_533) return port;
  throw new Error(
    `PORT must be a number from 0 to 65533, since the stand-ins take the next two: ${text ?? ''}`,
  );
}

function origin(text: string | undefined, name: string): string | undefined {
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || !/^https?:/u.test(text)) {
    throw new Error(`${name} must be a URL such as http://localhost:4000, but it is “${text}”.`);
  }
  return text.replace(/\/+$/u, '');
}

/** A real test key and no other address means Stripe itself. */
export function stripeOriginFor(settings: MachineSettings, standIn: string): string {
  if (settings.stripeApiUrl !== undefined) return settings.stripeApiUrl;
  return settings.stripeSecretKey === standInKey ? standIn : 'https://api.stripe.com';
}
