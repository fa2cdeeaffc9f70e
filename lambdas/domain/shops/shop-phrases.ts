// The set phrases of a shop's Page: everything that names no product.
import type { ShopCommand } from './shop-command.ts';

/** Lower case, letters and digits only: "Where's my order?" is looked up as "wheres my order". */
const phrases: ReadonlyMap<string, ShopCommand> = new Map([
  ...said(
    { kind: 'start' },
    'start|get started|begin|hi|hello|hey|hi there|hello there|hey there|good morning|good afternoon|good evening|howdy|hiya|start over',
  ),
  ...said(
    { kind: 'help' },
    'help|help me|i need help|commands|info|faq|what can you do|what can i do|what can i say|how does this work|how does it work|how do i order|how can i order|how do i pay|how can i pay|can i pay here|instructions|what is this|whats this',
  ),
  ...said(
    { kind: 'menu' },
    'menu|the menu|show menu|show me the menu|see menu|see the menu|can i see the menu|can i see a menu|products|categories|catalog|catalogue|browse|shop|show products|list|whats on the menu|what is on the menu|what do you have|what do you sell|what have you got|what can i order|what can i buy|what can i get|what do you offer|what drinks do you have|what food do you have|back to menu|back to the menu|keep shopping|continue shopping|order something|order food|order a drink|i want to order|i would like to order|id like to order|can i order|can i place an order|place an order|order now|new order|prices|price list',
  ),
  ...said(
    { kind: 'cart' },
    'cart|my cart|the cart|show cart|show my cart|show me my cart|view cart|view my cart|see cart|see my cart|basket|my basket|show basket|show my basket|bag|my bag|whats in my cart|what is in my cart|whats in my basket|what is in my basket|total|whats my total|what is my total|how much is it|how much is that|how much is my cart|whats the total|what is the total|how much do i owe|my bill|bill',
  ),
  ...said(
    { kind: 'change_cart' },
    'change|change cart|change my cart|edit|edit cart|edit my cart|change my order|edit my order|change the cart|change order|edit order',
  ),
  ...said(
    { kind: 'empty_cart' },
    'empty|empty cart|empty my cart|empty the cart|empty basket|empty my basket|clear|clear cart|clear my cart|clear the cart|clear basket|remove all|remove everything|delete everything|delete cart|delete my cart|take everything out|start again|scrap that|scrap it',
  ),
  ...said(
    { kind: 'check_out' },
    'checkout|check out|check me out|check out please|pay|pay now|i want to pay|id like to pay|i would like to pay|let me pay|pay my order|pay for my order|pay for it|pay the bill|buy|buy now|buy it|place order|place my order|place the order|submit order|confirm order|confirm my order|order it|thats all|that is all|thats it|that is it|thats everything|im done|i am done|done|finish|finish order|to checkout|proceed to checkout|go to checkout',
  ),
  ...said(
    { kind: 'my_orders' },
    'orders|my orders|my order|order status|order history|status|status of my order|whats the status of my order|what is the status of my order|where is my order|wheres my order|where is it|wheres it|where is my coffee|wheres my coffee|where is my food|wheres my food|where is my stuff|wheres my stuff|where is my package|wheres my package|where is my parcel|track|track order|track my order|track my package|track package|tracking|tracking number|whats my tracking number|when will my order arrive|when does my order arrive|when will it arrive|when will my order be ready|when is my order ready|is my order ready|is it ready|is it ready yet|is my order ready yet|has my order shipped|did my order ship|has it shipped|order number|whats my order number|what is my order number|my last order|last order|show my orders|show orders|list orders|recent orders|my recent orders|what did i order|receipt|my receipt|show my receipt|can i get a receipt|did you get my order|have you got my order|my order is late|my order hasnt arrived|my order has not arrived|i didnt get my order|i did not get my order|i havent got my order|i havent received my order|i did not receive my order|i never got my order',
  ),
  ...said(
    { kind: 'reorder' },
    'reorder|re order|order again|same again|same again please|the same again|same as last time|the same as last time|same as before|the same as before|repeat|repeat order|repeat my order|repeat my last order|repeat last order|my usual|the usual|usual|order the same|order the same again|order my usual|same order|same order again|the same|again|once more|one more time',
  ),
  ...said(
    { kind: 'cancel_order' },
    'cancel|cancel it|cancel that|cancel this|cancel order|cancel my order|cancel the order|cancel my last order|cancel this order|cancel that order|i want to cancel|i want to cancel my order|id like to cancel my order|i would like to cancel my order|can i cancel|can i cancel my order|stop my order|stop the order|undo|undo my order|undo order',
  ),
  ...said(
    { kind: 'ask_refund' },
    'refund|refund me|refund my order|refund the order|refund it|i want a refund|id like a refund|i would like a refund|i need a refund|can i get a refund|can i have a refund|could i get a refund|get a refund|give me a refund|ask for a refund|request a refund|request refund|money back|my money back|i want my money back|give me my money back|give my money back|can i get my money back|can i have my money back|return|return my order|i want to return it|i want to return my order|return it|wrong order|you sent the wrong order|i got the wrong order|i got the wrong thing|i got the wrong item|something is missing|an item is missing|my order is wrong|my order was wrong|i was charged twice|you charged me twice|you charged me',
  ),
  ...said(
    { kind: 'talk_to_shop' },
    'talk|person|human|agent|operator|staff|talk to a person|talk to a human|talk to someone|talk to somebody|talk to the shop|talk to you|talk to staff|talk to an agent|talk to joe|speak to a person|speak to a human|speak to someone|speak to somebody|speak with someone|speak with a person|speak with a human|talk with someone|talk with a person|talk with a human|i want to talk to a person|i want to talk to someone|i want to talk to a human|i want to speak to a person|i want to speak to someone|i want to speak to a human|can i talk to a person|can i talk to someone|can i talk to a human|can i speak to someone|can i speak to a person|can i speak to a human|real person|a real person|customer service|customer support|support|contact|contact you|contact the shop|call me|complain|complaint|i have a complaint|i want to complain|i have a question|question|is anyone there|is anybody there|is someone there|anyone there',
  ),
  ...said(
    { kind: 'come_back' },
    'bot|done|i am done|im done|back|the bot|bring back the bot|bring the bot back|back to the bot|back to bot|go back|talk to the bot|end chat|close chat',
  ),
  ...said(
    { kind: 'hours' },
    'hours|opening hours|opening times|open hours|your hours|business hours|when do you open|when do you close|when are you open|what time do you open|what time do you close|are you open|are you open now|are you open today|are you closed|when are you opening|what are your hours|what are your opening hours|how late are you open|until when are you open|how long are you open|are you still open',
  ),
  ...said(
    { kind: 'handover' },
    'shipping|delivery|deliver|pick up|pickup|collect|collection|do you deliver|do you ship|can you deliver|can you ship|do you do delivery|can you deliver it|is there delivery|how much is shipping|how much is delivery|what does shipping cost|shipping costs|shipping cost|where do you ship|where do you deliver|can i pick it up|can i pick up|can i collect it|promo|promo code|promotion|promotion code|coupon|coupon code|discount|discount code|i have a promo code|i have a coupon|i have a discount code|voucher|tip|add a tip|add tip|leave a tip|can i tip|can i leave a tip|note|add a note|leave a note',
  ),
  ...said(
    { kind: 'console' },
    'console|my console|the console|open console|open the console|open my console|console please|dashboard|admin|sign in|log in|login|sign me in|manage shop|manage my shop|manage the shop',
  ),
  ...said(
    { kind: 'link_wallet' },
    'link my wallet|link wallet|link the wallet|link to my wallet|link this to my wallet|link this chat to my wallet|link this chat|connect my wallet|connect wallet|connect to my wallet|join my wallet|join wallet|pair my wallet|use my wallet|this is me|its me|it is me|thats me|that is me|link my account|link account|link accounts|link my accounts|connect my account|connect my accounts|join my account|join my accounts|join accounts|link my tender|link tender|link my tender account|connect my tender account|connect tender|link to tender|link me|i have a wallet|i have a tender wallet|i have a tender account|i have an account|i already have an account|i am on tender|im on tender|use my pin|join my addresses|how do i link my wallet|how can i link my wallet|can i link my wallet',
  ),
  ...said(
    { kind: 'unlink_wallet' },
    'unlink|unlink my wallet|unlink wallet|unlink the wallet|unlink my account|unlink account|unlink me|disconnect my wallet|disconnect wallet|disconnect my account|undo link|undo the link|undo joining|undo the joining|unjoin|this is not me|this isnt me|thats not me|that is not me|not my wallet|not my account|separate my account',
  ),
  ...said(
    { kind: 'pause' },
    'pause|pause shop|pause the shop|pause my shop|pause orders|pause sales|stop orders|stop taking orders|close shop|close the shop|close my shop',
  ),
  ...said(
    { kind: 'open' },
    'open|open shop|open the shop|open my shop|resume|resume orders|resume sales|unpause|unpause shop|unpause the shop|take orders|take orders again|start taking orders',
  ),
  ...said(
    { kind: 'stop' },
    'stop|stop it|stop all|stop messages|stop messaging me|stop writing|stop writing me|stop texting me|unsubscribe|opt out|leave me alone|quit|end',
  ),
  ...said(
    { kind: 'delete_my_data' },
    'delete my data|delete all my data|delete data|erase my data|remove my data|delete my account|close my account|delete me|forget me|forget about me|gdpr delete|delete everything about me',
  ),
  ...said(
    { kind: 'yes' },
    'yes|y|yes please|yep|yeah|yup|sure|ok|okay|k|correct|right|confirm|do it|go ahead|of course|great|perfect|sounds good',
  ),
  ...said(
    { kind: 'no' },
    'no|n|no thanks|no thank you|nope|nah|not now|never mind|nevermind|nvm|forget it|nothing|nothing else|none|thanks|thank you|thx|ty|cheers|bye|goodbye|see you|later',
  ),
]);

function said(command: ShopCommand, texts: string): (readonly [string, ShopCommand])[] {
  return texts.split('|').map((text) => [text, command] as const);
}

/** Takes folded text; undefined when it is none of the set phrases. */
export function readShopPhrase(text: string): ShopCommand | undefined {
  return readMarks(text) ?? phrases.get(phraseKey(text));
}

/** Signs alone: a question mark, a thumb, a wave. */
function readMarks(text: string): ShopCommand | undefined {
  if (/^\?+$/u.test(text)) return { kind: 'help' };
  if (/^(?:\u{1F44D}|\u{1F44C}|✅|✔️?)[\u{1F3FB}-\u{1F3FF}]?$/u.test(text)) return { kind: 'yes' };
  if (/^(?:\u{1F44E}|❌|✖️?)[\u{1F3FB}-\u{1F3FF}]?$/u.test(text)) return { kind: 'no' };
  if (/^(?:\u{1F44B})[\u{1F3FB}-\u{1F3FF}]?$/u.test(text)) return { kind: 'start' };
  if (/^(?:\u{1F6D2})$/u.test(text)) return { kind: 'cart' };
  return undefined;
}

function phraseKey(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("'", '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
