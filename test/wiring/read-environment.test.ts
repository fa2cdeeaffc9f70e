// Proves that nothing runs on half a configuration, and that the operator is told all that is missing.
import { describe, expect, test } from 'vitest';
import { readEnvironment, readSettings } from '../../lambdas/wiring/read-environment.ts';

const settings = {
  live: false,
  peerPaymentsApproval: null,
  pageId: '1000',
  undoSeconds: 10,
  claimDays: 7,
  draftMinutes: 30,
  requestDays: 14,
  defaultCurrency: 'USD',
  country: 'US',
  feePercent: 0,
};
const read = (changes: Readonly<Record<string, unknown>>) =>
  readSettings({ SETTINGS: JSON.stringify({ ...settings, ...changes }) });

describe('the environment', () => {
  test('is read under our own names', () => {
    const source = { USERS_TABLE: 'users', DUE_QUEUE_URL: 'https://sqs/due', OTHER: 'x' };
    expect(readEnvironment(['usersTable', 'dueQueueUrl'], source)).toEqual({
      usersTable: 'users',
      dueQueueUrl: 'https://sqs/due',
    });
  });

  test('that lacks something names all of it at once; empty is missing', () => {
    expect(() =>
      readEnvironment(['usersTable', 'dueQueueUrl', 'stage'], { STAGE: 'dev', USERS_TABLE: '' }),
    ).toThrow('Not set in the environment: USERS_TABLE, DUE_QUEUE_URL');
  });
});

describe('settings', () => {
  test('are read as the domain knows them', () => {
    expect(read({})).toEqual(settings);
  });

  test.each([
    ['live', 'yes'],
    ['pageId', ''],
    ['undoSeconds', -1],
    ['claimDays', 0],
    ['draftMinutes', 1.5],
    ['requestDays', '14'],
    ['defaultCurrency', 'XYZ'],
    ['country', 'usa'],
    ['feePercent', 100],
    ['peerPaymentsApproval', 5],
  ])('with a wrong %s are refused by its name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });

  test('that are no JSON are refused', () => {
    expect(() => readSettings({ SETTINGS: '{' })).toThrow('SETTINGS is not JSON');
    expect(() => readSettings({ SETTINGS: '[]' })).toThrow('SETTINGS cannot be used');
    expect(() => readSettings({})).toThrow('Not set in the environment: SETTINGS');
  });
});
