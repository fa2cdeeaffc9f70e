// Builds elements: h('button', { class: 'x', onclick }, 'Send').

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>} [properties]
 *   attributes, and `on…` listeners; false and null are left out
 * @param {...(Node | string | null | undefined | false)} children empty ones are left out
 * @returns {HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter(isShown));
  return element;
}

const isShown = (child) => child !== null && child !== undefined && child !== false;

/**
 * A button that shows an icon and is named for what it does.
 * @param {string} label
 * @param {SVGElement} icon
 * @param {{ onclick: (event: Event) => void, look?: string }} options
 */
export function iconButton(label, icon, { onclick, look = '' }) {
  return h(
    'button',
    { type: 'button', class: `icon-button ${look}`, 'aria-label': label, title: label, onclick },
    icon,
  );
}
