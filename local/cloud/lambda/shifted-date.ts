// Moves Date in this thread by the machine's shared clock offset, so that tests can travel in time.

/** From now on `Date.now()`, `new Date()` and `Date()` show real time plus the offset, which may change at any moment. */
export function shiftDate(offset: BigInt64Array<SharedArrayBuffer>): void {
  const RealDate = Date;
  const realNow = Date.now;
  RealDate.now = () => realNow() + Number(Atomics.load(offset, 0));
  const ShiftedDate = new Proxy(RealDate, {
    construct(target, values, newTarget): object {
      const moment: unknown[] = values.length === 0 ? [RealDate.now()] : values;
      const date: unknown = Reflect.construct(target, moment, newTarget);
      if (!(date instanceof RealDate)) throw new TypeError('Date makes dates.');
      return date;
    },
    apply: () => new RealDate(RealDate.now()).toString(),
  });
  RealDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
}
