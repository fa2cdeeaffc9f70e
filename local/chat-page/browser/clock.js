// The machine's clock in the top bar, and buttons that push it forward.
import { door } from './door.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { attempt, notify } from './notice.js';
import { longTime, machineNow, setMachineTime } from './time.js';

const SKIPS = [
  ['10 s', 10_000],
  ['1 day', 86_400_000],
  ['7 days', 604_800_000],
];

const advance = (advanceMs) =>
  fetch('/_stand-in/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMs }),
  });

export async function readMachineTime() {
  const { nowMs } = await door.clock();
  setMachineTime(nowMs);
}

/**
 * Fills the top bar's clock; stays hidden where the machine's clock cannot be moved.
 * @param {HTMLElement} place
 * @param {() => void} onSkip
 */
export async function mountClock(place, onSkip) {
  const probe = await fetch('/_stand-in/clock').catch(() => undefined);
  if (!probe?.ok) return;
  const time = h('time', { class: 'clock-time', 'aria-label': "The machine's time" });
  const show = () => (time.textContent = longTime(machineNow()));
  const skip = ([label, ms]) =>
    h(
      'button',
      {
        type: 'button',
        class: 'clock-skip',
        'aria-label': `Skip ${label}`,
        onclick: () =>
          attempt(async () => {
            await advance(ms);
            await readMachineTime();
            show();
            notify(`${label} later`);
            onSkip();
          }),
      },
      `+${label}`,
    );
  place.append(icon('clock', 18), time, h('div', { class: 'clock-skips' }, ...SKIPS.map(skip)));
  place.hidden = false;
  show();
  setInterval(show, 1000);
}
