// What the last release may have left on the queues when the next one takes over: bodies as it wrote them, never edited.
import type { Phone } from './people/phone.ts';
import type { Town } from './town.ts';

/** Release 0.1.0. */
export function leaveReleasedMessages({ cloud, engine }: Town, { pageId, psid }: Phone): void {
  const { chat, due, 'provider-events': events } = cloud.queues;
  const now = engine.clock.now();
  const group = `${pageId}:${psid}`;
  const said = `{"id":"m_released_${now}","address":{"pageId":"${pageId}","psid":"${psid}"},"atMs":${now},`;
  chat.send({ group, body: `${said}"kind":"message","text":"help","redacted":[]}` });
  chat.send({ group, body: `${said}"kind":"read","watermarkMs":${now}}` });
  due.send({ body: '{"subject":"pay_abcdefghijklmnopqrst"}' });
  const event = `"type":"payment_intent.succeeded","objectId":"pi_released"`;
  events.send({ body: `{"id":"evt_released_${now}",${event}}` });
}
