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

/** What is no page: a script of ours, a part of a page, a download. */
export type FileAnswer =
  | {
      readonly kind: 'file';
      readonly contentType: string;
      readonly body: string | Uint8Array;
      /** A digest of the body, by which a browser asks whether it has changed. */
      readonly tag?: string;
      /** Seconds for which a browser need not ask again; none where it must not keep it. */
      readonly keepSeconds?: number;
      /** Everybody may see it, and what has its address never changes: any cache may keep it for good. */
      readonly isForEver?: true;
      readonly downloadAs?: string;
    }
  | { readonly kind: 'not_changed'; readonly tag: string };

export function isFile(answer: PageAnswer | FileAnswer): answer is FileAnswer {
  return answer.kind === 'file' || answer.kind === 'not_changed';
}
