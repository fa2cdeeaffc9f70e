// Console sessions in the Users table, known by the fingerprint of their token.
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { ConsoleSessionStore } from '../../domain/console/ports.ts';
import { ask } from './ask.ts';
import { consoleSessionItem } from './items/console-sessions.ts';
import { consoleSessionKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { overVersionBefore, put } from './write.ts';

export function dynamoConsoleSessions(users: Table): ConsoleSessionStore {
  return {
    async get(fingerprint) {
      const item = await getItem(users, consoleSessionKey(fingerprint));
      return item === undefined ? undefined : consoleSessionItem.read(item);
    },
    async save(session) {
      return put(users, consoleSessionItem.write(session), overVersionBefore(session.version));
    },
    async end(fingerprint) {
      const command = new DeleteCommand({
        TableName: users.name,
        Key: consoleSessionKey(fingerprint),
      });
      await ask(users, () => users.documents.send(command));
    },
  };
}
