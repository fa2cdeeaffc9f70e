// Starts the chat page: reads who is there, opens phones, and draws again what the door says has changed.
import { mountClock, readMachineTime } from './clock.js';
import { door, listen } from './door.js';
import { attempt } from './notice.js';
import { PhoneRow } from './phone-row.js';

const row = new PhoneRow({
  place: document.getElementById('phones'),
  tabs: document.getElementById('tabs'),
});

function onChange({ kind, personId }) {
  if (kind === 'reset') location.reload();
  else if (kind === 'people') attempt(async () => row.setPeople(await door.people()));
  else if (kind === 'thread') row.refresh(personId);
  else row.refresh();
}

async function start() {
  const [pages, people] = await Promise.all([door.pages(), door.people()]);
  await readMachineTime();
  row.open(pages, people);
  listen(onChange);
  document.addEventListener('visibilitychange', () => row.refresh());
  await mountClock(document.getElementById('clock'), () => row.refresh());
}

attempt(start);
