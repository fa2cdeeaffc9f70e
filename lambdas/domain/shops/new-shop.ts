// What a shop is before its owner has decided anything: sells nothing yet, takes every card, never closes.
import type { Shop } from './shop.ts';

export const newShop = {
  isPaused: false,
  categories: [],
  acceptedBrands: ['visa', 'mastercard', 'american_express', 'discover'],
  hours: [[], [], [], [], [], [], []],
  taxPercent: 0,
  offersPickUp: true,
  shipping: [],
  shipsTo: [],
  tips: [],
  promotions: [],
  team: [],
} as const satisfies Partial<Shop>;
