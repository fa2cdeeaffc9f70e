// Waiting for what comes by itself: an event over HTTP, a page that was told.
const LONGEST_MS = 50_000;

/** What `look` found; throws when 50 s bring nothing, which on a busy machine is not yet late. */
export async function until<T>(
  look: () => T | false | undefined | Promise<T | false | undefined>,
): Promise<T> {
  const deadline = Date.now() + LONGEST_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`never came true: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
