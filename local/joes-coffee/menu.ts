// What Joe's Coffee sells on this machine.

export interface MenuItem {
  readonly name: string;
  readonly category: string;
  readonly cents: number;
  readonly description?: string;
  readonly picture: 'cup' | 'glass' | 'pot' | 'pastry' | 'bag' | 'mug';
  readonly options?: readonly {
    readonly name: string;
    readonly choices: readonly (readonly [string, number])[];
  }[];
  /** How many are left; absent, it is never sold out. */
  readonly stock?: number;
}

const size = {
  name: 'Size',
  choices: [
    ['Small', 0],
    ['Large', 75],
  ],
} as const;
const milk = {
  name: 'Milk',
  choices: [
    ['Whole milk', 0],
    ['Oat milk', 60],
    ['Almond milk', 60],
  ],
} as const;
const grind = {
  name: 'Grind',
  choices: [
    ['Whole beans', 0],
    ['Filter', 0],
    ['Espresso', 0],
  ],
} as const;

export const categories = ['Coffee', 'Tea', 'Bakery', 'To take home'] as const;

export const menu: readonly MenuItem[] = [
  {
    name: 'Flat white',
    category: 'Coffee',
    cents: 425,
    picture: 'cup',
    options: [size, milk],
    description: 'Two shots under velvet milk',
  },
  {
    name: 'Latte',
    category: 'Coffee',
    cents: 450,
    picture: 'cup',
    options: [size, milk],
    description: 'Mild, and plenty of it',
  },
  {
    name: 'Cappuccino',
    category: 'Coffee',
    cents: 425,
    picture: 'cup',
    options: [size, milk],
    description: 'A third of each',
  },
  {
    name: 'Espresso',
    category: 'Coffee',
    cents: 275,
    picture: 'cup',
    description: 'Short and dark',
  },
  { name: 'Americano', category: 'Coffee', cents: 325, picture: 'cup', options: [size] },
  {
    name: 'Cold brew',
    category: 'Coffee',
    cents: 475,
    picture: 'glass',
    options: [size],
    description: 'Eighteen hours in the cold',
  },
  { name: 'Mocha', category: 'Coffee', cents: 500, picture: 'cup', options: [size, milk] },
  { name: 'Chai latte', category: 'Tea', cents: 475, picture: 'cup', options: [size, milk] },
  { name: 'Earl Grey', category: 'Tea', cents: 300, picture: 'pot' },
  { name: 'Fresh mint tea', category: 'Tea', cents: 325, picture: 'pot' },
  {
    name: 'Croissant',
    category: 'Bakery',
    cents: 325,
    picture: 'pastry',
    stock: 12,
    description: 'Butter, flour, patience',
  },
  { name: 'Almond croissant', category: 'Bakery', cents: 425, picture: 'pastry', stock: 6 },
  { name: 'Blueberry muffin', category: 'Bakery', cents: 350, picture: 'pastry', stock: 8 },
  { name: 'Banana bread', category: 'Bakery', cents: 375, picture: 'pastry', stock: 5 },
  {
    name: 'House blend',
    category: 'To take home',
    cents: 1400,
    picture: 'bag',
    options: [grind],
    stock: 20,
    description: '250 g, roasted on Monday',
  },
  {
    name: 'Ethiopia Sidamo',
    category: 'To take home',
    cents: 1750,
    picture: 'bag',
    options: [grind],
    stock: 10,
    description: '250 g, floral and bright',
  },
  {
    name: 'Joe’s mug',
    category: 'To take home',
    cents: 1200,
    picture: 'mug',
    stock: 1,
    description: 'The last one',
  },
];
