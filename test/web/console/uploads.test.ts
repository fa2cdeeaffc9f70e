// Files in the console: pictures of products and what a shop shows to a bank, also broken, huge, cut off and hostile ones.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestPictureBytes } from '../../../lambdas/domain/shops/picture.ts';
import { aJpeg, aPng, exifSegment, jpegSegment } from '../../builders/picture-files.ts';
import {
  type Asked,
  type Browser,
  type Counter,
  hiddenIn,
  openCounter,
  paidSteps,
} from './counter.ts';

const boundary = '----upload';
const catalog = '/console/catalog';

interface File {
  readonly name?: string;
  readonly type?: string;
  readonly bytes: Uint8Array;
}

function upload(
  fields: Readonly<Record<string, string>>,
  files: Readonly<Record<string, File>> = {},
): Required<Pick<Asked, 'body' | 'headers'>> {
  const part = (head: string, bytes: Uint8Array) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ]);
  const body = Buffer.concat([
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, Buffer.from(value))),
    ...Object.entries(files).map(([field, { name = 'a.bin', type = 'text/html', bytes }]) =>
      part(`name="${field}"; filename="${name}"\r\ncontent-type: ${type}`, bytes),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}

const mocha = { name: 'Mocha', category: 'Coffee', price: '4.50', description: 'Dark & sweet' };
const pictureIn = (html: string) =>
  /https:\/\/tender\.example\/pictures\/(pic_\w+)/u.exec(html)?.[0];

async function atNew(counter: Counter) {
  const { browser } = await counter.signedIn('staff');
  const at = `${catalog}/new`;
  const fields = { ...hiddenIn((await browser.gets(at)).html), ...mocha };
  const sends = (file: File, more: Record<string, string> = {}) =>
    browser.posts(at, upload({ ...fields, ...more }, { picture: file }));
  return { browser, at, fields, sends };
}

async function onlyProduct({ world, shop }: Counter) {
  const { things } = await world.products.ofShop(shop.id, { limit: 10 });
  expect(things.length).toBeLessThanOrEqual(1);
  return things[0];
}

const stored = async ({ world }: Counter, url: string | undefined) => {
  const id = url?.split('/').at(-1) ?? '';
  return world.pictures.get(`pic_${id.slice(4)}`);
};

describe('a picture', () => {
  it('is stored with its product, whatever its name and type say, and without where it was taken', async () => {
    const counter = openCounter();
    const { browser, sends } = await atNew(counter);
    const bytes = aJpeg(640, 480, [exifSegment(6)]);

    const { to } = await sends({ bytes, name: '../../x.php', type: 'text/html' });

    const product = await onlyProduct(counter);
    expect(product).toMatchObject({ name: 'Mocha', description: 'Dark & sweet' });
    const picture = await stored(counter, product?.imageUrl);
    expect(picture).toMatchObject({ type: 'image/jpeg', width: 480, height: 640 });
    expect(picture?.expiresAtMs).toBeUndefined();
    expect(Buffer.from(picture?.bytes ?? []).toString('latin1')).not.toContain('GPS');
    expect((await browser.gets(to ?? '')).html).toContain(product?.imageUrl);
    expect((await browser.gets(catalog)).html).toContain(`<img src="${product?.imageUrl}"`);
  });

  it('is not lost where another field is wrong', async () => {
    const counter = openCounter();
    const { browser, at, sends } = await atNew(counter);

    const page = await sends({ bytes: aPng() }, { price: 'x' });

    expect(page.status).toBe(422);
    const url = pictureIn(page.html);
    expect((await stored(counter, url))?.expiresAtMs).toBeGreaterThan(counter.time.nowMs);
    const again = { ...hiddenIn(page.html), ...mocha, imageUrl: url ?? '' };
    expect((await browser.posts(at, upload(again))).to).toContain('done=added');
    expect(
      (await stored(counter, (await onlyProduct(counter))?.imageUrl))?.expiresAtMs,
    ).toBeUndefined();
  });

  it.each([
    ['a page', Buffer.from('<html><script>alert(1)</script>'), 'no picture in JPEG'],
    ['an SVG', Buffer.from('<svg onload="alert(1)"/>'), 'no picture in JPEG'],
    ['half of one', aPng().subarray(0, 60), 'broken'],
    ['a bomb', aPng(60_000, 60_000), 'at most 4096'],
    [
      'a large one',
      aJpeg(
        64,
        48,
        Array.from({ length: 5 }, () => jpegSegment(0xdb, Buffer.alloc(65_000))),
      ),
      'more than 300 KB',
    ],
    ['megabytes', Buffer.alloc(4_000_000, 1), 'more than 300 KB'],
  ])(
    'is refused in words when it is %s, and the rest stays as it was typed',
    async (_name, bytes, why) => {
      const counter = openCounter();
      const { sends } = await atNew(counter);

      const page = await sends({ bytes, name: 'cat.jpg', type: 'image/jpeg' });

      expect(page.status).toBe(422);
      expect(page.html).toContain(why);
      expect(page.html).toContain('value="Mocha"');
      expect(page.html).toContain('Dark &amp; sweet');
      expect(await onlyProduct(counter)).toBeUndefined();
    },
  );

  it('is replaced, taken away and gone; one that another product shows stays', async () => {
    const counter = openCounter();
    const { browser, sends } = await atNew(counter);
    await sends({ bytes: aPng(64, 48) });
    const first = await onlyProduct(counter);
    const old = first?.imageUrl;
    const at = `${catalog}/${first?.id}`;
    const saves = async (more: Record<string, string>, files: Record<string, File> = {}) => {
      const { version = '', session = '' } = hiddenIn((await browser.gets(at)).html);
      return browser.posts(at, upload({ session, version, do: 'save', ...mocha, ...more }, files));
    };

    expect(
      (await saves({ imageUrl: old ?? '' }, { picture: { bytes: aPng(80, 80) } })).to,
    ).toContain('done=saved');
    const next = (await onlyProduct(counter))?.imageUrl;
    expect(next).not.toBe(old);
    expect(await stored(counter, old)).toBeUndefined();
    const twin = await counter.sells({ name: 'Twin', imageUrl: next ?? '' });
    expect((await saves({ imageUrl: next ?? '', noPicture: 'yes' })).to).toContain('done=saved');
    expect(
      (await counter.world.products.get(counter.shop.id, first?.id ?? 'prd_'))?.imageUrl,
    ).toBeUndefined();
    expect(await stored(counter, next)).toBeDefined();
    const { version = '', session = '' } = hiddenIn(
      (await browser.gets(`${catalog}/${twin.id}`)).html,
    );
    await browser.posts(
      `${catalog}/${twin.id}`,
      upload({ session, version, do: 'save', ...mocha, imageUrl: 'https://joe.example/x.png' }),
    );
    expect(await stored(counter, next)).toBeUndefined();
  });

  it('of another shop, or one that is gone, is not taken by its address', async () => {
    const counter = openCounter();
    const { browser, at, fields } = await atNew(counter);
    const file = { type: 'image/png', width: 64, height: 48, bytes: aPng() } as const;
    const id = 'pic_abcdefghij234567abcd';
    await counter.world.pictures.put({
      ...file,
      id,
      shopId: 'shp_other',
      addedAtMs: 1,
      expiresAtMs: 2,
    });
    for (const name of [id, 'pic_zzzzzzzzzzzzzzzzzzzz']) {
      const imageUrl = `https://tender.example/pictures/${name}`;
      const page = await browser.posts(at, upload({ ...fields, imageUrl }));
      expect(page.status).toBe(422);
      expect(page.html).toContain('There is no such picture here');
    }
    expect((await counter.world.pictures.get(id))?.expiresAtMs).toBe(2);
  });

  it('is none of a reader’s affair, and another site’s form stores nothing', async () => {
    const counter = openCounter();
    const { browser, at, fields } = await atNew(counter);
    const reader = (await counter.signedIn('reader', 'Rita')).browser;
    const sent = upload(fields, { picture: { bytes: aPng() } });
    const from = (site: string) => ({
      ...sent,
      headers: { ...sent.headers, 'sec-fetch-site': site },
    });

    expect((await reader.posts(at, sent)).status).toBe(403);
    expect((await browser.posts(at, from('cross-site'))).status).toBe(403);

    expect(await onlyProduct(counter)).toBeUndefined();
  });
});

describe('a form that is broken', () => {
  it('anywhere on its way saves nothing, and says so in words', async () => {
    const counter = openCounter();
    const { browser, at, fields } = await atNew(counter);
    const { body, headers } = upload(fields, { picture: { bytes: aPng() } });
    for (let length = 0; length < body.length - 4; length += 23) {
      const page = await browser.posts(at, { body: body.subarray(0, length), headers });
      expect([400, 422]).toContain(page.status);
      expect(page.html).toMatch(/Only a part of/u);
    }
    const late = await browser.posts(at, { body: body.subarray(0, body.length - 30), headers });
    expect(late.html).toContain('value="Mocha"');
    expect(await onlyProduct(counter)).toBeUndefined();
  });

  it.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=other',
    'multipart/mixed; boundary=----upload',
    `multipart/form-data; boundary=${'x'.repeat(3000)}`,
  ])('as %s does nothing', async (type) => {
    const counter = openCounter();
    const { browser, at, fields } = await atNew(counter);
    const { body } = upload(fields, { picture: { bytes: aPng() } });

    const page = await browser.posts(at, { body, headers: { 'content-type': type } });

    expect([400, 403]).toContain(page.status);
    expect(await onlyProduct(counter)).toBeUndefined();
  });

  it('by too many parts is none of ours', async () => {
    const counter = openCounter();
    const { browser, at, fields } = await atNew(counter);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, each) => [`x${each}`, 'y']));
    expect((await browser.posts(at, upload({ ...fields, ...many }))).html).toContain(
      'Only a part of',
    );
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, each) => [`f${each}`, { bytes: aPng() }]),
    );
    expect((await browser.posts(at, upload(fields, files))).html).toContain('Only a part of');
    const long = await browser.posts(at, upload({ ...fields, description: 'x'.repeat(200_000) }));
    expect(long.html).toContain('Only a part of');
    expect(await onlyProduct(counter)).toBeUndefined();
  });

  it('never breaks the page, whatever is changed in it', { timeout: 60_000 }, async () => {
    const counter = openCounter();
    const { browser, at, fields } = await atNew(counter);
    const { body, headers } = upload({ ...fields, price: 'none' }, { picture: { bytes: aPng() } });
    const changes = fc.array(fc.tuple(fc.nat(body.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const hostile = Buffer.from(body);
        for (const [place, byte] of changed) hostile[place] = byte;
        const { status } = await browser.posts(at, { body: hostile, headers });
        expect([303, 400, 403, 422]).toContain(status);
      }),
      { numRuns: 300 },
    );
  });
});

const pdf = Buffer.from('%PDF-1.7\n%%EOF');
const words = { do: 'evidence', text: 'She drank it here.', final: 'yes' };
const dayMs = 24 * 60 * 60 * 1000;

async function disputed(counter: Counter) {
  const { browser } = await counter.signedIn('staff');
  const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;
  const dispute = {
    id: 'du_1',
    state: 'needs_response',
    amount: usd(900),
    fee: usd(1500),
    reason: 'fraudulent',
    respondBeforeMs: counter.time.nowMs + 5 * dayMs,
  } as const;
  const order = await counter.order([...paidSteps, ['dispute_opened', { dispute }]]);
  const at = `/console/orders/${order.id}`;
  const sends = async (fields: Record<string, string>, files: Record<string, File>) => {
    const { session = '' } = hiddenIn((await browser.gets(at)).html);
    return browser.posts(at, upload({ session, ...fields }, files));
  };
  return { browser, order, at, sends };
}

const readyIn = (html: string) =>
  Object.fromEntries(Object.entries(hiddenIn(html)).filter(([name]) => name.startsWith('kept_')));

describe('evidence', () => {
  it('goes to the bank with its files, and the page says until when', async () => {
    const counter = openCounter();
    const { browser, at, sends } = await disputed(counter);
    expect((await browser.gets(at)).html).toContain('5 days are left.');

    const { to } = await sends(words, {
      receipt: { bytes: pdf },
      customer_communication: { bytes: aPng() },
    });

    expect(to).toContain('done=evidence');
    expect(counter.provider.evidence).toEqual(['She drank it here.']);
    expect(counter.provider.evidenceFiles).toEqual([
      { receipt: 'file_receipt', customer_communication: 'file_customercommunication' },
    ]);
    expect((await browser.gets(at)).html).not.toContain('Send to the bank');
  });

  it('keeps words and good files where one is bad, and Stripe is not sent the good ones twice', async () => {
    const counter = openCounter();
    const { sends } = await disputed(counter);

    const page = await sends(words, {
      receipt: { bytes: pdf },
      uncategorized_file: { bytes: Buffer.from('<svg/>') },
    });

    expect(page.status).toBe(422);
    expect(page.html).toContain('neither PDF nor JPEG nor PNG');
    expect(page.html).toContain('She drank it here.');
    expect(counter.provider.evidence).toEqual([]);
    expect((await sends({ ...words, ...readyIn(page.html) }, {})).to).toContain('done=evidence');
    expect(counter.provider.uploads).toEqual(['receipt']);
    expect(counter.provider.evidenceFiles).toEqual([{ receipt: 'file_receipt' }]);
  });

  it('leaves a file out that was thought better of', async () => {
    const counter = openCounter();
    const { sends } = await disputed(counter);
    const page = await sends({ ...words, final: '' }, { receipt: { bytes: pdf } });

    await sends(
      { ...words, ...readyIn(page.html), without_receipt: 'yes', kept_refund_policy: '../x' },
      {},
    );

    expect(counter.provider.evidenceFiles).toEqual([{}]);
  });

  it('of more than 4.5 MB, of one file or of all, goes nowhere', async () => {
    const counter = openCounter();
    const { sends } = await disputed(counter);
    const large = (bytes: number) => ({ bytes: Buffer.concat([pdf, Buffer.alloc(bytes)]) });

    for (const files of [
      { receipt: large(4_600_000) },
      { receipt: large(2_400_000), refund_policy: large(2_400_000) },
    ]) {
      const page = await sends(words, files);
      expect(page.html).toContain('more than 4.5 MB together');
      expect(page.html).toContain('She drank it here.');
    }
    expect(counter.provider.uploads).toEqual([]);
  });

  it.each([
    ['uploadEvidence', 'unknown', 'Choose the file again in a moment'],
    ['uploadEvidence', 'declined', 'Stripe did not take this file'],
    ['sendEvidence', 'unknown', 'Look again in a moment'],
    ['sendEvidence', 'declined', 'Nothing was sent'],
  ] as const)('that Stripe answers (%s: %s) is not said to be sent', async (call, kind, why) => {
    const counter = openCounter();
    const { order, sends } = await disputed(counter);
    counter.provider.answers[call] = async () => ({ kind, why: 'x' });

    const page = await sends(words, { receipt: { bytes: pdf } });

    expect(page.html).toContain(why);
    expect(page.html).toContain('She drank it here.');
    expect((await counter.orderNow(order)).dispute?.evidenceSentAtMs).toBeUndefined();
    delete counter.provider.answers[call];
    expect((await sends(words, { receipt: { bytes: pdf } })).to).toContain('done=evidence');
  });

  it('after the deadline is not even offered', async () => {
    const counter = openCounter();
    const { browser, at } = await disputed(counter);
    const { session = '' } = hiddenIn((await browser.gets(at)).html);
    counter.time.nowMs += 5 * dayMs + 1;
    const fresh: Browser = (await counter.signedIn('staff', 'Late')).browser;

    const { html } = await fresh.gets(at);

    expect(html).toContain('the bank takes no answer any more');
    expect(html).not.toContain('Send to the bank');
    const own = { ...words, session: hiddenIn(html)['session'] ?? session };
    const late = await fresh.posts(at, upload(own, { receipt: { bytes: pdf } }));
    expect(late.status).toBe(422);
    expect(counter.provider.uploads).toEqual([]);
  });

  it('never has more room than a function’s call', () => {
    const envelope = 6 * 1024 * 1024 - (4_500_000 * 4) / 3;
    expect(envelope).toBeGreaterThan(150_000);
    expect(largestPictureBytes).toBeLessThan(350_000);
  });
});
