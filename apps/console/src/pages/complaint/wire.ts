import type { components } from '../../api/complaints.d.ts';

// The names that these pages use for what the complaints service answers.

type Schemas = components['schemas'];

export type Complaint = Schemas['ComplaintView'];
export type ComplaintItem = Schemas['ComplaintListItem'];
export type ClockAnswer = Schemas['ClockView'];
export type ClockSummary = Schemas['ClockSummary'];
export type Counts = Schemas['ComplaintCounts'];
export type EventAnswer = Schemas['ClockEventAnswer'];
export type Rejection = Schemas['ClockRejection'];
export type TimelineItem = Schemas['TimelineItem'];
export type ImportView = Omit<Schemas['ImportView'], 'kind'>;

export type ClockState = ComplaintItem['state'];
export type DueBucket = ComplaintItem['dueBucket'];
export type HoldState = ComplaintItem['hold']['state'];
