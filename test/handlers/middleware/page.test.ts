// Proves that no page leaves without its headers, and that a broken one shows words and nothing else.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { page as DeployedPage } from '../../../lambdas/handlers/middleware/page.ts';
import type { PageAnswer } from '../../../web/page-answer.ts';
import { apiGatewayEvent, lambdaContext } from '../../builders/api-gateway-event.ts';
import { captureLogs } from '../../builders/deployed-function.ts';

let page: typeof DeployedPage;
let logs: () => string;
beforeAll(async () => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  logs = captureLogs();
  ({ page } = await import('../../../lambdas/handlers/middleware/page.ts'));
});

const show = (answer: PageAnswer | Error) =>
  page(async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  })(apiGatewayEvent({ method: 'GET', path: '/pay/abc' }), lambdaContext);

const simple: PageAnswer = { kind: 'page', status: 200, html: '<!doctype html><p>Hi</p>' };

describe('a page', () => {
  test('is kept by no cache, tells nobody its address and cannot be framed elsewhere', async () => {
    const answer = await show(simple);
    expect(answer).toMatchObject({
      statusCode: 200,
      body: simple.html,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      },
    });
    const policy = String(answer.headers?.['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain('unsafe');
  });

  test('may use exactly the style and the form targets that it names', async () => {
    const style = 'body{margin:0}';
    const answer = await show({
      ...simple,
      styles: [style],
      formTargets: ['https://checkout.stripe.com'],
    });
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = String(answer.headers?.['content-security-policy']);
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).toContain("form-action 'self' https://checkout.stripe.com");
  });

  test('after a POST leads on by GET', async () => {
    expect(await show({ kind: 'redirect', to: '/pay/abc' })).toMatchObject({
      statusCode: 303,
      headers: { location: '/pay/abc', 'cache-control': 'no-store' },
    });
  });
});

describe('a page that breaks', () => {
  test('says so in words, with the same headers, and nothing of what went wrong', async () => {
    const answer = await show(new Error('no item for token abc'));
    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain('Something went wrong');
    expect(answer.body).not.toContain('token abc');
    expect(answer.headers?.['cache-control']).toBe('no-store');
    expect(logs()).toContain('page_failed');
  });
});
