// The page's icons, drawn with one stroke so that they take the colour of the text around them.

const paths = {
  back: 'M15 4l-8 8 8 8',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  info: 'M12 11v6M12 7.500v.5M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  open: 'M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  smile:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.500 14.500a4.500 4.500 0 0 0 7 0M9 9.500v.5M15 9.500v.5',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  forward: 'M9 5l7 7-7 7',
  reply: 'M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.500 2',
};

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {keyof typeof paths} name
 * @param {number} [size]
 */
export function icon(name, size = 22) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  for (const [attribute, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(attribute, String(value));
  }
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/** The paper plane is filled, as Messenger's is. */
export function sendIcon() {
  const svg = icon('forward', 24);
  svg.setAttribute('fill', 'currentColor');
  svg.setAttribute('stroke', 'none');
  svg.firstElementChild?.setAttribute(
    'd',
    'M3 4.200 21.500 12 3 19.800l2.200-6.600L14 12l-8.800-1.200z',
  );
  return svg;
}

/** The blue thumb of Messenger's composer, and of the sticker that it sends. */
export function thumbIcon(size = 24) {
  const svg = sendIcon();
  svg.setAttribute('width', String(size));
  svg.setAttribute('height', String(size));
  svg.firstElementChild?.setAttribute(
    'd',
    'M2.500 10.500h3.700v10H2.500zM7.800 10.300 12.100 2.600c1.700 0 2.700 1.200 2.400 3l-.5 3.100h5.300c1.500 0 2.500 1.300 2.100 2.700l-2 7.200c-.3 1.100-1.300 1.900-2.500 1.900H7.800z',
  );
  return svg;
}
