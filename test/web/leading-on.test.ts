// A vendor's answer names where the browser goes next: it cannot send people anywhere unsafe.
import { expect, test } from 'vitest';
import { leadingOn } from '../../web/leading-on.ts';

const deployed = {
  publicUrl: 'https://tender.example',
  providerOrigins: ['https://*.stripe.com'],
};
const local = { publicUrl: 'http://localhost:3000', providerOrigins: ['http://localhost:3002'] };
const tunnelled = { ...local, publicUrl: 'https://tunnel.example' };

test.each([
  [deployed, 'https://checkout.stripe.com/c/pay/cs_test_1#fid'],
  [deployed, 'https://hooks.stripe.com/3d_secure_2/hosted?source=1'],
  [deployed, 'https://tender.example/pay/abc'],
  [local, 'http://localhost:3002/c/pay/cs_1'],
  [local, 'http://127.0.0.1:4010/behind-a-proxy'],
  [tunnelled, 'http://localhost:3002/c/pay/cs_1'],
])('From %o the way leads on to %s', (from, to) => {
  expect(leadingOn({ kind: 'redirect', to }, from)).toEqual({ kind: 'redirect', to });
});

test.each([
  [deployed, 'javascript:alert(1)'],
  [deployed, 'data:text/html,<script>alert(1)</script>'],
  [deployed, 'http://checkout.stripe.com/c/pay/cs_1'],
  [deployed, 'https://checkout.stripe.com@evil.example/'],
  [deployed, '//evil.example'],
  [deployed, '/\\evil.example'],
  [deployed, ''],
  [tunnelled, 'http://evil.example/'],
  [local, 'file:///etc/passwd'],
])('From %o nobody is led to %s', (from, to) => {
  expect(() => leadingOn({ kind: 'redirect', to }, from)).toThrow('unsafe address');
});

test('A page stays a page, and a line break in an address is none in a header', () => {
  const page = { kind: 'page', status: 200, html: '' } as const;
  expect(leadingOn(page, deployed)).toBe(page);
  const led = leadingOn({ kind: 'redirect', to: 'https://a.example/\r\nx: y' }, deployed);
  expect(led).toEqual({ kind: 'redirect', to: 'https://a.example/x:%20y' });
});
