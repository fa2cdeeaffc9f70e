// Turns a parameter type of the SDK into the shape that a request's parameters must have.
import { readDeclarations, type Member, type Scope, type TypeNode } from './declarations.ts';

export type Shape =
  | { is: 'anything' }
  | { is: 'text' }
  | { is: 'number' }
  | { is: 'boolean' }
  | { is: 'nothing' }
  | { is: 'literal'; value: string }
  | { is: 'list'; of: Shape }
  | { is: 'record'; of: Shape }
  | { is: 'fields'; fields: Map<string, Field> }
  | { is: 'choice'; of: Shape[] };

export interface Field {
  required: boolean;
  /** Worked out when first asked: the SDK's types are deep and some name themselves. */
  shape(): Shape;
}

const files = new Map<string, Scope>();

/** The shape of the interface `path` (`Name` or `Namespace.Name`) that the SDK declares in `<file>.d.ts`. */
export function shapeOf(file: string, path: string): Shape {
  const scope = files.get(file) ?? readDeclarations(file);
  files.set(file, scope);
  const shape = shapeFromName(path.split('.'), scope);
  if (shape.is !== 'fields') throw new Error(`${file}.d.ts declares no interface ${path}`);
  return shape;
}

function shapeFrom(node: TypeNode, scope: Scope): Shape {
  switch (node.is) {
    case 'literal':
      return { is: 'literal', value: node.value };
    case 'record':
      return { is: 'record', of: shapeFrom(node.of, scope) };
    case 'union':
      return choice(node.of.filter(isNotOpenEnd).map((each) => shapeFrom(each, scope)));
    case 'members':
      return { is: 'fields', fields: fieldsFrom(node, scope) };
    case 'name':
      return shapeFromGeneric(node, scope) ?? shapeFromName(node.path, scope);
  }
}

/** `'a' | 'b' | OtherString` leaves room for values that later APIs add; the pinned version takes the listed ones. */
function isNotOpenEnd(node: TypeNode): boolean {
  return !(node.is === 'name' && node.path[0] === 'OtherString');
}

function choice(of: Shape[]): Shape {
  const flat = of.flatMap((each) => (each.is === 'choice' ? each.of : [each]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { is: 'choice', of: flat };
}

function shapeFromGeneric(
  node: { path: string[]; of: TypeNode[] },
  scope: Scope,
): Shape | undefined {
  const [argument] = node.of;
  if (argument === undefined) return undefined;
  const inner = shapeFrom(argument, scope);
  if (node.path[0] === 'Array') return { is: 'list', of: inner };
  if (node.path[0] === 'Emptyable') {
    return choice([inner, { is: 'literal', value: '' }, { is: 'nothing' }]);
  }
  return { is: 'anything' };
}

const BUILT_IN: Record<string, Shape> = {
  string: { is: 'text' },
  number: { is: 'number' },
  boolean: { is: 'boolean' },
  null: { is: 'nothing' },
  OtherString: { is: 'text' },
  Decimal: { is: 'text' },
};

function shapeFromName(path: string[], scope: Scope): Shape {
  const builtIn = path.length === 1 ? BUILT_IN[path[0] ?? ''] : undefined;
  if (builtIn) return builtIn;
  const found = find(path, scope);
  return found ? shapeFrom(found.type, found.scope) : { is: 'anything' };
}

function find(path: string[], scope: Scope): { type: TypeNode; scope: Scope } | undefined {
  for (let around: Scope | undefined = scope; around; around = around.outer) {
    const home = path
      .slice(0, -1)
      .reduce<Scope | undefined>((inside, name) => inside?.scopes.get(name), around);
    const type = home?.types.get(path.at(-1) ?? '');
    if (home && type) return { type, scope: home };
  }
  return undefined;
}

function fieldsFrom(node: { members: Member[]; extends: TypeNode[] }, scope: Scope) {
  const fields = new Map<string, Field>();
  for (const parent of node.extends) {
    const shape = shapeFrom(parent, scope);
    if (shape.is === 'fields') for (const [name, field] of shape.fields) fields.set(name, field);
  }
  for (const member of node.members) {
    let known: Shape | undefined;
    const shape = () => (known ??= shapeFrom(member.type, scope));
    fields.set(member.name, { required: !member.optional, shape });
  }
  return fields;
}
