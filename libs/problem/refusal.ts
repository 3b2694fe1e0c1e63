/** A field that is wrong: a JSON pointer into the request (RFC 6901) and what to do about it. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
  /** The instrument and article behind it, where a rule refuses: `CC11 70`. */
  readonly source?: string;
}

/** A kind of refusal: `code` becomes the problem type `/problems/<code>` and never changes once published. */
export interface RefusalKind {
  readonly code: string;
  readonly status: number;
  readonly title: string;
}

export interface RefusalExtras {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Seconds after which the same request may succeed; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** What the caller can fix or retry. Thrown by services, rendered by the filter of this lib. */
export class Refusal extends Error {
  constructor(
    readonly kind: RefusalKind,
    readonly extras: RefusalExtras = {},
  ) {
    super(extras.detail ?? kind.title);
    this.name = 'Refusal';
  }
}

export const UNPARSABLE: RefusalKind = { code: 'unparsable', status: 400, title: 'The request could not be read' };
export const UNAUTHENTICATED: RefusalKind = { code: 'unauthenticated', status: 401, title: 'A valid access token is needed' };
export const FORBIDDEN: RefusalKind = { code: 'forbidden', status: 403, title: 'Your role does not allow this' };
export const NOT_FOUND: RefusalKind = { code: 'not-found', status: 404, title: 'There is no such thing here' };
export const METHOD_NOT_ALLOWED: RefusalKind = { code: 'method-not-allowed', status: 405, title: 'This address does not take that method' };
export const CONFLICT: RefusalKind = { code: 'conflict', status: 409, title: 'The state does not allow this' };
export const TOO_LARGE: RefusalKind = { code: 'too-large', status: 413, title: 'The request is too large' };
export const UNSUPPORTED_MEDIA: RefusalKind = { code: 'unsupported-media-type', status: 415, title: 'This content type is not taken here' };
export const INVALID: RefusalKind = { code: 'invalid', status: 422, title: 'The request has fields that are not valid' };
export const IDEMPOTENCY_KEY_REUSED: RefusalKind = {
  code: 'idempotency-key-reused',
  status: 422,
  title: 'This Idempotency-Key was used for another request',
};
export const TOO_MANY: RefusalKind = { code: 'too-many-requests', status: 429, title: 'Too many requests' };
export const UNAVAILABLE: RefusalKind = { code: 'unavailable', status: 503, title: 'Not available at the moment; try again' };
