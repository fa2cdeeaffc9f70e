// The pictures on Joe's menu, drawn here so that the machine needs no other.
import type { MenuItem } from './menu.ts';

const shapes: Record<MenuItem['picture'], string> = {
  cup: '<path d="M60 62h64v20a32 32 0 0 1-64 0z" fill="#fff"/><path d="M124 66h8a12 12 0 0 1 0 24h-9" fill="none" stroke="#fff" stroke-width="6"/><ellipse cx="92" cy="62" rx="32" ry="7" fill="#8a5a3b"/><path d="M84 62q8 -6 16 0q-8 6 -16 0" fill="#f3ddc5"/><rect x="54" y="116" width="76" height="6" rx="3" fill="#fff"/>',
  glass:
    '<path d="M70 40h44l-6 84H76z" fill="#fff" opacity=".5"/><path d="M72 62h40l-4 62H76z" fill="#5b3a29"/><rect x="80" y="68" width="12" height="12" rx="2" fill="#fff" opacity=".6"/><rect x="96" y="78" width="11" height="11" rx="2" fill="#fff" opacity=".5"/>',
  pot: '<path d="M58 74h60a6 6 0 0 1 6 6c0 28-14 40-36 40S52 108 52 80a6 6 0 0 1 6-6z" fill="#fff"/><path d="M124 82l18-12" stroke="#fff" stroke-width="8"/><path d="M52 84c-18 0-18 22 2 22" fill="none" stroke="#fff" stroke-width="6"/><rect x="78" y="60" width="20" height="14" rx="7" fill="#fff"/>',
  pastry:
    '<path d="M44 108c0-34 20-52 48-52s48 18 48 52c-10-12-22-16-30-14 -4-8-32-8-36 0-8-2-20 2-30 14z" fill="#e9b66b"/><path d="M74 92l-6-28M92 88V56M110 92l6-28" stroke="#c98c3c" stroke-width="5"/>',
  bag: '<path d="M64 46h56l6 78H58z" fill="#fff"/><path d="M64 46h56v12H64z" fill="#d8c3ad"/><circle cx="92" cy="90" r="16" fill="#8a5a3b"/><path d="M92 76c-7 9 7 18 0 28" stroke="#fff" stroke-width="3" fill="none"/>',
  mug: '<rect x="58" y="52" width="60" height="66" rx="8" fill="#fff"/><path d="M118 66h10a14 14 0 0 1 0 32h-10" fill="none" stroke="#fff" stroke-width="8"/><path d="M88 76v16a7 7 0 0 1-14 0" fill="none" stroke="#8a5a3b" stroke-width="6"/>',
};

const grounds: Record<MenuItem['picture'], string> = {
  cup: '#b5835a',
  glass: '#7fa3a8',
  pot: '#87a878',
  pastry: '#f6e3c5',
  bag: '#a65f46',
  mug: '#54738c',
};

/** An SVG of 184 by 160, or undefined for a name that is on no menu. */
export function pictureOf(name: string): string | undefined {
  const kind = Object.keys(shapes).find((each): each is MenuItem['picture'] => each === name);
  if (kind === undefined) return undefined;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 184 160"><rect width="184" height="160" fill="${grounds[kind]}"/>${shapes[kind]}</svg>`;
}
