// Every documented limit of the Send API and the Messenger Profile: at the limit it passes, one beyond it is refused.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANN, type MessengerSite, openMessengerSite } from './messenger-site.ts';

let site: MessengerSite;
beforeAll(async () => {
  site = await openMessengerSite();
  await site.join();
  await site.act('text', { text: 'hello' });
});
afterAll(() => site.close());

const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const postback = (more: object = {}) => ({
  type: 'postback',
  title: 'Buy',
  payload: 'BUY',
  ...more,
});
const webUrl = (more: object = {}) => ({
  type: 'web_url',
  title: 'Open',
  url: 'https://tender.example/a',
  ...more,
});
const template = (payload: object) => ({ attachment: { type: 'template', payload } });
const buttonTemplate = (more: object = {}) =>
  template({ template_type: 'button', text: 'Choose', buttons: [postback()], ...more });
const withButton = (button: object) => buttonTemplate({ buttons: [button] });
const quickReply = (more: object = {}) => ({
  content_type: 'text',
  title: 'Yes',
  payload: 'YES',
  ...more,
});
const withQuickReplies = (count: number, more: object = {}) => ({
  text: 'Sure?',
  quick_replies: times(count, () => quickReply(more)),
});
const card = (more: object = {}) => ({ title: 'Latte', subtitle: 'Hot', ...more });
const generic = (count: number, more: object = {}) =>
  template({ template_type: 'generic', elements: times(count, () => card(more)) });
const media = (count: number, more: object = {}) =>
  template({
    template_type: 'media',
    elements: times(count, () => ({ media_type: 'image', attachment_id: '1', ...more })),
  });
let orders = 0;
const receipt = (more: object = {}) =>
  template({
    template_type: 'receipt',
    recipient_name: 'Ann',
    order_number: `order-${++orders}`,
    currency: 'USD',
    payment_method: 'Visa 4242',
    summary: { total_cost: 20 },
    ...more,
  });
const feedback = (more: object = {}, question: object = {}) =>
  template({
    template_type: 'customer_feedback',
    title: 'How was it?',
    feedback_screens: [{ questions: [{ id: 'q1', type: 'csat', ...question }] }],
    business_privacy: { url: 'https://tender.example/privacy' },
    ...more,
  });

/** What; at the limit; one beyond; the field that the refusal must name. */
const messageLimits: [string, unknown, unknown, string][] = [
  ['text', { text: x(1999) }, { text: x(2000) }, 'message[text]'],
  ['text that is empty', { text: 'x' }, { text: '' }, 'message[text]'],
  [
    'metadata',
    { text: 'x', metadata: x(999) },
    { text: 'x', metadata: x(1000) },
    'message[metadata]',
  ],
  ['quick replies', withQuickReplies(13), withQuickReplies(14), 'message[quick_replies]'],
  [
    'quick reply title',
    withQuickReplies(1, { title: x(20) }),
    withQuickReplies(1, { title: x(21) }),
    '[title]',
  ],
  [
    'quick reply payload',
    withQuickReplies(1, { payload: x(1000) }),
    withQuickReplies(1, { payload: x(1001) }),
    '[payload]',
  ],
  [
    'quick reply kind',
    withQuickReplies(1),
    withQuickReplies(1, { content_type: 'location' }),
    '[content_type]',
  ],
  [
    'button template text',
    buttonTemplate({ text: x(640) }),
    buttonTemplate({ text: x(641) }),
    '[payload][text]',
  ],
  [
    'most buttons',
    buttonTemplate({ buttons: times(3, () => postback()) }),
    buttonTemplate({ buttons: times(4, () => postback()) }),
    '[buttons]',
  ],
  ['fewest buttons', buttonTemplate(), buttonTemplate({ buttons: [] }), '[buttons]'],
  [
    'button title',
    withButton(postback({ title: x(20) })),
    withButton(postback({ title: x(21) })),
    '[buttons][0][title]',
  ],
  [
    'button payload',
    withButton(postback({ payload: x(1000) })),
    withButton(postback({ payload: x(1001) })),
    '[buttons][0][payload]',
  ],
  [
    'button kind',
    withButton(postback()),
    withButton({ type: 'payment', title: 'Pay', payload: 'x' }),
    '[buttons][0][type]',
  ],
  [
    'link over https',
    withButton(webUrl()),
    withButton(webUrl({ url: 'http://tender.example/a' })),
    '[buttons][0][url]',
  ],
  [
    'link to this machine',
    withButton(webUrl({ url: 'http://localhost:3000/pay/x' })),
    withButton(webUrl({ url: 'localhost:3000' })),
    '[buttons][0][url]',
  ],
  [
    'webview height',
    withButton(webUrl({ webview_height_ratio: 'tall' })),
    withButton(webUrl({ webview_height_ratio: 'half' })),
    '[webview_height_ratio]',
  ],
  [
    'phone number',
    withButton({ type: 'phone_number', title: 'Call', payload: '+15105551234' }),
    withButton({ type: 'phone_number', title: 'Call', payload: '5551234' }),
    '[buttons][0][payload]',
  ],
  [
    'unknown key in a button',
    withButton(postback()),
    withButton(postback({ colour: 'red' })),
    '"colour"',
  ],
  ['unknown key in a template', buttonTemplate(), buttonTemplate({ footer: 'x' }), '"footer"'],
  ['generic elements', generic(10), generic(11), '[elements]'],
  [
    'generic title',
    generic(1, { title: x(80) }),
    generic(1, { title: x(81) }),
    '[elements][0][title]',
  ],
  [
    'generic subtitle',
    generic(1, { subtitle: x(80) }),
    generic(1, { subtitle: x(81) }),
    '[elements][0][subtitle]',
  ],
  [
    'generic buttons',
    generic(1, { buttons: times(3, () => postback()) }),
    generic(1, { buttons: times(4, () => postback()) }),
    '[elements][0][buttons]',
  ],
  ['generic with a title alone', generic(1), generic(1, { subtitle: undefined }), '[elements][0]'],
  ['unknown key in an element', generic(1), generic(1, { price: 3 }), '"price"'],
  ['media elements', media(1), media(2), '[elements]'],
  [
    'media by Facebook URL',
    media(1, { attachment_id: undefined, url: 'https://www.facebook.com/p/1' }),
    media(1, { attachment_id: undefined, url: 'https://tender.example/a.png' }),
    '[elements][0][url]',
  ],
  [
    'media buttons',
    media(1, { buttons: times(3, () => postback()) }),
    media(1, { buttons: times(4, () => postback()) }),
    '[buttons]',
  ],
  [
    'receipt elements',
    receipt({ elements: times(100, () => ({ title: 'a', price: 0 })) }),
    receipt({ elements: times(101, () => ({ title: 'a', price: 0 })) }),
    '[payload][elements]',
  ],
  ['receipt total', receipt(), receipt({ summary: {} }), '[summary][total_cost]'],
  ['receipt recipient', receipt(), receipt({ recipient_name: undefined }), '[recipient_name]'],
  ['receipt payment method', receipt(), receipt({ payment_method: undefined }), '[payment_method]'],
  ['receipt currency', receipt({ currency: 'EUR' }), receipt({ currency: '€' }), '[currency]'],
  [
    'receipt amounts as numbers',
    receipt({ elements: [{ title: 'a', price: 1.5 }] }),
    receipt({ elements: [{ title: 'a', price: '1.50' }] }),
    '[elements][0][price]',
  ],
  [
    'receipt timestamp',
    receipt({ timestamp: '1795361618' }),
    receipt({ timestamp: '1795361618135' }),
    '[timestamp]',
  ],
  [
    'receipt address',
    receipt({
      address: { street_1: 'a', city: 'b', postal_code: '1', state: 'CA', country: 'US' },
    }),
    receipt({ address: { street_1: 'a' } }),
    '[address][city]',
  ],
  ['unknown key in a receipt', receipt(), receipt({ tip: 1 }), '"tip"'],
  ['feedback title', feedback({ title: x(65) }), feedback({ title: x(66) }), '[payload][title]'],
  ['feedback subtitle', feedback({ subtitle: x(80) }), feedback({ subtitle: x(81) }), '[subtitle]'],
  [
    'feedback button',
    feedback({ button_title: x(20) }),
    feedback({ button_title: x(21) }),
    '[button_title]',
  ],
  [
    'feedback days',
    feedback({ expires_in_days: 7 }),
    feedback({ expires_in_days: 8 }),
    '[expires_in_days]',
  ],
  ['feedback question id', feedback({}, { id: x(80) }), feedback({}, { id: 'a-b' }), '[id]'],
  ['feedback question', feedback({}, { title: x(85) }), feedback({}, { title: x(4) }), '[title]'],
  [
    'pictures in one message',
    { attachments: times(30, () => ({ type: 'image', payload: { attachment_id: '1' } })) },
    { attachments: times(31, () => ({ type: 'image', payload: { attachment_id: '1' } })) },
    'message[attachments]',
  ],
  [
    'text and attachment together',
    { text: 'x' },
    { text: 'x', ...buttonTemplate() },
    'exactly one of',
  ],
  ['unknown key in a message', { text: 'x' }, { text: 'x', colour: 'red' }, '"colour"'],
];

test.each(messageLimits)(
  '%s: at the limit is sent, beyond it is error 100',
  async (...[, within, beyond, field]) => {
    expect(await site.send(within)).toMatchObject({ status: 200, body: { recipient_id: ANN } });

    const refusal = await site.send(beyond);

    expect(refusal.status).toBe(400);
    expect(refusal.body.error).toMatchObject({ code: 100, type: 'OAuthException' });
    expect(refusal.body.error.message).toContain(field);
    expect(refusal.body.error.fbtrace_id).toMatch(/^A/);
  },
);

const menuItem = (more: object = {}) => ({
  type: 'postback',
  title: 'Help',
  payload: 'HELP',
  ...more,
});
const menu = (count: number, more: object = {}) => ({
  get_started: { payload: 'GO' },
  persistent_menu: [{ locale: 'default', call_to_actions: times(count, () => menuItem(more)) }],
});
const iceBreakers = (count: number, more: object = {}) => ({
  ice_breakers: [
    {
      locale: 'default',
      call_to_actions: times(count, () => ({ question: 'How?', payload: 'H', ...more })),
    },
  ],
});
const commands = (count: number, more: object = {}) => ({
  commands: [
    {
      locale: 'default',
      commands: times(count, () => ({ name: 'pay', description: 'Pay', ...more })),
    },
  ],
});
const domains = (count: number) => ({
  whitelisted_domains: times(count, (index) => `https://d${index}.tender.example`),
});

const profileLimits: [string, unknown, unknown, string][] = [
  [
    'Get Started payload',
    { get_started: { payload: x(1000) } },
    { get_started: { payload: x(1001) } },
    'get_started[payload]',
  ],
  ['menu items', menu(20), menu(21), '[call_to_actions]'],
  ['menu title', menu(1, { title: x(30) }), menu(1, { title: x(31) }), '[title]'],
  ['menu payload', menu(1, { payload: x(1000) }), menu(1, { payload: x(1001) }), '[payload]'],
  ['nested menu', menu(1), menu(1, { type: 'nested', call_to_actions: [] }), '[type]'],
  [
    'menu for everyone',
    menu(1),
    { get_started: { payload: 'x' }, persistent_menu: [{ locale: 'de_DE' }] },
    'persistent_menu',
  ],
  ['ice breakers', iceBreakers(4), iceBreakers(5), '[call_to_actions]'],
  [
    'ice breaker payload',
    iceBreakers(1, { payload: x(1000) }),
    iceBreakers(1, { payload: x(1001) }),
    '[payload]',
  ],
  ['commands', commands(100), commands(101), '[commands]'],
  ['command name', commands(1, { name: x(32) }), commands(1, { name: x(33) }), '[name]'],
  [
    'command description',
    commands(1, { description: x(64) }),
    commands(1, { description: x(65) }),
    '[description]',
  ],
  ['allow-listed domains', domains(50), domains(51), 'whitelisted_domains'],
  [
    'a domain, not this machine',
    domains(1),
    { whitelisted_domains: ['http://localhost:3000'] },
    'whitelisted_domains[0]',
  ],
  [
    'a domain, not an address',
    domains(1),
    { whitelisted_domains: ['https://127.0.0.1'] },
    'whitelisted_domains[0]',
  ],
  [
    'unknown property',
    { get_started: { payload: 'x' } },
    { payment_settings: {} },
    '"payment_settings"',
  ],
];

test.each(profileLimits)(
  'profile %s: at the limit is set, beyond it is error 100',
  async (...[, within, beyond, field]) => {
    expect(await site.graph('/me/messenger_profile', within)).toEqual({
      status: 200,
      body: { result: 'success' },
    });

    const refusal = await site.graph('/me/messenger_profile', beyond);

    expect(refusal.body.error).toMatchObject({ code: 100 });
    expect(refusal.body.error.message).toContain(field);
  },
);

const body = (text: string) => [{ type: 'BODY', text }];
const templateRefusals: [string, object, string][] = [
  ['a variable at the start', { components: body('{{1}} was paid') }, 'start or end'],
  ['a variable at the end', { components: body('You got {{1}}') }, 'start or end'],
  ['a gap in the numbering', { components: body('Paid {{1}} and {{3}} today.') }, 'without gaps'],
  ['no body', { components: [{ type: 'HEADER', format: 'TEXT', text: 'Hi' }] }, 'exactly one BODY'],
  ['another category', { category: 'MARKETING', components: body('Hello there') }, 'category'],
  ['a name with capitals', { name: 'Payment', components: body('Hello there') }, 'name'],
];

test.each(templateRefusals)(
  'a utility template with %s is not approved',
  async (_, wrong, reason) => {
    const submitted = { name: 'payment', language: 'en', category: 'UTILITY', ...wrong };

    const refusal = await site.graph('/me/message_templates', submitted);

    expect(refusal.body.error).toMatchObject({ code: 100 });
    expect(refusal.body.error.message).toContain(reason);
  },
);

test('a receipt with an order number that was used before is refused', async () => {
  const once = receipt({ order_number: 'pay_1-payer' });
  expect((await site.send(once)).status).toBe(200);

  const again = await site.send(once);

  expect(again.body.error.message).toContain('[order_number] pay_1-payer was already used');
});
