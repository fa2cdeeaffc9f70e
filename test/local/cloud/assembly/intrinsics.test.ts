// CloudFormation's expressions, evaluated.
import { describe, expect, test } from 'vitest';
import { evaluate, NO_VALUE, type Scope } from '../../../../local/cloud/assembly/intrinsics.ts';

const SCOPE: Scope = {
  ref: (name) => (name === 'AWS::NoValue' ? NO_VALUE : `ref-${name}`),
  attribute: (logicalId, name) => `${logicalId}:${name}`,
  exported: (name) => `export-${name}`,
  output: (stack, name) => `${stack}/${name}`,
  mapped: (...keys) => keys.join('|'),
  condition: (name) => name === 'Yes',
};

describe('an expression', () => {
  test.each<[string, unknown, unknown]>([
    ['Ref', { Ref: 'Queue' }, 'ref-Queue'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table:Arn'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table:Stream.Arn'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref-B-3'],
    ['Fn::Split', { 'Fn::Split': ['-', { 'Fn::Join': ['-', ['a', 'b']] }] }, ['a', 'b']],
    ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    ['Fn::Sub', { 'Fn::Sub': '${A}/${B.Arn}/${!C}' }, 'ref-A/B:Arn/${C}'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${x}${A}', { x: { Ref: 'Y' } }] }, 'ref-Yref-A'],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Join': ['', ['a', 'b']] } }, 'export-ab'],
    ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O' } }, 'S/O'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'R' }, 'k'] }, 'M|ref-R|k'],
    ['Fn::If', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    ['Fn::If, otherwise', { 'Fn::If': ['No', 'then', 'else'] }, 'else'],
    ['Fn::Equals', { 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }, true],
    ['Fn::And', { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
    ['Fn::Or', { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] }, true],
    ['Fn::Not', { 'Fn::Not': [{ Condition: 'No' }] }, true],
    ['Fn::Base64', { 'Fn::Base64': 'abc' }, 'YWJj'],
    ['nothing in it', { a: [1, { b: null }], c: true }, { a: [1, { b: null }], c: true }],
    ['AWS::NoValue in it', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }] }, { b: [] }],
  ])('with %s', (_, expression, value) => {
    expect(evaluate(expression, SCOPE)).toEqual(value);
  });

  test('that is not known is an error, not a guess', () => {
    expect(() => evaluate({ 'Fn::Transform': {} }, SCOPE)).toThrow(/Fn::Transform is not known/);
    expect(() => evaluate({ 'Fn::Join': ['', [{ a: 1 }]] }, SCOPE)).toThrow(/should be a text/);
  });
});
