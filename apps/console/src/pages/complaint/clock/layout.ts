import { dateOfDay, dayNumber } from '../dates.ts';

// From the clock's answer to where things stand on a line of days. A date is a point: day 0 at the left, and the length of a piece
// is the days it gives, so that fifteen days look like fifteen. No pixels but the width, which decides how many labels fit beside each other.

export interface ClockSegment {
  readonly from: string;
  /** null: not over yet. */
  readonly to: string | null;
  readonly cause: string;
}

export type MarkKind = 'received' | 'restart' | 'today' | 'due' | 'decided' | 'told' | 'closed';

export interface ClockMark {
  readonly kind: MarkKind;
  readonly on: string;
  /** As it is written beside the mark. */
  readonly label: string;
}

export interface ClockFacts {
  readonly segments: readonly ClockSegment[];
  readonly dueOn: string;
  /** The last day that counts against the term: today, or the day it was closed. */
  readonly until: string;
  readonly marks: readonly ClockMark[];
}

export interface Block {
  /** From 1, as in the list below the drawing. */
  readonly number: number;
  readonly cause: string;
  readonly from: string;
  readonly to: string;
  readonly open: boolean;
  readonly days: number;
  readonly left: number;
  readonly width: number;
}

export interface PlacedMark extends ClockMark {
  readonly at: number;
  /** 0 is nearest to the line. */
  readonly row: number;
  /** Left edge of the label; it may not leave the drawing. */
  readonly labelLeft: number;
}

export interface ClockLayout {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly blocks: readonly Block[];
  readonly marks: readonly PlacedMark[];
  readonly rows: number;
  readonly ticks: readonly { readonly on: string; readonly at: number }[];
  /** What lies beyond the due date. */
  readonly late: { readonly left: number; readonly width: number; readonly days: number } | null;
}

const STEPS = [1, 2, 3, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730, 1825];
const TICK_PX = 64;
const LABEL_GAP_PX = 10;

/** Close enough to keep labels apart: a Chinese character is as wide as it is high. */
export function textWidth(text: string, fontPx: number): number {
  let width = 0;
  for (const char of text) width += char.charCodeAt(0) > 0x2e7f ? fontPx : fontPx * 0.58;
  return width;
}

interface Axis {
  readonly first: number;
  readonly days: number;
}

function axisOf(facts: ClockFacts): Axis {
  const points = [
    ...facts.segments.flatMap((segment) => [segment.from, segment.to ?? segment.from]),
    ...facts.marks.map((mark) => mark.on),
    facts.dueOn,
  ].map(dayNumber);
  const first = Math.min(...points);
  const last = Math.max(...points, facts.segments.some((segment) => segment.to === null) ? dayNumber(facts.until) : first);
  return { first, days: Math.max(1, last - first) };
}

function blocksOf(facts: ClockFacts, axis: Axis): Block[] {
  return facts.segments.map((segment, index) => {
    const from = dayNumber(segment.from);
    const to = Math.max(from, dayNumber(segment.to ?? facts.until));
    return {
      number: index + 1,
      cause: segment.cause,
      from: segment.from,
      to: dateOfDay(to),
      open: segment.to === null,
      days: to - from,
      left: (from - axis.first) / axis.days,
      width: (to - from) / axis.days,
    };
  });
}

/** Each label in the lowest row where it touches no other, in the order of their dates. */
function placeMarks(marks: readonly ClockMark[], axis: Axis, widthPx: number, fontPx: number): PlacedMark[] {
  const ends: number[] = [];
  return marks
    .toSorted((a, b) => dayNumber(a.on) - dayNumber(b.on))
    .map((mark) => {
      const at = (dayNumber(mark.on) - axis.first) / axis.days;
      const labelWidth = Math.min(1, textWidth(mark.label, fontPx) / widthPx);
      const labelLeft = Math.max(0, Math.min(1 - labelWidth, at - labelWidth / 2));
      const free = ends.findIndex((end) => end <= labelLeft);
      const row = free === -1 ? ends.length : free;
      ends[row] = labelLeft + labelWidth + LABEL_GAP_PX / widthPx;
      return { ...mark, at, row, labelLeft };
    });
}

function ticksOf(axis: Axis, widthPx: number): ClockLayout['ticks'] {
  const most = Math.max(2, Math.floor(widthPx / TICK_PX));
  const step = STEPS.find((days) => axis.days / days <= most - 1) ?? axis.days;
  const ticks = [];
  for (let day = 0; day <= axis.days; day += step) ticks.push({ on: dateOfDay(axis.first + day), at: day / axis.days });
  return ticks;
}

export function layOutClock(facts: ClockFacts, widthPx: number, fontPx = 12): ClockLayout {
  const axis = axisOf(facts);
  const marks = placeMarks(facts.marks, axis, widthPx, fontPx);
  const due = dayNumber(facts.dueOn);
  const lateDays = Math.min(dayNumber(facts.until), axis.first + axis.days) - due;
  return {
    from: dateOfDay(axis.first),
    to: dateOfDay(axis.first + axis.days),
    days: axis.days,
    blocks: blocksOf(facts, axis),
    marks,
    rows: marks.reduce((rows, mark) => Math.max(rows, mark.row + 1), 0),
    ticks: ticksOf(axis, widthPx),
    late: lateDays > 0 ? { left: (due - axis.first) / axis.days, width: lateDays / axis.days, days: lateDays } : null,
  };
}
