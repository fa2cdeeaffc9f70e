// Death at a chosen moment: every call that leaves a handler is counted, and at one of them the process is gone.
/** Thrown where a process ends: nothing after it runs, and nobody is told. */
export class ProcessDied extends Error {
  constructor(at: string) {
    super(`The process died ${at}`);
    this.name = 'ProcessDied';
  }
}

export interface CrashPoint {
  /** Counts from 1, in the order of the calls of a run without death. */
  readonly call: number;
  /** `before`: nothing was done. `after`: it was done, and the answer was lost. */
  readonly when: 'before' | 'after';
}

export interface Death {
  /** The same world, its calls counted. */
  around<Thing extends object>(world: Thing): Thing;
  /** From here on calls count, and the process dies at `point`, once. */
  await(point?: CrashPoint): void;
  /** Where each call went, such as `payments.commit`. */
  readonly calls: readonly string[];
  readonly hasCome: () => boolean;
}

export function createDeath(): Death {
  const calls: string[] = [];
  let isCounting = false;
  let awaited: CrashPoint | undefined;
  let hasCome = false;

  async function through(name: string, act: () => unknown): Promise<unknown> {
    if (!isCounting) return act();
    calls.push(name);
    const isHere = !hasCome && awaited?.call === calls.length;
    if (isHere) hasCome = true;
    if (isHere && awaited?.when === 'before') throw new ProcessDied(`before ${name}`);
    const answer = await act();
    if (isHere) throw new ProcessDied(`after ${name}`);
    return answer;
  }

  return {
    calls,
    hasCome: () => hasCome,
    await(point) {
      isCounting = true;
      awaited = point;
    },
    around: (world) => guarded(world, '', through),
  };
}

/** Only what is asynchronous leaves the process: clock, ids and settings answer from inside. */
const inside = new Set(['clock', 'ids', 'tokens', 'settings', 'providerOrigins', 'pinHasher']);

function guarded<Thing extends object>(
  thing: Thing,
  path: string,
  through: (name: string, act: () => unknown) => unknown,
): Thing {
  return new Proxy(thing, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      const name = path === '' ? String(key) : `${path}.${String(key)}`;
      if (inside.has(name)) return value;
      if (typeof value === 'function') {
        return (...given: unknown[]) => through(name, () => Reflect.apply(value, target, given));
      }
      return typeof value === 'object' && value !== null ? guarded(value, name, through) : value;
    },
  });
}
