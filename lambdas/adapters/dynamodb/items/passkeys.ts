// The items of a passkey and of a challenge: what checks a signature, and nothing that could make one.
import * as z from 'zod/mini';
import type { Passkey, PasskeyChallenge } from '../../../domain/console/passkey.ts';
import { itemFormat } from '../item-format.ts';
import { passkeyChallengeKey, passkeyKey } from '../keys.ts';
import { expiresAfterDays } from './expiry.ts';
import { maybe, moment, personId, shopId, version } from './values.ts';

export const passkeyItem = itemFormat({
  entity: 'Passkey',
  keys: ({ memberId, credentialId }: Passkey) => passkeyKey(memberId, credentialId),
  schema: z.object({
    memberId: z.templateLiteral(['mem_', z.string()]),
    credentialId: z.string(),
    version,
    personId,
    shopId,
    name: z.string(),
    publicKey: z.string(),
    counter: z.int(),
    createdAtMs: moment,
    lastUsedAtMs: maybe(moment),
  }),
});

export const passkeyChallengeItem = itemFormat({
  entity: 'PasskeyChallenge',
  keys: ({ fingerprint, expiresAtMs }: PasskeyChallenge) => ({
    ...passkeyChallengeKey(fingerprint),
    ...expiresAfterDays(0, expiresAtMs),
  }),
  schema: z.object({
    fingerprint: z.string(),
    purpose: z.enum(['add', 'sign_in']),
    boundTo: z.string(),
    expiresAtMs: moment,
  }),
});
