// Whether a form was sent by a page of ours: what the browser itself says, which no other site can forge.

export function isFromOurPages(
  headers: Readonly<Record<string, string | undefined>>,
  publicUrl: string,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  // Older browsers say only where they come from.
  return headers['origin'] === new URL(publicUrl).origin;
}
