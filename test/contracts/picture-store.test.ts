// What every store of pictures does: their very bytes back, kept when asked, and in no other shop's hands.
import { beforeAll, describe, expect, it } from 'vitest';
import { largestPictureBytes, type PictureStore } from '../../lambdas/domain/shops/picture.ts';
import { aPicture, aShopId } from '../builders/shops.ts';
import { openStores, storeKinds } from './open-stores.ts';

const everyByte = Uint8Array.from({ length: largestPictureBytes }, (_, at) => at % 256);

describe.each(storeKinds)('pictures %s', (kind) => {
  let pictures: PictureStore;
  beforeAll(async () => {
    ({ pictures } = await openStores(kind));
  });

  it('gives the largest one back byte by byte', async () => {
    const picture = aPicture({ bytes: everyByte, expiresAtMs: 1_700_000_000_001 });
    await pictures.put(picture);

    const found = await pictures.get(picture.id);

    expect(found).toEqual(picture);
    expect(Buffer.from(found?.bytes ?? []).equals(everyByte)).toBe(true);
    expect(await pictures.get('pic_none')).toBeUndefined();
  });

  it('keeps one for good, and then it does not begin to expire when it is sent again', async () => {
    const picture = aPicture({ expiresAtMs: 1_700_000_000_001 });
    await pictures.put(picture);
    expect(await pictures.keep(picture.shopId, picture.id)).toBe(true);

    await pictures.put({ ...picture, addedAtMs: 1_800_000_000_000 });

    const { expiresAtMs: _over, ...kept } = picture;
    expect(await pictures.get(picture.id)).toEqual(kept);
    expect(await pictures.keep(picture.shopId, picture.id)).toBe(true);
  });

  it('lets one that waits wait longer when it is sent again', async () => {
    const picture = aPicture({ expiresAtMs: 1_700_000_000_001 });
    const again = { ...picture, expiresAtMs: 1_800_000_000_000 };
    for (const each of [picture, again]) await pictures.put(each);

    expect(await pictures.get(picture.id)).toEqual(again);
  });

  it('neither keeps nor removes another shop’s, nor one that is not there', async () => {
    const picture = aPicture({ expiresAtMs: 1_700_000_000_001 });
    await pictures.put(picture);
    const other = aShopId();

    expect(await pictures.keep(other, picture.id)).toBe(false);
    expect(await pictures.keep(other, 'pic_none')).toBe(false);
    await pictures.remove(other, picture.id);
    await pictures.remove(other, 'pic_none');

    expect(await pictures.get(picture.id)).toEqual(picture);
    expect(await pictures.get('pic_none')).toBeUndefined();
  });

  it('removes one, twice if need be', async () => {
    const picture = aPicture();
    await pictures.put(picture);

    await pictures.remove(picture.shopId, picture.id);
    await pictures.remove(picture.shopId, picture.id);

    expect(await pictures.get(picture.id)).toBeUndefined();
  });
});
