// The chat page beside a Messenger stand-in, with a small bot that answers through the Send API.
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { chatPageResponse } from '../../../local/chat-page/chat-page.ts';
import { createLocalClock } from '../../../local/clock.ts';
import { openDurable } from '../../../local/durable.ts';
import { startMessengerStandIn } from '../../../local/stand-ins/messenger/messenger-stand-in.ts';
import {
  APP_SECRETS,
  type Json,
  PAGE,
  SHOP,
  callsTo,
  portOf,
} from '../stand-ins/messenger/messenger-site.ts';

export const ANN = { id: '1234567890123456', name: 'Ann Lee' };
export const BOB = { id: '2234567890123457', name: 'Bob Ray' };

type Reply = (payload: string, origin: string) => object | undefined;

const template = (payload: object) => ({ attachment: { type: 'template', payload } });

/** What the bot says to a text or a payload. */
const reply: Reply = (said, origin) => {
  switch (said) {
    case 'GET_STARTED':
      return {
        text: 'Hi! I move money between friends. I am automated. Try “send $20 to bob for lunch”.',
        quick_replies: [
          { content_type: 'text', title: 'Send money', payload: 'SEND' },
          { content_type: 'text', title: 'Request money', payload: 'REQUEST' },
          { content_type: 'text', title: 'Activity', payload: 'ACTIVITY' },
        ],
      };
    case 'send $20 to bob for lunch':
      return template({
        template_type: 'button',
        text: 'You send Bob Ray (@bob) $20.00 for “lunch”.\nCard: Visa ending 4242\nFee: $0.00\n\nThis is the first time that you pay Bob.',
        buttons: [
          {
            type: 'web_url',
            title: 'Confirm and pay',
            url: `${origin}/pay`,
            webview_height_ratio: 'tall',
          },
          { type: 'postback', title: 'Cancel', payload: 'CANCEL' },
        ],
      });
    case 'ACTIVITY':
      return template({
        template_type: 'generic',
        elements: [
          {
            title: 'Bob Ray · −$20.00',
            subtitle: 'Lunch · today',
            buttons: [{ type: 'postback', title: 'Details', payload: 'D1' }],
          },
          {
            title: 'Carla Diaz · +$7.50',
            subtitle: 'Coffee · yesterday',
            buttons: [{ type: 'postback', title: 'Details', payload: 'D2' }],
          },
          {
            title: 'Dan · −$120.00',
            subtitle: 'Concert tickets · Monday',
            buttons: [{ type: 'postback', title: 'Details', payload: 'D3' }],
          },
        ],
      });
    case 'receipt':
      return template({
        template_type: 'receipt',
        recipient_name: 'Ann Lee',
        merchant_name: 'Tender',
        order_number: `pay_${Math.random().toString(36).slice(2, 10)}`,
        currency: 'USD',
        payment_method: 'Visa 4242',
        timestamp: String(Math.floor(Date.now() / 1000)),
        elements: [{ title: 'To Bob Ray', subtitle: 'for lunch', price: 20 }],
        summary: { subtotal: 20, total_tax: 0, total_cost: 20 },
      });
    case 'invite':
      return { text: `Forward this to Bob: https://m.me/${PAGE.id}?ref=claim_abc123` };
    default:
      return { text: `You said “${said}”.` };
  }
};

const PAY_PAGE = `<!doctype html><meta name="viewport" content="width=device-width"><title>Pay</title>
<body style="font:16px system-ui;margin:24px"><h1 style="font-size:22px">Pay Bob $20.00</h1>
<p>Visa ending 4242</p><button>Pay $20.00</button>
<p><a href="https://m.me/${PAGE.id}">Back to Messenger</a></p>`;

export async function openChatPageSite() {
  const clock = createLocalClock();
  let messengerUrl = '';
  const answerRequest = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    if (path === '/webhooks/messenger') {
      response.end();
      return answerAll(JSON.parse(body));
    }
    if (path === '/_stand-in/clock') {
      if (request.method === 'POST') clock.advance(JSON.parse(body).advanceMs);
      return void response.end(JSON.stringify({ nowMs: clock.now() }));
    }
    if (path === '/pay') return void response.setHeader('content-type', 'text/html').end(PAY_PAGE);
    const found = await chatPageResponse(path, { messengerUrl });
    response.writeHead(found?.status ?? 404, found?.headers).end(found?.body);
    return undefined;
  };
  const server = createServer((request, response) => void answerRequest(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${portOf(server)}`;
  const standIn = await startMessengerStandIn({
    port: 0,
    clock,
    durable: openDurable(undefined, 'messenger'),
    appSecrets: APP_SECRETS,
    pages: [PAGE, SHOP],
    webhookUrl: `${url}/webhooks/messenger`,
    verifyToken: 'verify-token',
  });
  messengerUrl = standIn.url;
  const calls = callsTo(standIn.url);

  const answerAll = async (webhook: Json) => {
    for (const entry of webhook.entry) {
      if (entry.id !== PAGE.id) continue;
      for (const event of entry.messaging) await answer(event);
    }
  };
  const answer = async ({ sender, message, postback }: Json) => {
    if (message?.is_echo || (message === undefined && postback === undefined)) return;
    const said = postback?.payload ?? message.quick_reply?.payload ?? message.text;
    await calls.graph('/me/messages', { recipient: sender, sender_action: 'mark_seen' });
    await calls.graph('/me/messages', { recipient: sender, sender_action: 'typing_on' });
    if (said === undefined || said === 'quiet') return;
    await calls.send(reply(said, url), { recipient: sender });
  };

  await calls.graph('/me/messenger_profile', {
    get_started: { payload: 'GET_STARTED' },
    greeting: [
      {
        locale: 'default',
        text: 'Hi {{user_first_name}}! Send money to friends, right here in Messenger.',
      },
    ],
    persistent_menu: [
      {
        locale: 'default',
        call_to_actions: [
          { type: 'postback', title: 'Activity', payload: 'ACTIVITY' },
          {
            type: 'web_url',
            title: 'Settings',
            url: `${url}/pay`,
            webview_height_ratio: 'compact',
          },
          { type: 'postback', title: 'Help', payload: 'HELP' },
        ],
      },
    ],
  });
  for (const person of [ANN, BOB]) await calls.join(person.name, person.id);

  return {
    url,
    clock,
    ...calls,
    async close() {
      await standIn.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
