// The world outside of the simulated functions: every call goes through the engine, which decides when and whether it is answered.
import { createHash } from 'node:crypto';
import type { Outside } from '../../../lambdas/wiring/outside.ts';
import type { PostAnswer } from '../../../lambdas/domain/merchant-api/ports.ts';
import type { LastWord, ShopProvider } from '../../../lambdas/domain/orders/ports.ts';
import type { PaymentProvider } from '../../../lambdas/domain/payments/ports.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { Engine } from '../engine.ts';
import type { Fault } from '../fault.ts';
import { documentsOf, sqsOf } from './aws.ts';
import { type MessengerSite, refusal } from './messenger.ts';

export interface Vendors {
  readonly messenger: MessengerSite;
  readonly provider: PaymentProvider;
  readonly shopProvider: ShopProvider;
  readonly tokens: NonNullable<Outside['tokens']>;
  /** By id, as Secrets Manager keeps them. */
  readonly secrets: Map<string, unknown>;
  lastWord: Awaited<ReturnType<LastWord['ask']>>;
  /** What merchants' endpoints were posted. */
  readonly posted: { readonly id: string; readonly url: string }[];
}

export function outsideOf(engine: Engine, cloud: Cloud, vendors: Vendors): Outside {
  return {
    clock: { now: () => engine.clock.now() + engine.skewMs },
    pause: (ms) =>
      engine.call({
        to: 'tables',
        name: `pause ${ms}`,
        act: () => undefined,
        fail: () => undefined,
      }),
    tokens: vendors.tokens,
    documents: documentsOf(engine, cloud),
    sqs: sqsOf(engine, cloud),
    askForSecret: (secretId) =>
      engine.call({
        to: 'secrets',
        name: secretId,
        act: () => JSON.stringify({ SecretString: JSON.stringify(vendors.secrets.get(secretId)) }),
        fail: () => {
          throw new Error(`Secret ${secretId} cannot be read`);
        },
      }),
    exchangeWithGraph: (request) =>
      engine.call({
        to: 'messenger',
        name: `${request.method} ${request.url.pathname.split('/').at(-1)}`,
        act: () => vendors.messenger.take(request),
        fail: ({ kind }) => graphFailure(kind),
      }),
    providers: {
      provider: throughEngine(engine, vendors.provider, ''),
      shopProvider: throughEngine(engine, vendors.shopProvider, 'shop '),
    },
    ...merchants(engine, vendors),
    pinHasher: {
      newSalt: () => 'salt',
      hash: async (pin, salt) => sha256(`${salt}:${pin}`),
      isSame: (one, other) => one === other,
    },
  };
}

/** Counted, not random; used by all containers together. */
export function countedTokens(): NonNullable<Outside['tokens']> {
  let made = 0;
  return {
    newToken: () => sha256(`token ${(made += 1)}`).slice(0, 43),
    fingerprint: sha256,
  };
}

function graphFailure(kind: Fault['kind']) {
  if (kind === 'throttled') return refusal(613);
  if (kind === 'says_no') return refusal(2);
  if (kind === 'server_error') return { kind: 'answered', status: 503, text: 'busy' } as const;
  return { kind: kind === 'lost_before' ? 'not_sent' : 'unclear', why: 'timeout' } as const;
}

/** Each method of a port, and of a port within it, as a call of the engine's. */
function throughEngine<Port extends object>(engine: Engine, port: Port, path: string): Port {
  return new Proxy(port, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value === 'object' && value !== null)
        return throughEngine(engine, value, `${path}${String(key)}.`);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        engine
          .call({
            to: 'stripe',
            name: `${path}${String(key)}`,
            act: () => ({ answer: quietly(Reflect.apply(value, target, given)) }),
            fail: () => ({ answer: { kind: 'unknown', why: 'no_answer' } }),
          })
          .then(({ answer }) => answer);
    },
  });
}

/** Whoever asked may be gone by the time of the answer. */
function quietly(answer: unknown): unknown {
  if (answer instanceof Promise) answer.catch(() => undefined);
  return answer;
}

function merchants(engine: Engine, vendors: Vendors): Pick<Outside, 'lastWord' | 'webhookSender'> {
  return {
    lastWord: {
      ask: ({ shop }) =>
        shop.lastWord === undefined
          ? Promise.resolve({ kind: 'go' })
          : engine.call({
              to: 'merchant',
              name: 'last word',
              act: () => vendors.lastWord,
              fail: ({ kind }) =>
                kind === 'says_no' ? { kind: 'no', why: 'no milk' } : { kind: 'silent' },
            }),
    },
    webhookSender: {
      post: ({ id, url }) =>
        engine.call<PostAnswer>({
          to: 'merchant',
          name: 'webhook',
          act: () => {
            vendors.posted.push({ id, url });
            return { kind: 'answered', status: 200, text: 'ok', tookMs: 5 };
          },
          fail: ({ kind }) =>
            kind === 'server_error' || kind === 'says_no'
              ? { kind: 'answered', status: kind === 'says_no' ? 429 : 500, text: '', tookMs: 5 }
              : { kind: 'no_answer', why: 'timeout', tookMs: 10_000 },
        }),
    },
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
