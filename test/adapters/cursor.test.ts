// Cursors bring back the very place that they were made of, and nothing else is one.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePlaces, cursorOf, placeOf } from '../../lambdas/adapters/cursor.ts';

const places = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((text) => text.toWellFormed());

test('a place comes back as it was, by text that a URL carries unchanged', () => {
  fc.assert(
    fc.property(places, (place) => {
      const cursor = cursorOf(place);

      expect(placeOf(cursor)).toBe(place);
      expect(encodeURIComponent(cursor)).toBe(cursor);
    }),
  );
});

test('text is a cursor only when it is the one way to write its place', () => {
  fc.assert(
    fc.property(fc.oneof(fc.base64String(), fc.string(), fc.string({ maxLength: 3 })), (text) => {
      const place = placeOf(text);

      expect(place === undefined || (place !== '' && cursorOf(place) === text)).toBe(true);
    }),
  );
});

test('the longest place is one that DynamoDB can hold', () => {
  expect(placeOf(cursorOf('x'.repeat(1024)))).toHaveLength(1024);
  expect(placeOf(cursorOf('x'.repeat(1025)))).toBeUndefined();
  expect(placeOf(cursorOf('é'.repeat(513)))).toBeUndefined();
  expect(placeOf('')).toBeUndefined();
});

test('places are ordered wholly, and as their bytes are', () => {
  fc.assert(
    fc.property(places, places, places, (one, other, third) => {
      const bytes = [one, other].map((place) => Buffer.from(place).toString('hex')).toSorted();

      expect(Math.sign(comparePlaces(one, other))).toBe(-Math.sign(comparePlaces(other, one)));
      expect(comparePlaces(one, other) === 0).toBe(one === other);
      expect(comparePlaces(one, other) < 0).toBe(
        one !== other && bytes[0] === Buffer.from(one).toString('hex'),
      );
      const sorted = [one, other, third].toSorted(comparePlaces);
      expect([third, other, one].toSorted(comparePlaces)).toEqual(sorted);
    }),
  );
});
