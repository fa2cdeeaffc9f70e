// A picture's address: for everybody, for ever, as a picture and as nothing else.
import { describe, expect, it } from 'vitest';
import { memoryStores } from '../../lambdas/adapters/memory/stores.ts';
import { page } from '../../lambdas/handlers/middleware/page.ts';
import { showPicture } from '../../web/pictures.ts';
import { apiGatewayEvent, lambdaContext } from '../builders/api-gateway-event.ts';
import { aPng } from '../builders/picture-files.ts';
import { aPicture } from '../builders/shops.ts';

const id = 'pic_abcdefghij234567abcd';

async function asked(token: string) {
  const { pictures } = memoryStores();
  await pictures.put(aPicture({ id, bytes: new Uint8Array(aPng()) }));
  const handler = page(() => showPicture({ pictures }, { token }));
  return handler(apiGatewayEvent({ method: 'GET', path: `/pictures/${token}` }), lambdaContext);
}

describe('a picture’s address', () => {
  it('answers with its very bytes, which no browser takes for anything else and any cache may keep', async () => {
    const answer = await asked(id);

    expect(answer).toMatchObject({
      statusCode: 200,
      isBase64Encoded: true,
      headers: {
        'content-type': 'image/png',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'",
      },
    });
    expect(answer.cookies).toBeUndefined();
    expect(Buffer.from(answer.body ?? '', 'base64').equals(aPng())).toBe(true);
  });

  it.each(['pic_zzzzzzzzzzzzzzzzzzzz', 'pic_', '../terms', `${id}.svg`, '%00', 'x'.repeat(5000)])(
    'that leads nowhere (%s) is not kept by any cache',
    async (token) => {
      const answer = await asked(token);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers?.['cache-control']).toBe('no-store');
    },
  );
});
