// What a reader of one format of pictures makes of a file of that format.

/** Undefined where it is broken, cut off, or moves. */
export type ReadFormat = (
  bytes: Uint8Array,
) => { readonly width: number; readonly height: number; readonly bytes: Uint8Array } | undefined;
