// The five secrets of a stage: four that the operator fills, and the pepper that nobody needs to know.
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../../lambdas/wiring/environment.ts';
import type { StageName } from '../config/stages.ts';
import { HouseSecret } from './house-secret.ts';

export interface Secrets {
  readonly messengerApp: HouseSecret;
  readonly messengerPage: HouseSecret;
  readonly stripeKey: HouseSecret;
  readonly stripeWebhook: HouseSecret;
  readonly pinPepper: HouseSecret;
}

const VENDOR_ISSUES_IT =
  'The vendor issues this value, so no function of ours can rotate it; the operator stores the new one beside the old.';

/** Each starts with a value that verifies nothing and opens nothing, until the operator fills it. */
export function makeSecrets(scope: Construct, stage: StageName): Secrets {
  const vendorSecret = { stage, notRotatedBecause: VENDOR_ISSUES_IT };
  return {
    messengerApp: new HouseSecret(scope, {
      ...vendorSecret,
      name: 'messenger-app',
      environmentName: ENVIRONMENT.messengerAppSecretId,
      description:
        '{"appSecrets": [current, previous], "verifyToken"}: Meta app; the token is of our making',
      template: { appSecrets: [] },
      generatedField: 'verifyToken',
    }),
    messengerPage: new HouseSecret(scope, {
      ...vendorSecret,
      name: 'messenger-page',
      environmentName: ENVIRONMENT.messengerPageSecretId,
      description: '{"tokens": {page id: page access token}}: the Pages that we write as',
      template: { tokens: {} },
      generatedField: 'placeholder',
    }),
    stripeKey: new HouseSecret(scope, {
      ...vendorSecret,
      name: 'stripe-key',
      environmentName: ENVIRONMENT.stripeKeySecretId,
      description: '{"secretKey"}: the restricted or secret key of our Stripe account',
      template: {},
      generatedField: 'secretKey',
    }),
    stripeWebhook: new HouseSecret(scope, {
      ...vendorSecret,
      name: 'stripe-webhook',
      environmentName: ENVIRONMENT.stripeWebhookSecretId,
      description: '{"signingSecrets": [current, previous]}: of the Stripe webhook endpoint',
      template: { signingSecrets: [] },
      generatedField: 'placeholder',
    }),
    pinPepper: new HouseSecret(scope, {
      stage,
      name: 'pin-pepper',
      environmentName: ENVIRONMENT.pinPepperSecretId,
      description: '{"pepper"}: mixed into every PIN; generated, and never to be changed',
      template: {},
      generatedField: 'pepper',
      notRotatedBecause: 'Every stored PIN depends on it: a new pepper would lock everybody out.',
    }),
  };
}
