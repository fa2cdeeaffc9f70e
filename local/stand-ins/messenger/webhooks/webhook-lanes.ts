// Keeps first attempts of one thread in order while threads go side by side.

export interface WebhookLanes {
  /** Runs after everything that entered the lane before, whatever became of it. */
  inTurn(lane: string, run: () => Promise<boolean>): Promise<boolean>;
  /** Resolves when the next one that enters the lane has had its turn. */
  afterTheNext(lane: string): Promise<void>;
}

export function createWebhookLanes(): WebhookLanes {
  const tails = new Map<string, Promise<unknown>>();
  const overtaken = new Map<string, (() => void)[]>();
  return {
    async inTurn(lane, run) {
      const waiting = overtaken.get(lane) ?? [];
      overtaken.delete(lane);
      const turn = (tails.get(lane) ?? Promise.resolve()).then(run);
      tails.set(lane, turn);
      const accepted = await turn;
      for (const proceed of waiting) proceed();
      return accepted;
    },
    afterTheNext: (lane) =>
      new Promise((proceed) => overtaken.set(lane, [...(overtaken.get(lane) ?? []), proceed])),
  };
}
