// Proves that a Page is set up once and left alone afterwards, against the stand-in's checks of Meta's limits.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createGraphClient } from '../../../lambdas/adapters/messenger/graph-client.ts';
import { setUpPage, subscribedFields } from '../../../lambdas/adapters/messenger/page-setup.ts';
import type { SetupStep } from '../../../lambdas/adapters/messenger/setup-step.ts';
import { utilityTemplates } from '../../../lambdas/adapters/messenger/utility-templates.ts';
import { readPayload } from '../../../lambdas/domain/chat/payloads.ts';
import { readShopPayload } from '../../../lambdas/domain/shops/shop-payloads.ts';
import { createLocalClock } from '../../../local/clock.ts';
import { openDurable } from '../../../local/durable.ts';
import {
  type MessengerStandIn,
  startMessengerStandIn,
} from '../../../local/stand-ins/messenger/messenger-stand-in.ts';

let standIn: MessengerStandIn;
beforeEach(async () => {
  standIn = await startMessengerStandIn({
    port: 0,
    clock: createLocalClock(),
    durable: openDurable(undefined, 'messenger'),
    appSecrets: ['app-secret'],
    pages: [{ id: '1000', name: 'Tender', token: 'page-token' }],
    webhookUrl: 'http://127.0.0.1:1/webhooks/messenger',
    verifyToken: 'verify',
  });
});
afterEach(() => standIn.close());

const listSchema = z.object({
  data: z.array(
    z.object({
      name: z.optional(z.string()),
      subscribed_fields: z.optional(z.array(z.string())),
      get_started: z.optional(z.object({ payload: z.string() })),
      whitelisted_domains: z.optional(z.array(z.string())),
      persistent_menu: z.optional(
        z.array(z.object({ call_to_actions: z.array(z.object({ payload: z.string() })) })),
      ),
    }),
  ),
});

const graph = (pageToken = 'page-token') =>
  createGraphClient({
    apiUrl: standIn.url,
    clock: { now: () => 0 },
    credentialsOf: async () => ({ pageToken, appSecret: 'app-secret' }),
  });
const setUp = (publicUrl = 'https://pay.example.com') =>
  setUpPage(graph(), { pageId: '1000', publicUrl });
const outcomes = (steps: readonly SetupStep[]) =>
  Object.fromEntries(steps.map((step) => [step.what, step.outcome]));
const read = async (edge: string, query: Record<string, string> = {}) => {
  const path = ['1000', edge];
  const answer = await graph().call({ method: 'GET', pageId: '1000', path, query });
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return listSchema.parse(answer.body).data;
};

describe('a new Page', () => {
  test('of a shop has a menu of what buyers want, and a payload that its thread reads behind each', async () => {
    await setUpPage(graph(), { pageId: '1000', publicUrl: 'https://pay.example.com', of: 'shop' });

    const [profile] = await read('messenger_profile', { fields: 'persistent_menu' });
    const menu = profile?.persistent_menu?.[0]?.call_to_actions ?? [];
    expect(menu.map((item) => readShopPayload(item.payload)?.kind)).toEqual([
      'menu',
      'cart',
      'my_orders',
      'talk_to_shop',
    ]);
  });

  test('gets its profile, its subscription and its templates', async () => {
    const path = ['1000', 'subscribed_apps'];
    await graph().call({ method: 'DELETE', pageId: '1000', path });

    const steps = await setUp();
    expect(new Set(steps.map((step) => step.outcome))).toEqual(new Set(['set']));

    const fields = 'get_started,persistent_menu,whitelisted_domains';
    const [profile] = await read('messenger_profile', { fields });
    expect(readPayload(profile?.get_started?.payload ?? '')).toEqual({ kind: 'start' });
    expect(profile?.whitelisted_domains).toEqual(['https://pay.example.com']);
    const menu = profile?.persistent_menu?.[0]?.call_to_actions ?? [];
    expect(menu.map((item) => readPayload(item.payload)?.kind)).toEqual([
      'activity',
      'who_am_i',
      'limits',
      'settings',
      'help',
    ]);

    const [app] = await read('subscribed_apps');
    expect(app?.subscribed_fields).toEqual(expect.arrayContaining([...subscribedFields]));
    const templates = await read('message_templates');
    expect(templates.map((template) => template.name)).toEqual(Object.keys(utilityTemplates));
  });

  test('is found as it should be the second time, and nothing is written', async () => {
    await setUp();
    const steps = await setUp();
    expect(new Set(steps.map((step) => step.outcome))).toEqual(new Set(['as it should be']));
  });

  test('gets back only what somebody has changed', async () => {
    await setUp();
    await graph().call({
      method: 'POST',
      pageId: '1000',
      path: ['1000', 'messenger_profile'],
      body: { greeting: [{ locale: 'default', text: 'Buy now!' }] },
    });
    const steps = await setUp();
    expect(steps.filter((step) => step.outcome === 'set').map((step) => step.what)).toEqual([
      'greeting',
    ]);
  });

  test('on one’s own machine is set up but for the allowed domain', async () => {
    const steps = await setUp('http://localhost:3000');
    expect(outcomes(steps)).toMatchObject({ greeting: 'set', whitelisted_domains: 'skipped' });
    expect(steps.find((step) => step.what === 'whitelisted_domains')?.note).toContain('https');
  });
});

describe('what cannot be set up', () => {
  test('says so step by step: a wrong token', async () => {
    const steps = await setUpPage(graph('wrong'), {
      pageId: '1000',
      publicUrl: 'https://pay.example.com',
    });
    expect(new Set(steps.map((step) => step.outcome))).toEqual(new Set(['failed']));
    expect(steps[0]?.note).toContain('190');
    expect(JSON.stringify(steps)).not.toContain('app-secret');
  });

  test('says so step by step: nobody answers', async () => {
    await standIn.close();
    const steps = await setUp();
    expect(new Set(steps.map((step) => step.outcome))).toEqual(new Set(['failed']));
  });
});

describe('a template that exists with other words', () => {
  test('is left to the operator, because Meta has approved those', async () => {
    await graph().call({
      method: 'POST',
      pageId: '1000',
      path: ['1000', 'message_templates'],
      body: {
        name: 'payment_update',
        language: 'en_US',
        category: 'UTILITY',
        components: [{ type: 'BODY', text: 'Other words of {{1}} with {{2}} inside.' }],
      },
    });
    expect(outcomes(await setUp())).toMatchObject({
      'template payment_update': 'skipped',
      'template payment_waiting': 'set',
    });
  });
});
