// A short line at the bottom that says what just happened, and goes away.

const SHOWN_MS = 2500;

let timer = 0;

/** @param {string} words */
export function notify(words) {
  const notice = document.getElementById('notice');
  if (notice === null) return;
  notice.textContent = words;
  notice.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (notice.hidden = true), SHOWN_MS);
}

/**
 * Starts something that may fail, and says so instead of failing silently.
 * @param {() => unknown} run
 */
export function attempt(run) {
  Promise.resolve()
    .then(run)
    .catch((error) => notify(error instanceof Error ? error.message : 'That did not work'));
}
