// What the pages need of the world, and one request to them.
import type { World } from '../lambdas/domain/world.ts';

export type PageWorld = Omit<
  World,
  | 'messenger'
  | 'profiles'
  | 'resendQueue'
  | 'dueIndex'
  | 'dueQueue'
  | 'providerEvents'
  | 'outbox'
  | 'conversations'
> & {
  /** Origins where Stripe's own pages live; a form of ours may lead there. */
  readonly providerOrigins: readonly string[];
};

export interface PageRequest {
  readonly method: 'GET' | 'POST';
  /** What the path holds: the key of a link, or the name of a picture. */
  readonly token: string;
  /** The browser's mark as it came, before we made one. */
  readonly browser: string | undefined;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly form: URLSearchParams;
}
