// The test as Meta: writes webhooks by hand, signs them, and posts them to the product's door.
import { createHmac } from 'node:crypto';

export interface Knock {
  readonly status: number;
  readonly body: string;
}

export interface Meta {
  /** Posts these bytes under this signature header; none when it is undefined. */
  knock(body: string | Buffer, signature: string | undefined): Promise<Knock>;
  /** Posts the body, rightly signed. */
  deliver(body: string | Buffer): Promise<Knock>;
  sign(body: string | Buffer): string;
}

export function meta(target: { readonly url: string; readonly appSecret: string }): Meta {
  const sign = (body: string | Buffer) =>
    `sha256=${createHmac('sha256', target.appSecret).update(body).digest('hex')}`;
  const knock = async (body: string | Buffer, signature: string | undefined) => {
    const response = await fetch(`${target.url}/webhooks/messenger`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: {
        'content-type': 'application/json',
        ...(signature === undefined ? {} : { 'x-hub-signature-256': signature }),
      },
    });
    return { status: response.status, body: await response.text() };
  };
  return { knock, sign, deliver: (body) => knock(body, sign(body)) };
}

/** `events` as they stand in `messaging`. */
export function webhookOf(pageId: string, ...events: readonly object[]): string {
  return JSON.stringify({ object: 'page', entry: [{ id: pageId, time: 1, messaging: events }] });
}
