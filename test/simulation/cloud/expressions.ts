// What DynamoDB's conditions and updates mean, as far as our stores write them; anything else is refused loudly.

export type Item = Readonly<Record<string, unknown>>;

export interface Expression {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

type Check = (item: Item | undefined, given: Expression) => boolean;
type Change = (item: Record<string, unknown>, given: Expression) => void;

const checks = new Map<string, Check>();
const changes = new Map<string, Change>();

/** Whether `condition` holds of what stands there; no condition holds always. */
export function holds(condition: string | undefined, item: Item | undefined, given: Expression) {
  if (condition === undefined) return true;
  const check = checks.get(condition) ?? readCondition(condition);
  checks.set(condition, check);
  return check(item, given);
}

/** The item after `update`. */
export function updated(update: string, item: Item, given: Expression): Item {
  const change = changes.get(update) ?? readUpdate(update);
  changes.set(update, change);
  const copy = { ...item };
  change(copy, given);
  return copy;
}

/** OR binds loosest, then AND; parentheses bind first. */
function readCondition(text: string): Check {
  const tokens = text.match(/<>|<=|>=|[()=<>,]|[#:]?\w+/gu) ?? [];
  let at = 0;
  const take = () => tokens[at++] ?? refuse(text);
  const isNext = (token: string) => tokens[at] === token && (at += 1) > 0;
  const any = (): Check => {
    const parts = [all()];
    while (isNext('OR')) parts.push(all());
    return (item, given) => parts.some((part) => part(item, given));
  };
  const all = (): Check => {
    const parts = [one()];
    while (isNext('AND')) parts.push(one());
    return (item, given) => parts.every((part) => part(item, given));
  };
  const one = (): Check => {
    if (isNext('(')) return closed(any());
    const name = take();
    if (!isNext('(')) return compared(name, take(), take());
    const path = take();
    return closed(callOf(name, path, isNext(',') ? take() : ''));
  };
  const closed = (check: Check) => (isNext(')') ? check : refuse(text));
  const check = any();
  return at === tokens.length ? check : refuse(text);
}

function compared(left: string, sign: string, right: string): Check {
  return (item, given) => {
    const has = item?.[nameOf(left, given)];
    if (has === undefined) return sign === '<>';
    return compare(has, sign, valueOf(right, given));
  };
}

function callOf(name: string, path: string, value: string): Check {
  switch (name) {
    case 'attribute_exists':
      return (item, given) => item?.[nameOf(path, given)] !== undefined;
    case 'attribute_not_exists':
      return (item, given) => item?.[nameOf(path, given)] === undefined;
    case 'begins_with':
      return (item, given) => {
        const [has, prefix] = [item?.[nameOf(path, given)], valueOf(value, given)];
        return typeof has === 'string' && typeof prefix === 'string' && has.startsWith(prefix);
      };
    default:
      return refuse(name);
  }
}

function compare(one: unknown, sign: string, other: unknown): boolean {
  if (sign === '=') return one === other;
  if (sign === '<>') return one !== other;
  const isBefore = before(one, other);
  const isAfter = before(other, one);
  if (sign === '<') return isBefore;
  if (sign === '>') return isAfter;
  return sign === '<=' ? !isAfter : !isBefore;
}

function before(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return one < other;
  if (typeof one === 'string' && typeof other === 'string') return one < other;
  throw new Error(`DynamoDB does not compare ${typeof one} with ${typeof other}.`);
}

function readUpdate(text: string): Change {
  const parts =
    /^(?:SET (?<set>.+?))?(?: ?REMOVE (?<remove>.+))?$/u.exec(text)?.groups ?? refuse(text);
  const settings = parts['set']?.split(', ').map(setting) ?? [];
  const removed = parts['remove']?.split(', ') ?? [];
  return (item, given) => {
    for (const set of settings) set(item, given);
    for (const path of removed) Reflect.deleteProperty(item, nameOf(path, given));
  };
}

function setting(text: string): Change {
  const read = /^(?<path>[#\w]+) = (?:(?<base>[#\w]+) \+ )?(?<value>:\w+)$/u.exec(text);
  const { path = '', base, value = '' } = read?.groups ?? refuse(text);
  return (item, given) => {
    const add = base === undefined ? undefined : Number(item[nameOf(base, given)]);
    const to = valueOf(value, given);
    item[nameOf(path, given)] = add === undefined ? to : add + Number(to);
  };
}

function nameOf(path: string, { ExpressionAttributeNames: names }: Expression): string {
  if (!path.startsWith('#')) return path;
  return names?.[path] ?? refuse(path);
}

function valueOf(name: string, { ExpressionAttributeValues: values }: Expression): unknown {
  return values !== undefined && name in values ? values[name] : refuse(name);
}

function refuse(text: string): never {
  throw new Error(`The simulated DynamoDB cannot read “${text}”.`);
}
