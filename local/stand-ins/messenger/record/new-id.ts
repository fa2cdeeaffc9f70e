// Ids in Meta's shapes: message ids, page-scoped ids, traces.
import { randomBytes, randomInt } from 'node:crypto';

export const newMessageId = () => `m_${randomBytes(48).toString('base64url')}`;

/** 16 or 17 digits, beyond what a JavaScript number holds exactly. */
export function newPsid(): string {
  const digits = Array.from({ length: randomInt(15, 17) }, () => randomInt(10));
  return [randomInt(2, 10), ...digits].join('');
}

export const newTraceId = () => `A${randomBytes(17).toString('base64url').slice(0, 22)}`;

export const newObjectId = () => String(randomInt(100_000_000_000, 999_999_999_999));
