// The page's only way to the Messenger stand-in: its control door.

const base = `${document.documentElement.dataset.messengerUrl}/_stand-in`;

/** What went wrong at the door, in its own words. */
export class DoorError extends Error {}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 */
async function call(method, path, body) {
  const response = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new DoorError(answer.error ?? `answered ${response.status}`);
  return answer;
}

const threadPath = (personId, pageId) => `/people/${personId}/threads/${pageId}`;

export const door = {
  pages: () => call('GET', '/pages'),
  people: () => call('GET', '/people'),
  clock: () => call('GET', '/clock'),
  addPerson: (person) => call('POST', '/people', person),
  chats: (personId) => call('GET', `/people/${personId}/threads`),
  thread: (personId, pageId) => call('GET', threadPath(personId, pageId)),
  /** `name` is the last part of the path: text, postback, quick-reply, reaction … */
  act: (...[personId, pageId, name, body = {}]) =>
    call('POST', `${threadPath(personId, pageId)}/${name}`, body),
};

/**
 * Listens for changes; after a lost connection everything may have changed.
 * @param {(change: { kind: string, personId?: string, pageId?: string }) => void} onChange
 */
export function listen(onChange) {
  const stream = new EventSource(`${base}/stream`);
  let wasOpen = false;
  stream.addEventListener('open', () => {
    if (wasOpen) onChange({ kind: 'reconnected' });
    wasOpen = true;
  });
  stream.addEventListener('message', (event) => onChange(JSON.parse(event.data)));
}
