// /pictures/{picture}: a product's picture, for everybody: Messenger fetches it from here, and buyers see it on our pages.
import { isPictureId } from '../lambdas/domain/shops/picture.ts';
import type { FileAnswer, PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';
import { noPicture } from './link-pages.ts';

/** Its address follows from its bytes, so it never changes; what is not there may come yet, and is not kept. */
export async function showPicture(
  world: Pick<PageWorld, 'pictures'>,
  { token: id }: Pick<PageRequest, 'token'>,
): Promise<PageAnswer | FileAnswer> {
  const picture = isPictureId(id) ? await world.pictures.get(id) : undefined;
  if (picture === undefined) return noPicture;
  return { kind: 'file', contentType: picture.type, body: picture.bytes, isForEver: true };
}
