// The twin of the store of passkeys and of their challenges.
import type { Passkey, PasskeyChallenge } from '../../domain/console/passkey.ts';
import type { PasskeyStore } from '../../domain/console/ports.ts';
import { newShelf } from './shelf.ts';

export function memoryPasskeys(): PasskeyStore {
  const passkeys = newShelf<Passkey>('Passkey');
  const challenges = newShelf<PasskeyChallenge>('PasskeyChallenge');
  return {
    get: async (memberId, credentialId) => passkeys.get(memberId, credentialId),
    ofMember: async (memberId) => passkeys.all().filter((each) => each.memberId === memberId),
    async save(passkey) {
      const key = [passkey.memberId, passkey.credentialId];
      if (!passkeys.isNext(passkey.version, ...key)) return 'conflict';
      passkeys.put(passkey, ...key);
      return 'saved';
    },
    remove: async (memberId, credentialId) => passkeys.remove(memberId, credentialId),
    keepChallenge: async (challenge) => challenges.put(challenge, challenge.fingerprint),
    async takeChallenge(fingerprint) {
      const taken = challenges.get(fingerprint);
      challenges.remove(fingerprint);
      return taken;
    },
  };
}
