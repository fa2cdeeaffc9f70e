// The ways Graph API says no: status, code and words as Meta's error list has them.

export interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly subcode?: number;
  readonly type: string;
  readonly message: string;
  readonly isTransient?: boolean;
}

const refuse = (refusal: Omit<Refusal, 'type'> & { readonly type?: string }): Refusal => ({
  type: 'OAuthException',
  ...refusal,
});

export const badParameter = (message: string, subcode?: number): Refusal =>
  refuse({ status: 400, code: 100, message, ...(subcode === undefined ? {} : { subcode }) });

export const badToken = (why: string): Refusal =>
  refuse({ status: 400, code: 190, message: `Invalid OAuth access token - ${why}` });

export const badProof = (message: string): Refusal =>
  refuse({ status: 400, code: 100, type: 'GraphMethodException', message });

export const noSuchObject = (method: string, id: string): Refusal =>
  refuse({
    status: 400,
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, ` +
      'cannot be loaded due to missing permissions, or does not support this operation',
  });

export const noSuchPerson = (): Refusal => badParameter('(#100) No matching user found', 2018001);

export const outsideWindow = (): Refusal =>
  refuse({
    status: 403,
    code: 10,
    subcode: 2018278,
    message: '(#10) This message is sent outside of allowed window.',
  });

export const deadTag = (tag: string): Refusal =>
  badParameter(`(#100) Message tag ${tag} is no longer supported`, 1893061);

export const tagNotPermitted = (tag: string): Refusal =>
  refuse({
    status: 403,
    code: 10,
    message: `(#10) Application does not have permission to use the ${tag} tag`,
  });

export const personUnavailable = (): Refusal =>
  refuse({
    status: 400,
    code: 551,
    subcode: 1545041,
    message: "(#551) This person isn't available right now.",
  });

export const notThreadOwner = (): Refusal =>
  refuse({
    status: 403,
    code: 10,
    subcode: 2018300,
    message: '(#10) Message failed to send because another app is controlling this thread now.',
  });

/** Meta documents that it is refused, not with which code. */
export const mayNotTake = (): Refusal =>
  refuse({
    status: 403,
    code: 10,
    message: '(#10) Only the default app of this Page may take control of a thread.',
  });

export const pageTrouble = (): Refusal =>
  refuse({
    status: 500,
    code: 1,
    message: 'An unknown error has occurred.',
    isTransient: true,
  });

export const tooLarge = (): Refusal =>
  refuse({ status: 413, code: 1, message: 'The request is larger than this API reads' });

/** The body of the answer; `traceId` is what Meta's support asks for. */
export function refusalBody(refusal: Refusal, traceId: string): unknown {
  return {
    error: {
      message: refusal.message,
      type: refusal.type,
      code: refusal.code,
      ...(refusal.subcode === undefined ? {} : { error_subcode: refusal.subcode }),
      ...(refusal.isTransient === undefined ? {} : { is_transient: refusal.isTransient }),
      fbtrace_id: traceId,
    },
  };
}
