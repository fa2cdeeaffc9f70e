// The item of a console session: known by its token's fingerprint, dropped a day after it ended.
import * as z from 'zod/mini';
import { type ConsoleSession, endsAtMs } from '../../../domain/console/session.ts';
import { itemFormat } from '../item-format.ts';
import { consoleSessionKey } from '../keys.ts';
import { expiresAfterDays } from './expiry.ts';
import { maybe, moment, personId, version } from './values.ts';

export const consoleSessionItem = itemFormat({
  entity: 'ConsoleSession',
  keys: (session: ConsoleSession) => ({
    ...consoleSessionKey(session.fingerprint),
    ...expiresAfterDays(1, endsAtMs(session)),
  }),
  schema: z.object({
    fingerprint: z.string(),
    version,
    shopId: z.templateLiteral(['shp_', z.string()]),
    personId,
    createdAtMs: moment,
    lastUsedAtMs: moment,
    passkeyId: maybe(z.string()),
  }),
});
