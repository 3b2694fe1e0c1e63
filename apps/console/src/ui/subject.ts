const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const TAIL = 6;

/** The end of a subject that is a UUID, enough to tell people of one office apart; any other subject as it is. */
export const shortSubject = (subject: string): string => (UUID.test(subject) ? subject.slice(-TAIL) : subject);
