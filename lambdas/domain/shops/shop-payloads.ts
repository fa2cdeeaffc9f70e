// The one place that writes and reads what the buttons of a shop's Page carry back to us.
import { isOrderId } from '../orders/order.ts';
import { mostOfOne } from '../orders/cart.ts';
import { isProductId } from './product.ts';
import type { LineRef, ShopCommand } from './shop-command.ts';

/** What a button may carry: nothing that only words can mean, and nobody's code. */
export type ShopButton = Exclude<
  ShopCommand,
  {
    kind:
      | 'order'
      | 'take_out'
      | 'open_product'
      | 'open_bill'
      | 'open_nothing'
      | 'join_team'
      | 'not_understood'
      | 'pause'
      | 'open'
      | 'stop'
      | 'delete_my_data';
  }
>;

/** Counts up when the form of a payload changes. Buttons live in threads for ever, so old versions stay readable. */
const prefix = 'v1:shop:';

/** Messenger's limit for postback and quick reply payloads, in characters. */
const longestPayload = 1000;

/** "v1:shop:cart", "v1:shop:category:<cursor>:Coffee". Throws when it is too long for a button. */
export function writeShopPayload(command: ShopButton): string {
  const payload = prefix + [command.kind, ...detailsOf(command)].join(':');
  if (payload.length > longestPayload) {
    throw new RangeError(
      `A ${command.kind} payload of ${payload.length} characters fits no button`,
    );
  }
  return payload;
}

function detailsOf(command: ShopButton): readonly (string | number)[] {
  switch (command.kind) {
    case 'category':
      return [encodeURIComponent(command.after ?? ''), command.name];
    case 'search':
      return [command.skip ?? 0, command.words.join(' ')];
    case 'choose':
      return [command.productId, command.quantity, command.version, command.chosen.join('.')];
    case 'set_quantity':
      return [command.line, command.quantity];
    case 'my_orders':
      return command.number === undefined ? [] : [command.number];
    case 'reorder':
    case 'cancel_order':
    case 'ask_refund':
      return command.orderId === undefined ? [] : [command.orderId];
    case 'confirm_join':
    case 'refuse_join':
      return [command.fingerprint];
    case 'start':
    case 'help':
    case 'menu':
    case 'cart':
    case 'change_cart':
    case 'empty_cart':
    case 'check_out':
    case 'talk_to_shop':
    case 'come_back':
    case 'hours':
    case 'handover':
    case 'console':
    case 'link_wallet':
    case 'unlink_wallet':
    case 'yes':
    case 'no':
      return [];
  }
}

/** Undefined for what we did not write: another version's, another app's, or made up. */
export function readShopPayload(text: string): ShopCommand | undefined {
  if (text.length > longestPayload || !text.startsWith(prefix)) return undefined;
  const rest = text.slice(prefix.length);
  const at = rest.indexOf(':');
  return at === -1 ? readPlain(rest) : readDetailed(rest.slice(0, at), rest.slice(at + 1));
}

function readPlain(kind: string): ShopCommand | undefined {
  switch (kind) {
    case 'start':
    case 'help':
    case 'menu':
    case 'cart':
    case 'change_cart':
    case 'empty_cart':
    case 'check_out':
    case 'my_orders':
    case 'reorder':
    case 'cancel_order':
    case 'ask_refund':
    case 'talk_to_shop':
    case 'come_back':
    case 'hours':
    case 'handover':
    case 'console':
    case 'link_wallet':
    case 'unlink_wallet':
    case 'yes':
    case 'no':
      return { kind };
    default:
      return undefined;
  }
}

function readDetailed(kind: string, detail: string): ShopCommand | undefined {
  switch (kind) {
    case 'category':
      return readCategory(detail);
    case 'search':
      return readSearch(detail);
    case 'choose':
      return readChoose(detail);
    case 'set_quantity':
      return readSetQuantity(detail);
    case 'my_orders':
      return /^[A-Z0-9-]{3,20}$/u.test(detail) ? { kind, number: detail } : undefined;
    case 'confirm_join':
    case 'refuse_join':
      return /^[\w-]{16,100}$/u.test(detail) ? { kind, fingerprint: detail } : undefined;
    case 'reorder':
    case 'cancel_order':
    case 'ask_refund':
      return isOrderId(detail) ? { kind, orderId: detail } : undefined;
    default:
      return undefined;
  }
}

function readCategory(detail: string): ShopCommand | undefined {
  const match = /^([^:]*):(.+)$/su.exec(detail);
  const after = decoded(match?.[1] ?? '');
  const name = match?.[2];
  if (name === undefined || after === undefined) return undefined;
  return { kind: 'category', name, ...(after === '' ? {} : { after }) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function readSearch(detail: string): ShopCommand | undefined {
  const match = /^(\d{1,4}):(.+)$/su.exec(detail);
  const words = match?.[2]?.split(' ').filter((word) => word !== '') ?? [];
  const skip = Number(match?.[1] ?? 0);
  if (words.length === 0) return undefined;
  return { kind: 'search', words, ...(skip === 0 ? {} : { skip }) };
}

function readChoose(detail: string): ShopCommand | undefined {
  const match = /^([^:]+):(\d{1,2}):(\d{1,9}):((?:\d{1,2}(?:\.\d{1,2})*)?)$/u.exec(detail);
  const [, productId = '', quantity = '', version = '', places = ''] = match ?? [];
  if (match === null || !isProductId(productId) || Number(quantity) < 1) return undefined;
  return {
    kind: 'choose',
    productId,
    quantity: Number(quantity),
    version: Number(version),
    chosen: places === '' ? [] : places.split('.').map(Number),
  };
}

function readSetQuantity(detail: string): ShopCommand | undefined {
  const match = /^([^:]+):(\d{1,2})$/u.exec(detail);
  const [, line = '', digits = ''] = match ?? [];
  const quantity = Number(digits);
  if (match === null || !isLineRef(line) || quantity > mostOfOne) return undefined;
  return { kind: 'set_quantity', line, quantity };
}

function isLineRef(text: string): text is LineRef {
  return /^lin_[A-Za-z0-9_-]{1,80}$/u.test(text);
}
