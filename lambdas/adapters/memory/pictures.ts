// The twin of the store of pictures.
import type { Picture, PictureId, PictureStore } from '../../domain/shops/picture.ts';
import type { ShopId } from '../../domain/shops/shop.ts';
import { newShelf } from './shelf.ts';

export function memoryPictures(): PictureStore {
  const pictures = newShelf<Picture>('Picture');
  const ofShop = (shopId: ShopId, id: PictureId): Picture | undefined => {
    const picture = pictures.get(id);
    return picture?.shopId === shopId ? picture : undefined;
  };
  return {
    get: async (id) => pictures.get(id),
    async put(picture) {
      const before = pictures.get(picture.id);
      const isKept = before !== undefined && before.expiresAtMs === undefined;
      if (!isKept) pictures.put(picture, picture.id);
    },
    async keep(shopId, id) {
      const picture = ofShop(shopId, id);
      if (picture === undefined) return false;
      const { expiresAtMs: _over, ...kept } = picture;
      pictures.put(kept, id);
      return true;
    },
    async remove(shopId, id) {
      if (ofShop(shopId, id) !== undefined) pictures.remove(id);
    },
  };
}
