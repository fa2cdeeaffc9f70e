// What a bundle keeps of SimpleWebAuthn works: keys are read, and signatures of every length are told from forged ones.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleFunctions } from '../../lib/bundling/bundle-functions.ts';
import type { webauthnVerifier } from '../../lambdas/adapters/webauthn/passkey-verifier.ts';
import { newAuthenticator } from '../builders/authenticator.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

const origin = 'https://tender.example';
const challenge = 'c'.repeat(43);
const toMake = JSON.stringify({
  create: {
    challenge,
    rp: { id: 'tender.example' },
    user: { id: 'bWVtXzE' },
    excludeCredentials: [],
  },
});
const toSign = JSON.stringify({ get: { challenge, rpId: 'tender.example' } });

async function bundledVerifier() {
  const [handlersRoot, distRoot] = [temporaryFolder(), temporaryFolder()];
  const source = join(import.meta.dirname, '../../lambdas/adapters/webauthn/passkey-verifier.ts');
  writeFileSync(join(handlersRoot, 'probe.ts'), `export * from ${JSON.stringify(source)};`);
  await bundleFunctions({ handlersRoot, distRoot, names: ['probe'] });
  const bundle: { webauthnVerifier: typeof webauthnVerifier } = await import(
    join(distRoot, 'probe/index.mjs')
  );
  return bundle.webauthnVerifier(origin);
}

it('knows 300 signatures, some with short numbers in them, from as many with a bit turned', async () => {
  const verifier = await bundledVerifier();
  const device = newAuthenticator(origin);
  const made = await verifier.keyMade(device.makes(toMake), challenge);
  if (made === undefined) throw new Error('The key was not read.');

  const lengths = new Set<number>();
  for (let count = 1; count <= 300; count += 1) {
    const answer = device.signs(toSign);
    const signature = Buffer.from(JSON.parse(answer).response.signature, 'base64url');
    lengths.add(signature.length);
    expect(await verifier.signedCount(answer, { ...made, challenge })).toBe(count);

    const at = count % signature.length;
    signature.writeUInt8(signature.readUInt8(at) ^ 1, at);
    const forged = JSON.parse(answer);
    forged.response.signature = signature.toString('base64url');
    const judged = await verifier.signedCount(JSON.stringify(forged), { ...made, challenge });
    expect(judged).toBeUndefined();
  }

  expect(lengths.size).toBeGreaterThan(2);
});

it('refuses a signature that is cut off, has a tail, or is none', async () => {
  const verifier = await bundledVerifier();
  const device = newAuthenticator(origin);
  const made = await verifier.keyMade(device.makes(toMake), challenge);
  if (made === undefined) throw new Error('The key was not read.');
  const answer = JSON.parse(device.signs(toSign));
  const whole = Buffer.from(answer.response.signature, 'base64url');
  const ends = Array.from({ length: whole.length }, (_, end) => whole.subarray(0, end));

  for (const signature of [...ends, Buffer.concat([whole, whole]), Buffer.alloc(72, 0x30)]) {
    answer.response.signature = signature.toString('base64url');
    const judged = await verifier.signedCount(JSON.stringify(answer), { ...made, challenge });
    expect(judged).toBeUndefined();
  }
});
