// Keys of merchants' programs: read only as they were written, open only for their own secret, and never repeated.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ApiKey,
  hasKey,
  opens,
  readKey,
  writeKey,
} from '../../../lambdas/domain/merchant-api/api-key.ts';

const keyParts = fc
  .tuple(fc.boolean(), fc.stringMatching(/^[a-z2-7]{20}$/u), fc.stringMatching(/^[\w-]{43}$/u))
  .map(([isLive, id, secret]) => ({ isLive, id: `key_${id}` as const, secret }));

const nowMs = 1_795_000_000_000;
const tokens = { fingerprint: (secret: string) => `print of ${secret}` };
const key: ApiKey = {
  id: 'key_1',
  version: 1,
  shopId: 'shp_1',
  name: 'cash desk',
  scopes: [],
  fingerprint: 'print of new',
  previous: { fingerprint: 'print of old', validUntilMs: nowMs },
  createdAtMs: nowMs,
};

test('a key is read back as it was written, and known for one wherever it stands', () => {
  fc.assert(
    fc.property(keyParts, fc.string(), (parts, around) => {
      const written = writeKey(parts);

      expect(readKey(written)).toEqual(parts);
      expect(hasKey(`${around}${written}${around}`)).toBe(true);
      expect(hasKey(written.slice(0, 'tsk_live_12345678'.length))).toBe(true);
      expect(hasKey(written.slice(0, 'tsk_live_1234567'.length))).toBe(false);
    }),
  );
});

test('with one letter more, less or other in its frame it is none', () => {
  fc.assert(
    fc.property(keyParts, fc.nat(8), (parts, at) => {
      const written = writeKey(parts);

      for (const other of [
        `${written}a`,
        `a${written}`,
        written.slice(0, -1),
        `${written}\n`,
        `${written.slice(0, at)}!${written.slice(at + 1)}`,
        written.replace('tsk_', 'TSK_'),
      ]) {
        expect(readKey(other)).toBeUndefined();
      }
    }),
  );
});

test('a rolled key opens by its old secret until the overlap is over, and a revoked one never', () => {
  const at = (ms: number) => ({ tokens, nowMs: ms });

  expect(opens(key, 'new', at(nowMs))).toBe(true);
  expect(opens(key, 'old', at(nowMs - 1))).toBe(true);
  expect(opens(key, 'old', at(nowMs))).toBe(false);
  expect(opens(key, 'other', at(nowMs - 1))).toBe(false);
  expect(opens({ ...key, revokedAtMs: nowMs }, 'new', at(nowMs))).toBe(false);
  expect(opens({ ...key, revokedAtMs: nowMs }, 'old', at(nowMs - 1))).toBe(false);
});
