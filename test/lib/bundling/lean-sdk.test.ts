// What is left out of libraries is there to be left out: an update that moves it is noticed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PASSKEY_CUTS } from '../../../lib/bundling/lean-passkeys.ts';
import { SDK_CUTS } from '../../../lib/bundling/lean-sdk.ts';

const root = join(import.meta.dirname, '../../..');

describe('what is left out of libraries', () => {
  it.each([...SDK_CUTS, ...PASSKEY_CUTS])(
    '$file is still there, and not yet what stands instead',
    ({ file, instead }) => {
      const path = join(root, 'node_modules', file);
      expect(existsSync(path)).toBe(true);

      const text = readFileSync(path, 'utf8');
      expect(typeof instead === 'string' ? instead : instead(text)).not.toBe(text);
    },
  );
});
