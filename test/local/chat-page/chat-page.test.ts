// What the chat page's server hands out, and what it does not.
import { expect, test } from 'vitest';
import { chatPageResponse } from '../../../local/chat-page/chat-page.ts';

test.each([
  ['/_chat/../chat-page.ts'],
  ['/_chat/%2e%2e/chat-page.html'],
  ['/_chat/none.js'],
  ['/pay/x'],
  ['/_chat/'],
])('%s is not served', async (path) => {
  const response = await chatPageResponse(path, { messengerUrl: 'http://localhost:3001' });

  expect(response?.status ?? 404).toBe(404);
});

test('the page runs only its own scripts and talks only to its own door', async () => {
  const response = await chatPageResponse('/', { messengerUrl: 'http://localhost:3001' });

  const policy = response?.headers['content-security-policy'];
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self' http://localhost:3001");
  expect(response?.body).toContain('data-messenger-url="http://localhost:3001"');
});
