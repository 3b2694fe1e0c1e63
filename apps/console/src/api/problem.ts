export interface FieldError {
  /** A JSON pointer into what was sent. */
  readonly pointer: string;
  readonly detail: string;
  /** The article behind it, where a rule refuses. */
  readonly source?: string;
}

interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly requestId?: string;
}

/** The one kind of error that a call to the services ends in. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** The last part of the problem's type, such as `not-found`; `offline` when no answer came. */
    readonly code: string,
    readonly status: number,
    readonly detail: string | null,
    readonly errors: readonly FieldError[],
    readonly requestId: string | null,
    readonly retryAfterSeconds: number | null,
  ) {
    super(detail ?? code);
  }

  get isTransient(): boolean {
    return this.code === 'offline' || this.status === 503 || this.status === 429;
  }
}

export const offline = (): Problem => new Problem('offline', 0, null, [], null, null);

/** Reads RFC 9457; anything else becomes a problem with the status alone. */
export function toProblem(status: number, text: string, headers: Pick<Headers, 'get'>): Problem {
  let body: ProblemBody = {};
  try {
    body = (JSON.parse(text) ?? {}) as ProblemBody;
  } catch {
    // A proxy in between may answer in HTML: the status is all there is to tell.
  }
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  return new Problem(
    body.type?.split('/').pop() || (status === 503 ? 'unavailable' : 'other'),
    status,
    body.detail ?? body.title ?? null,
    body.errors ?? [],
    body.requestId ?? headers.get('x-request-id'),
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('other', 0, error instanceof Error ? error.message : null, [], null, null);
