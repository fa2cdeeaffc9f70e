// An address: where a person can be written to. A PSID means nothing without its page.

export interface Address {
  readonly pageId: string;
  /** Page-scoped id: exceeds 2^53, so it is text everywhere. */
  readonly psid: string;
}

/** One text for one address: the key of queues' groups and of items. */
export function addressKey(address: Address): string {
  return `${address.pageId}:${address.psid}`;
}
