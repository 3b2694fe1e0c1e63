import { CONFLICT, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const MERGED_ALREADY = conflict('merged-already', 'The record was merged into another already');
export const CHANGE_PENDING = conflict('change-pending', 'The same change waits for its second person already');
export const CHANGE_DECIDED = conflict('change-decided', 'The change was approved or rejected already');
export const OWN_CHANGE = conflict('own-change', 'Who proposed a change does not approve it');
export const RECORD_TAKEN = conflict('record-taken', 'The record belongs to somebody else');
export const NOTHING_LEFT = conflict('nothing-left', 'A split leaves something behind');
