// A picture of a product, as a shop has uploaded it and the world may see it.
import type { Ids } from '../ports.ts';
import type { PictureFile } from './picture-file.ts';
import type { ShopId } from './shop.ts';

export type PictureId = `pic_${string}`;

export interface Picture extends PictureFile {
  readonly id: PictureId;
  readonly shopId: ShopId;
  readonly addedAtMs: number;
  /** Of one whose product is not saved yet: then it goes by itself. */
  readonly expiresAtMs?: number;
}

/** What is uploaded and kept: with room for all else in an item of at most 400 KB. */
export const largestPictureBytes = 300_000;

export interface PictureStore {
  get(id: PictureId): Promise<Picture | undefined>;
  /** The same again is nothing new; one that is kept does not begin to expire. */
  put(picture: Picture): Promise<void>;
  /** From now on for good; false where this shop has no such picture. */
  keep(shopId: ShopId, id: PictureId): Promise<boolean>;
  remove(shopId: ShopId, id: PictureId): Promise<void>;
}

/** From the shop and the very bytes (SHA-256): the same picture has one address for ever, and another has another. */
export function pictureIdOf(ids: Ids, shopId: ShopId, bytes: Uint8Array): PictureId {
  return ids.derived('pic', shopId, Buffer.from(bytes).toString('base64'));
}

export function isPictureId(text: string): text is PictureId {
  return /^pic_[a-z2-7]{20}$/u.test(text);
}

export function pictureUrl(publicUrl: string, id: PictureId): string {
  return `${publicUrl}/pictures/${id}`;
}

/** The picture of ours that an address leads to; undefined for every other address. */
export function pictureIdIn(url: string | undefined, publicUrl: string): PictureId | undefined {
  const prefix = `${publicUrl}/pictures/`;
  const id = url?.startsWith(prefix) === true ? url.slice(prefix.length) : '';
  return isPictureId(id) ? id : undefined;
}
