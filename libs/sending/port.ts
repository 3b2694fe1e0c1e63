/** What the other side said when it took a message. */
export interface Sent {
  /** The other side's name for the message; null: it gave none. */
  readonly providerId: string | null;
}

export interface TextMessage {
  /** The same again when the same message is sent again. */
  readonly id: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
}

export interface MailAttachment {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: Buffer;
}

export interface MailMessage {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly MailAttachment[];
}

/** Throws SendError when the message was not taken. */
export interface SmsPort {
  send(message: TextMessage): Promise<Sent>;
}

/** Throws SendError when the message was not taken. */
export interface MailPort {
  send(message: MailMessage): Promise<Sent>;
}

export const SMS_PORT = Symbol('sms-port');
export const MAIL_PORT = Symbol('mail-port');

export interface Failure {
  /** Whether another try makes sense: not where the other side has read the message and does not want it. */
  readonly again: boolean;
  /** Whether it may have arrived: nobody answered after the message had gone. */
  readonly mayHaveArrived: boolean;
  /** The other side asks to be left alone so long. */
  readonly afterMs?: number;
}

/** A message was not taken. `code` is for the record: no address, no word of the message, no secret. */
export class SendError extends Error {
  readonly again: boolean;
  readonly mayHaveArrived: boolean;
  readonly afterMs: number | null;

  constructor(
    readonly code: string,
    { again, mayHaveArrived, afterMs }: Failure,
  ) {
    super(`The message was not taken: ${code}`);
    this.name = 'SendError';
    this.again = again;
    this.mayHaveArrived = mayHaveArrived;
    this.afterMs = afterMs ?? null;
  }
}
