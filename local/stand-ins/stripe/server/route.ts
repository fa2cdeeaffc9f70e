// One line of the route table: a method, a path, the parameters it takes, and the work.
import type { Desk } from '../desk.ts';
import type { Raw } from '../parameters/raw-parameters.ts';
import type { Declared } from '../parameters/read-parameters.ts';

export interface Call<P> {
  desk: Desk;
  params: P;
  /** The `{}` parts of the path, in order. */
  id: string;
  secondId: string;
}

export interface Route {
  method: string;
  pattern: RegExp;
  /** Validates the parameters, and gives back the work that is then to be done at a desk. */
  prepare(raw: Map<string, Raw>): (call: Omit<Call<never>, 'params'>) => object;
}

/** `line` is like `POST /v1/refunds/{}`. */
export function route<P extends object>(
  line: string,
  parameters: Declared<P>,
  work: (call: Call<P>) => object,
): Route {
  const [method = '', path = ''] = line.split(' ');
  return {
    method,
    pattern: new RegExp(`^${path.replaceAll('{}', '([^/]+)')}$`),
    prepare(raw) {
      const params = parameters.read(raw);
      return ({ desk, id, secondId }) => work({ desk, params, id, secondId });
    },
  };
}
