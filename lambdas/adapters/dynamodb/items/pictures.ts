// The picture of a product as it is kept: its bytes as bytes, so that they fit.
import * as z from 'zod/mini';
import type { Picture } from '../../../domain/shops/picture.ts';
import { itemFormat } from '../item-format.ts';
import { pictureKey } from '../keys.ts';
import { maybe, moment, pictureId, shopId } from './values.ts';

const side = z.int().check(z.positive());

export const pictureItem = itemFormat({
  entity: 'Picture',
  keys: ({ id, expiresAtMs }: Picture) => ({
    ...pictureKey(id),
    ...(expiresAtMs === undefined ? {} : { expiresAtSeconds: Math.ceil(expiresAtMs / 1000) }),
  }),
  schema: z.object({
    id: pictureId,
    shopId,
    type: z.enum(['image/jpeg', 'image/png', 'image/webp']),
    width: side,
    height: side,
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    addedAtMs: moment,
    expiresAtMs: maybe(moment),
  }),
});
