// The people who say the phrasings: each writes amounts as their country does.
import type { Speaker } from '../../../lambdas/domain/money/speaker.ts';

export const american: Speaker = { locale: 'en-US', currency: 'USD' };
export const briton: Speaker = { locale: 'en-GB', currency: 'GBP' };
export const german: Speaker = { locale: 'de-DE', currency: 'EUR' };
export const french: Speaker = { locale: 'fr-FR', currency: 'EUR' };
export const swiss: Speaker = { locale: 'fr-CH', currency: 'CHF' };
export const japanese: Speaker = { locale: 'ja-JP', currency: 'JPY' };
export const indian: Speaker = { locale: 'en-IN', currency: 'INR' };
export const kuwaiti: Speaker = { locale: 'ar', currency: 'KWD' };
export const canadian: Speaker = { locale: 'en_CA', currency: 'CAD' };
export const chinese: Speaker = { locale: 'zh-CN', currency: 'CNY' };

export const everybody: readonly Speaker[] = [
  american,
  briton,
  german,
  french,
  swiss,
  japanese,
  indian,
  kuwaiti,
];
