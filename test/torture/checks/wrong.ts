// What can be wrong at the end, by whom it concerns.

export const wrongs = ['lost', 'doubled', 'stuck', 'untold'] as const;
export type WrongKind = (typeof wrongs)[number];

export interface Wrong {
  readonly kind: WrongKind;
  /** `pay_…`, `ord_…`, `req_…`, or what else it is about. */
  readonly subject: string;
  readonly what: string;
}
