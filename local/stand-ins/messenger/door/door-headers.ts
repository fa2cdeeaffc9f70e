// Headers of every answer at the control door: the chat page calls it from another port.
export const DOOR_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers': 'content-type',
  'cache-control': 'no-store',
} as const;
