// What differs from stage to stage, typed and never secret; the stage and its few inputs come from CDK context.
import type { Settings } from '../../lambdas/domain/settings.ts';

/**
 * local: what `npm start` runs. test: recorded and browser tests. sandbox: deployed, provider in test mode.
 * live: real money.
 */
const STAGE_NAMES = ['local', 'test', 'sandbox', 'live'] as const;

export type StageName = (typeof STAGE_NAMES)[number];

export interface Stage {
  readonly name: StageName;
  /** What every function gets as SETTINGS. */
  readonly settings: Settings;
  /** Requests a second, and at once, that the HTTP API lets in. Meta delivers bursts after an outage of ours. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  readonly logRetentionDays: 14 | 90;
  readonly logLevel: 'DEBUG' | 'INFO';
  readonly graphApiUrl: string;
  readonly stripeApiUrl: string;
  /** Who is written to when an alarm rings; absent, the operator subscribes to the topic another way. */
  readonly alarmEmail: string | undefined;
  /** What the operator should know about this stage's inputs before deploying. */
  readonly warnings: readonly string[];
}

/** Reads one value of CDK context, as `app.node.tryGetContext` does. */
export type ReadContext = (key: string) => unknown;

/** The Page that the Messenger stand-in plays; no Page of Meta's has such an id. */
const STAND_IN_PAGE_ID = '1000';

const SETTINGS_OF_EVERY_STAGE = {
  undoSeconds: 10,
  claimDays: 7,
  draftMinutes: 30,
  requestDays: 14,
  defaultCurrency: 'USD',
  country: 'US',
  feePercent: 0,
} as const;

const VENDORS = {
  graphApiUrl: 'https://graph.facebook.com',
  stripeApiUrl: 'https://api.stripe.com',
} as const;

/**
 * The stage that the context asks for: `stage` (default sandbox), `pageId`, `peerPaymentsApproval` and `alarmEmail`.
 * Throws a sentence for the operator when the stage is unknown, or when a live stage lacks what it needs.
 */
export function readStage(context: ReadContext): Stage {
  const name = readStageName(context('stage') ?? 'sandbox');
  const live = name === 'live';
  const page = readPageId(name, readText(context, 'pageId'));
  return {
    name,
    settings: {
      ...SETTINGS_OF_EVERY_STAGE,
      live,
      peerPaymentsApproval: readText(context, 'peerPaymentsApproval') ?? null,
      pageId: page.id,
    },
    throttle: live ? { rateLimit: 500, burstLimit: 1000 } : { rateLimit: 50, burstLimit: 100 },
    logRetentionDays: live ? 90 : 14,
    logLevel: live || name === 'sandbox' ? 'INFO' : 'DEBUG',
    ...VENDORS,
    alarmEmail: readText(context, 'alarmEmail'),
    warnings: page.warnings,
  };
}

function readStageName(value: unknown): StageName {
  const found = STAGE_NAMES.find((name) => name === value);
  if (found !== undefined) return found;
  throw new Error(
    `There is no stage ${JSON.stringify(value)}. Choose one with -c stage=NAME: ${STAGE_NAMES.join(', ')}.`,
  );
}

function readPageId(stage: StageName, given: string | undefined) {
  if (given !== undefined) {
    if (/^\d{1,20}$/.test(given)) return { id: given, warnings: [] };
    throw new Error(`pageId must be the digits of a Facebook Page id, but it is "${given}".`);
  }
  if (stage === 'live') {
    throw new Error(
      'The live stage needs the Facebook Page that it answers for: -c pageId=DIGITS.',
    );
  }
  const warnings =
    stage === 'sandbox'
      ? [
          `No Facebook Page is named, so this stage answers for the stand-in's Page ${STAND_IN_PAGE_ID}: before you deploy, add -c pageId=DIGITS.`,
        ]
      : [];
  return { id: STAND_IN_PAGE_ID, warnings };
}

function readText(context: ReadContext, key: string): string | undefined {
  const value = context(key);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new Error(`The context value ${key} must be text, but it is ${JSON.stringify(value)}.`);
}
