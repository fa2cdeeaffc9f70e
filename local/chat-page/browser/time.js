// Time as Messenger writes it, on the machine's clock.

let offsetMs = 0;

/** @param {number} machineNowMs */
export function setMachineTime(machineNowMs) {
  offsetMs = machineNowMs - Date.now();
}

export const machineNow = () => Date.now() + offsetMs;

const startOfDay = (ms) => new Date(ms).setHours(0, 0, 0, 0);

/** `15:42`, `Yesterday 15:42`, `Mon 15:42` or `12 Nov 2026 15:42`. */
export function timeLabel(ms) {
  const clock = new Intl.DateTimeFormat([], { hour: 'numeric', minute: '2-digit' }).format(ms);
  const days = Math.round((startOfDay(machineNow()) - startOfDay(ms)) / 86_400_000);
  if (days <= 0) return clock;
  if (days === 1) return `Yesterday ${clock}`;
  const day =
    days < 7
      ? new Intl.DateTimeFormat([], { weekday: 'short' })
      : new Intl.DateTimeFormat([], { day: 'numeric', month: 'short', year: 'numeric' });
  return `${day.format(ms)} ${clock}`;
}

export const longTime = (ms) =>
  new Intl.DateTimeFormat([], {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(ms);
