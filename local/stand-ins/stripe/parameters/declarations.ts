// Reads the Stripe SDK's own type declarations, so that the stand-in knows each parameter that Stripe knows.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A type expression as the SDK's generated declarations write it. */
export type TypeNode =
  | { is: 'literal'; value: string }
  | { is: 'name'; path: string[]; of: TypeNode[] }
  | { is: 'members'; members: Member[]; extends: TypeNode[] }
  | { is: 'record'; of: TypeNode }
  | { is: 'union'; of: TypeNode[] };

export interface Member {
  name: string;
  optional: boolean;
  type: TypeNode;
}

/** A namespace: its types by name, the namespaces in it, and the one around it. */
export interface Scope {
  outer: Scope | undefined;
  types: Map<string, TypeNode>;
  scopes: Map<string, Scope>;
}

const TOKEN = /'(?:[^'\\]|\\.)*'|[A-Za-z_$][\w$]*|\S/g;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const sdkFolder = dirname(fileURLToPath(import.meta.resolve('stripe')));

/** Parses `<sdk>/<name>.d.ts`; names that the file does not hold are looked for in the SDK's shared.d.ts. */
export function readDeclarations(name: string): Scope {
  const shared = name === 'shared' ? undefined : readDeclarations('shared');
  const text = readFileSync(join(sdkFolder, `${name}.d.ts`), 'utf8').replace(COMMENT, '');
  const scope = emptyScope(shared);
  readStatements(createCursor(text.match(TOKEN) ?? []), scope);
  return scope;
}

interface Cursor {
  peek(ahead?: number): string;
  take(): string;
  /** Takes the next token when it is this one. */
  takes(token: string): boolean;
  done(): boolean;
}

function createCursor(tokens: string[]): Cursor {
  let at = 0;
  const peek = (ahead = 0) => tokens[at + ahead] ?? '';
  return {
    peek,
    take: () => tokens[at++] ?? '',
    takes(token) {
      if (peek() !== token) return false;
      at += 1;
      return true;
    },
    done: () => at >= tokens.length,
  };
}

function emptyScope(outer: Scope | undefined): Scope {
  return { outer, types: new Map(), scopes: new Map() };
}

function readStatements(cursor: Cursor, scope: Scope): void {
  while (!cursor.done() && cursor.peek() !== '}') {
    while (cursor.takes('export') || cursor.takes('declare'));
    readStatement(cursor, scope);
  }
}

function readStatement(cursor: Cursor, scope: Scope): void {
  if (cursor.takes('namespace')) return readNamespace(cursor, scope);
  if (cursor.takes('interface')) return readInterface(cursor, scope);
  if (cursor.peek() === 'type' && cursor.peek(1) !== '{') {
    cursor.take();
    const name = cursor.take();
    if (cursor.takes('<')) while (cursor.take() !== '>');
    cursor.takes('=');
    scope.types.set(name, readType(cursor));
    cursor.takes(';');
    return undefined;
  }
  return skipStatement(cursor);
}

function readNamespace(cursor: Cursor, scope: Scope): void {
  const name = cursor.take();
  const inner = scope.scopes.get(name) ?? emptyScope(scope);
  scope.scopes.set(name, inner);
  cursor.takes('{');
  readStatements(cursor, inner);
  cursor.takes('}');
}

function readInterface(cursor: Cursor, scope: Scope): void {
  const name = cursor.take();
  const parents: TypeNode[] = [];
  if (cursor.takes('extends')) {
    do parents.push(readSingle(cursor));
    while (cursor.takes(','));
  }
  const body = readBody(cursor);
  scope.types.set(name, body.is === 'members' ? { ...body, extends: parents } : body);
}

/** Imports, classes, constants: nothing that describes a parameter. */
function skipStatement(cursor: Cursor): void {
  let depth = 0;
  while (!cursor.done()) {
    const token = cursor.take();
    if (token === '{') depth += 1;
    if (token === '}') depth -= 1;
    const ended = token === '}' && cursor.peek() !== 'from' && cursor.peek() !== ';';
    if (depth === 0 && (token === ';' || ended)) return;
  }
}

function readType(cursor: Cursor): TypeNode {
  cursor.takes('|');
  const choices = [readSingle(cursor)];
  while (cursor.takes('|')) choices.push(readSingle(cursor));
  const [only] = choices;
  return choices.length === 1 && only ? only : { is: 'union', of: choices };
}

function readSingle(cursor: Cursor): TypeNode {
  let node = readPrimary(cursor);
  while (cursor.peek() === '[' && cursor.peek(1) === ']') {
    cursor.take();
    cursor.take();
    node = { is: 'name', path: ['Array'], of: [node] };
  }
  // `string & Record<never, never>` is how the SDK spells "any other string": the first half says it.
  while (cursor.takes('&')) readPrimary(cursor);
  return node;
}

function readPrimary(cursor: Cursor): TypeNode {
  if (cursor.peek() === '{') return readBody(cursor);
  if (cursor.takes('(')) {
    const inner = readType(cursor);
    cursor.takes(')');
    return inner;
  }
  const token = cursor.take();
  if (token.startsWith("'")) return { is: 'literal', value: token.slice(1, -1) };
  const path = [token];
  while (cursor.takes('.')) path.push(cursor.take());
  return { is: 'name', path, of: readArguments(cursor) };
}

function readArguments(cursor: Cursor): TypeNode[] {
  const of: TypeNode[] = [];
  if (!cursor.takes('<')) return of;
  do of.push(readType(cursor));
  while (cursor.takes(','));
  cursor.takes('>');
  return of;
}

function readBody(cursor: Cursor): TypeNode {
  const members: Member[] = [];
  let record: TypeNode | undefined;
  cursor.takes('{');
  while (!cursor.takes('}') && !cursor.done()) {
    if (cursor.takes('[')) {
      while (cursor.take() !== ']');
      cursor.takes(':');
      record = readType(cursor);
      cursor.takes(';');
    } else {
      const member = readMember(cursor);
      if (member) members.push(member);
    }
  }
  return record ? { is: 'record', of: record } : { is: 'members', members, extends: [] };
}

function readMember(cursor: Cursor): Member | undefined {
  const name = cursor.take().replace(/^'|'$/g, '');
  const optional = cursor.takes('?');
  if (!cursor.takes(':')) {
    skipStatement(cursor);
    return undefined;
  }
  const type = readType(cursor);
  cursor.takes(';');
  return { name, optional, type };
}
