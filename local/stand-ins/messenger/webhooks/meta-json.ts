// JSON as Meta puts it on the wire: slashes escaped, everything beyond ASCII as lower-case \uXXXX.

export function metaJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replaceAll(
      // oxlint-disable-next-line eslint/no-control-regex -- the range is all of ASCII
      /[^\u0000-\u007f]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
