// Files of tests share their process: none mocks a whole class of the AWS SDK, which the next file would not notice.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test('only the builder that gives it back mocks a whole AWS client', () => {
  const files = globSync('test/**/*.ts', { cwd: root });
  const mocking = files.filter((file) =>
    /\bmockClient\([A-Z]/u.test(readFileSync(join(root, file), 'utf8')),
  );

  expect(mocking).toEqual(['test/builders/mock-sqs.ts']);
});
