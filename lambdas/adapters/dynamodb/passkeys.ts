// Passkeys of members of shops' teams in the Users table, together by member; and the challenges that they sign.
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { PasskeyStore } from '../../domain/console/ports.ts';
import { ask } from './ask.ts';
import { passkeyChallengeItem, passkeyItem } from './items/passkeys.ts';
import { passkeyChallengeKey, passkeyKey, passkeysPartition } from './keys.ts';
import { getItem, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { ifAbsent, outcomeOf, overVersionBefore, put } from './write.ts';

export function dynamoPasskeys(users: Table): PasskeyStore {
  return {
    async get(memberId, credentialId) {
      const item = await getItem(users, passkeyKey(memberId, credentialId));
      return item === undefined ? undefined : passkeyItem.read(item);
    },
    async ofMember(memberId) {
      const items = await queryPartition(users, { pk: passkeysPartition(memberId) });
      return items.map((item) => passkeyItem.read(item));
    },
    async save(passkey) {
      return put(users, passkeyItem.write(passkey), overVersionBefore(passkey.version));
    },
    async remove(memberId, credentialId) {
      const Key = passkeyKey(memberId, credentialId);
      const command = new DeleteCommand({ TableName: users.name, Key });
      await ask(users, () => users.documents.send(command));
    },
    async keepChallenge(challenge) {
      // 256 random bits: what is there already is an earlier try of this very call.
      await put(users, passkeyChallengeItem.write(challenge), ifAbsent);
    },
    async takeChallenge(fingerprint) {
      const Key = passkeyChallengeKey(fingerprint);
      // What goes by a condition goes once; an answer that was lost on its way is asked for anew.
      const command = new DeleteCommand({
        TableName: users.name,
        Key,
        ConditionExpression: 'attribute_exists(pk)',
        ReturnValues: 'ALL_OLD',
      });
      let item: unknown;
      const taken = await outcomeOf(async () => {
        ({ Attributes: item } = await ask(users, () => users.documents.send(command)));
      });
      return taken === 'saved' ? passkeyChallengeItem.read(item) : undefined;
    },
  };
}
