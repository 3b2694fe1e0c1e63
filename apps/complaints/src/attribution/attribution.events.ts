/** What collections is told of the causes of a complaint: all that are confirmed, with a version. */
export const ATTRIBUTED = 'complaint.attributed';
