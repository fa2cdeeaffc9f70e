// The containers of a deployment: one invocation at a time in each, kept warm, thrown away when their process dies.
import type { Outside } from '../../../lambdas/wiring/outside.ts';
import type { Ended, Engine } from '../engine.ts';
import { simulatedContext } from './context.ts';
import { type Functions, functionsIn } from './functions.ts';

export type FunctionName = keyof Functions;
type Handler<Name extends FunctionName> = ReturnType<Functions[Name]>;
type Answer<Name extends FunctionName> = Awaited<ReturnType<Handler<Name>>>;

export interface Containers {
  invoke<Name extends FunctionName>(
    name: Name,
    event: Parameters<Handler<Name>>[0],
  ): Promise<Ended<Answer<Name>>>;
}

export function openContainers(engine: Engine, outside: Outside): Containers {
  const functions = functionsIn(outside);
  const idle = new Map<FunctionName, unknown[]>();
  return {
    async invoke(name, event) {
      const warm = idle.get(name) ?? [];
      idle.set(name, warm);
      const handler = (warm.pop() ?? functions[name]()) as (
        event: unknown,
        context: unknown,
      ) => Promise<Answer<typeof name>>;
      const ended = await engine.invoke(name, () => handler(event, simulatedContext));
      if (ended.kind !== 'died') warm.push(handler);
      return ended;
    },
  };
}
