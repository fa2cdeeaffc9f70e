// Cursors of lists: where the next page begins, as text that survives a URL and says nothing to whoever reads it.

/** Longer than any place of ours: DynamoDB's limit for a sort key. */
const longestPlace = 1_024;

export function cursorOf(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/** Undefined for text that no cursor of ours is. Whatever else it holds only says where in its own list to go on. */
export function placeOf(cursor: string): string | undefined {
  const place = Buffer.from(cursor, 'base64url').toString();
  const isOurs = cursorOf(place) === cursor && Buffer.byteLength(place) <= longestPlace;
  return isOurs && place !== '' ? place : undefined;
}

/** Places as DynamoDB orders them: by their bytes. */
export function comparePlaces(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
