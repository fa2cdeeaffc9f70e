// Event filter patterns, rule by rule.
import { describe, expect, test } from 'vitest';
import { matches, parseFilterPattern } from '../../../../local/cloud/sources/filter-pattern.ts';

const EVENT = {
  eventName: 'INSERT',
  count: 5,
  tags: ['a', 'b'],
  nothing: null,
  dynamodb: { NewImage: { entity: { S: 'JournalEntry' } } },
};

describe('a filter pattern', () => {
  test.each<[object, boolean]>([
    [{}, true],
    [{ eventName: ['INSERT'] }, true],
    [{ eventName: ['MODIFY', 'INSERT'] }, true],
    [{ eventName: ['MODIFY'] }, false],
    [{ eventName: ['insert'] }, false],
    [{ eventName: [{ 'equals-ignore-case': 'insert' }] }, true],
    [{ eventName: [{ prefix: 'INS' }] }, true],
    [{ eventName: [{ suffix: 'RT' }] }, true],
    [{ eventName: [{ 'anything-but': ['INSERT', 'MODIFY'] }] }, false],
    [{ eventName: [{ 'anything-but': 'REMOVE' }] }, true],
    [{ missing: [{ 'anything-but': 'REMOVE' }] }, false],
    [{ missing: [{ exists: false }] }, true],
    [{ eventName: [{ exists: false }] }, false],
    [{ nothing: [null] }, true],
    [{ count: [{ numeric: ['>', 0, '<=', 5] }] }, true],
    [{ count: [{ numeric: ['>', 5] }] }, false],
    [{ count: ['5'] }, false],
    [{ tags: ['b'] }, true],
    [{ tags: ['c'] }, false],
    [{ dynamodb: { NewImage: { entity: { S: ['JournalEntry'] } } } }, true],
    [{ dynamodb: { NewImage: { entity: { S: ['Payment'] } } } }, false],
    [{ dynamodb: { OldImage: { entity: { S: ['JournalEntry'] } } } }, false],
    [{ eventName: ['INSERT'], count: [6] }, false],
  ])('%j matches: %s', (pattern, expected) => {
    expect(matches(parseFilterPattern(JSON.stringify(pattern)), EVENT)).toBe(expected);
  });

  test.each([{ a: [{ cidr: '10.0.0.0/8' }] }, { $or: [{ a: [1] }] }, { a: 'text' }])(
    '%j is refused, since it would not filter here as on AWS',
    (pattern) => {
      expect(() => parseFilterPattern(JSON.stringify(pattern))).toThrow(/./);
    },
  );
});
