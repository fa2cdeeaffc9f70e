// Proves that a profile is read where we may, and that not knowing a name is never a failure.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGraphClient } from '../../../lambdas/adapters/messenger/graph-client.ts';
import { createProfileSource } from '../../../lambdas/adapters/messenger/profile.ts';
import { json, type LocalServer, startLocalServer } from '../../builders/local-server.ts';

let server: LocalServer;
beforeEach(async () => {
  server = await startLocalServer();
});
afterEach(() => server.close());

const profileOf = () =>
  createProfileSource(
    createGraphClient({
      apiUrl: server.url,
      clock: { now: () => 0 },
      credentialsOf: async () => ({ pageToken: 't', appSecret: 's' }),
    }),
  ).profileOf({ pageId: '1000', psid: '7182' });

describe('a profile', () => {
  test.each([
    [
      { name: 'Ann Lee', locale: 'de_DE', id: '7182' },
      { name: 'Ann Lee', locale: 'de-DE' },
    ],
    [{ first_name: 'Ann', last_name: 'Lee' }, { name: 'Ann Lee' }],
    [{ first_name: 'Ann' }, { name: 'Ann' }],
    [{ name: 'משה\u0000 כהן' }, { name: 'משה כהן' }],
    [{ name: 'Ann', locale: 'not a locale' }, { name: 'Ann' }],
    [{ name: '  ', locale: 'en_US' }, { locale: 'en-US' }],
    [{ id: '7182' }, undefined],
    [{}, undefined],
    [{ name: 5 }, undefined],
    [[], undefined],
  ])('%j is %j', async (body, profile) => {
    server.answer = json(200, body);
    expect(await profileOf()).toEqual(profile);
    expect(server.received[0]).toMatchObject({ method: 'GET', path: '/v26.0/7182' });
    expect(server.received[0]?.query.get('fields')).toBe('name,first_name,last_name,locale');
  });

  test('is asked for without the locale where that needs a permission that we lack', async () => {
    server.answer = (response, received) => {
      const asksForLocale = received.query.get('fields')?.includes('locale') === true;
      json(
        asksForLocale ? 400 : 200,
        asksForLocale ? { error: { code: 100, error_subcode: 2018247 } } : { name: 'Ann' },
      )(response, received);
    };
    expect(await profileOf()).toEqual({ name: 'Ann' });
  });

  test.each([
    ['a phone-only account', json(400, { error: { code: 100, error_subcode: 2018218 } })],
    ['an error of the server', json(500, {})],
    ['words', json(200, 'Ann')],
  ])('of %s is not known, and that is all', async (_, answer) => {
    server.answer = answer;
    expect(await profileOf()).toBeUndefined();
  });

  test('is not known while nobody answers', async () => {
    await server.close();
    expect(await profileOf()).toBeUndefined();
  });
});
