// The Page that Joe's Coffee sells from on this machine: the stand-in knows it, and the page secret has its token.

export const joesPage = {
  id: '1001',
  name: 'Joe’s Coffee',
  token: 'local-shop-token',
} as const;
