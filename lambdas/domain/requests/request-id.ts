// The id of a request: apart from its noun, because payments and requests name each other.

export type RequestId = `req_${string}`;
