// The browser's mark: ours alone, out of reach of scripts, neighbours and plain pages.
import { expect, test } from 'vitest';
import { markIn, withMark } from '../../web/browser.ts';

const mark = 'm'.repeat(43);
const page = { kind: 'page', status: 200, html: '' } as const;

test('Over https the mark is a host cookie that no neighbouring domain can plant', () => {
  const { cookie } = withMark(page, mark, true);
  expect(cookie).toMatch(/^__Host-tender_browser=m{43}; Path=\/; HttpOnly; SameSite=Lax; /u);
  expect(cookie).toMatch(/; Secure$/u);
  expect(cookie).not.toContain('Domain');

  expect(markIn(`__Host-tender_browser=${mark}`, true)).toBe(mark);
  expect(markIn(`tender_browser=${mark}`, true)).toBeUndefined();
});

test('On one’s own machine, without https, it is a plain one', () => {
  expect(withMark(page, mark, false).cookie).toMatch(/^tender_browser=m{43}; Path=\/; HttpOnly/u);
  expect(markIn(`a=1; tender_browser=${mark}; b=2`, false)).toBe(mark);
});

test.each([
  undefined,
  '',
  'tender_browser',
  'tender_browser=',
  `tender_browser=${'m'.repeat(42)}`,
  `tender_browser=${'m'.repeat(5000)}`,
  `tender_browser=${'"<>'.repeat(14)}"`,
])('What we cannot have made is no mark: %j', (cookies) => {
  expect(markIn(cookies, false)).toBeUndefined();
});
