// /v1/…: what merchants' own programs ask of their shop.
import { merchantApi } from '../wiring/merchant-api.ts';
import { api } from './middleware/api.ts';

export const handler = api(merchantApi());
