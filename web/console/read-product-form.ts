// Reads the form of a product with the picture in it: an uploaded picture becomes the address where we show it.
import { keepPictureOf, takePicture } from '../../lambdas/domain/console/keep-picture.ts';
import {
  type FieldProblems,
  type FieldsReading,
  type ProductFields,
  readProductFields,
} from '../../lambdas/domain/console/product-fields.ts';
import { largestPictureBytes } from '../../lambdas/domain/shops/picture.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import type { SentFile } from './read-form.ts';
import { speakerOf } from './speaker-of.ts';

/** Fields as they are to be shown again: a picture that arrived need not be sent a second time. */
export type ReadProductForm = FieldsReading & { readonly fields: ProductFields };

/** A picture that is used is kept from here on: what is saved next shows it. */
export async function readProductForm(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<ReadProductForm> {
  const typed = typedFields(request.form);
  if (!request.isWhole) return { kind: 'wrong', problems: { imageUrl: cutOff }, fields: typed };
  const shown = await withPicture(world, request, { visitor, typed });
  const { fields } = shown;
  const speaker = await speakerOf(world, visitor);
  const { origin } = new URL(world.publicUrl);
  const read = readProductFields(fields, { speaker, ownOrigin: origin });
  const problems = { ...(read.kind === 'wrong' ? read.problems : {}), ...shown.problems };
  if (read.kind === 'wrong' || Object.keys(problems).length > 0)
    return { kind: 'wrong', problems, fields };
  const isThere = await keepPictureOf(world, visitor.shop, read.draft);
  return isThere ? { ...read, fields } : { kind: 'wrong', problems: { imageUrl: gone }, fields };
}

const cutOff = 'Only a part of the form arrived. Look at it all, and choose the picture again.';
const gone = 'There is no such picture here any more. Choose it again.';
const tooLarge = `The picture has more than ${largestPictureBytes / 1000} KB. Choose a smaller one.`;

interface Shown {
  readonly fields: ProductFields;
  readonly problems: FieldProblems;
}

/** What was chosen goes before what was typed, and both before taking the picture away. */
async function withPicture(
  world: ConsoleWorld,
  { form, files }: ConsoleRequest,
  { visitor, typed }: { readonly visitor: Visitor; readonly typed: ProductFields },
): Promise<Shown> {
  const file = files.get('picture');
  if (file === undefined) {
    const isTakenAway = form.get('noPicture') === 'yes';
    return { fields: isTakenAway ? { ...typed, imageUrl: '' } : typed, problems: {} };
  }
  const taken = await take(world, visitor, file);
  return taken.kind === 'taken'
    ? { fields: { ...typed, imageUrl: taken.url }, problems: {} }
    : { fields: typed, problems: { imageUrl: taken.why } };
}

async function take(world: ConsoleWorld, { shop }: Visitor, { bytes, isTooLarge }: SentFile) {
  return isTooLarge ? { kind: 'wrong' as const, why: tooLarge } : takePicture(world, shop, bytes);
}

function typedFields(form: URLSearchParams): ProductFields {
  const field = (name: keyof ProductFields) => form.get(name) ?? '';
  return {
    name: field('name'),
    description: field('description'),
    category: field('category'),
    sku: field('sku'),
    price: field('price'),
    options: field('options'),
    imageUrl: field('imageUrl'),
    active: 'yes',
  };
}
