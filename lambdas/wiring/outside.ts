// All of the world outside that a function can be given in place of the real one, as a simulation does; deployed, none is.
import type { SecretsExtension } from '../adapters/aws/secrets.ts';
import type { SqsSender } from '../adapters/aws/sqs-client.ts';
import type { Documents, Table } from '../adapters/dynamodb/table.ts';
import type { GraphParts } from '../adapters/messenger/graph-client.ts';
import type { WebhookSender } from '../domain/merchant-api/ports.ts';
import type { LastWord, ShopProvider } from '../domain/orders/ports.ts';
import type { ShopMoney } from '../domain/orders/shop-money.ts';
import type { PaymentProvider } from '../domain/payments/ports.ts';
import type { PinHasher } from '../domain/people/ports.ts';
import type { Clock, Tokens } from '../domain/ports.ts';

export interface Outside {
  readonly clock?: Clock;
  readonly tokens?: Tokens;
  readonly documents?: Documents;
  /** How a store waits before it tries again. */
  readonly pause?: Table['pause'];
  readonly sqs?: SqsSender;
  readonly askForSecret?: NonNullable<SecretsExtension['ask']>;
  readonly exchangeWithGraph?: NonNullable<GraphParts['exchange']>;
  readonly providers?: {
    readonly provider: PaymentProvider;
    readonly shopProvider: ShopProvider;
  };
  readonly shopMoney?: ShopMoney;
  readonly lastWord?: LastWord;
  readonly pinHasher?: PinHasher;
  readonly webhookSender?: WebhookSender;
}
