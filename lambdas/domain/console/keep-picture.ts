// A shop's picture from its upload to its end: tried, kept with the product that shows it, and gone when none does.
import { readPicture } from '../shops/picture-file.ts';
import { pictureIdIn, pictureIdOf, pictureUrl } from '../shops/picture.ts';
import type { Product } from '../shops/product.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';

export type TakePictureOutcome =
  | { readonly kind: 'taken'; readonly url: string }
  | { readonly kind: 'wrong'; readonly why: string };

/** For as long as somebody may sit in front of the form that it came with. */
const untilSavedMs = 24 * 60 * 60 * 1000;

/** Not for good yet: the product that it was sent with may have to be looked at again. */
export async function takePicture(
  world: Pick<World, 'pictures' | 'ids' | 'clock' | 'publicUrl'>,
  shop: Pick<Shop, 'id'>,
  bytes: Uint8Array,
): Promise<TakePictureOutcome> {
  const read = readPicture(bytes);
  if (read.kind === 'wrong') return read;
  const id = pictureIdOf(world.ids, shop.id, read.file.bytes);
  const addedAtMs = world.clock.now();
  const expiresAtMs = addedAtMs + untilSavedMs;
  await world.pictures.put({ ...read.file, id, shopId: shop.id, addedAtMs, expiresAtMs });
  return { kind: 'taken', url: pictureUrl(world.publicUrl, id) };
}

/** Before the product is saved that shows it. False: the address is one of ours, and this shop has no such picture. */
export async function keepPictureOf(
  world: Pick<World, 'pictures' | 'publicUrl'>,
  shop: Pick<Shop, 'id'>,
  { imageUrl }: Pick<Product, 'imageUrl'>,
): Promise<boolean> {
  const id = pictureIdIn(imageUrl, world.publicUrl);
  return id === undefined || world.pictures.keep(shop.id, id);
}

/** After the product is saved that showed it. It stays for as long as another one of the shop shows it too. */
export async function dropPictureOf(
  world: Pick<World, 'pictures' | 'products' | 'publicUrl'>,
  before: Pick<Product, 'shopId' | 'imageUrl'>,
): Promise<void> {
  const { shopId, imageUrl } = before;
  const id = pictureIdIn(imageUrl, world.publicUrl);
  if (id === undefined) return;
  let after: string | undefined;
  do {
    const page = { limit: 100, ...(after === undefined ? {} : { after }) };
    const { things, next } = await world.products.ofShop(shopId, page);
    if (things.some((product) => product.imageUrl === imageUrl)) return;
    after = next;
  } while (after !== undefined);
  await world.pictures.remove(shopId, id);
}
