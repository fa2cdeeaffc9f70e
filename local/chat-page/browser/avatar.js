// A round picture for a person or a page: first letters on a colour of their own.
import { h } from './dom.js';

const HUES = [212, 268, 330, 16, 38, 150, 186];

const letters = new Intl.Segmenter();

/** Whole letters: an emoji or an accented letter is not cut. */
function firstLetter(word) {
  for (const { segment } of letters.segment(word)) return segment;
  return '';
}

/**
 * @param {string} name
 * @param {'small' | 'medium' | 'large'} [size]
 */
export function avatar(name, size = 'medium') {
  const initials = name.split(/\s+/u).slice(0, 2).map(firstLetter).join('');
  const sum = Array.from(name, (letter) => letter.codePointAt(0) ?? 0).reduce((a, b) => a + b, 0);
  const element = h('span', { class: `avatar avatar-${size}`, 'aria-hidden': 'true' }, initials);
  const hue = HUES[sum % HUES.length];
  element.style.background = `linear-gradient(135deg, hsl(${hue} 85% 62%), hsl(${hue} 80% 46%))`;
  return element;
}
