// What a page's handler answers: a page, or where to go next. The page stack turns it into strict HTTP.

export type PageAnswer = (
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly html: string;
      /** The exact contents of the page's own <style> and <script> elements; anything else inline is refused. */
      readonly styles?: readonly string[];
      readonly scripts?: readonly string[];
      /** Origins besides ours where a form may end up: browsers check the redirect after a POST too. */
      readonly formTargets?: readonly string[];
    }
  /** After a POST, so that reloading does not post again. */
  | { readonly kind: 'redirect'; readonly to: string }
) & {
  /** The browser's mark, where it has none yet. */
  readonly cookie?: string;
};
