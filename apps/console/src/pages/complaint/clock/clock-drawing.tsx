import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { daysLeftOf } from '../buckets.ts';
import { localDate, shortDate, todayIn } from '../dates.ts';
import type { ClockSummary } from '../wire.ts';
import { useWord } from '../words.ts';
import { clockFactsOf, type DrawnComplaint } from './facts.ts';
import { layOutClock, type Block, type ClockLayout, type MarkKind } from './layout.ts';
import { lookOf } from './look.ts';
import { Pattern } from './pattern.tsx';
import { useWidth } from './use-width.ts';

const FONT_PX = 12;
const ROW_PX = 19;
const BAR_PX = 30;
const TICKS_PX = 22;
const BADGE_PX = 9;

export interface ClockDrawingProps {
  readonly complaint: DrawnComplaint & { readonly timeZone: string; readonly clock: ClockSummary };
  readonly now: Date;
}

const SHORT = {
  received: 'clock.drawing.receivedShort',
  restart: 'clock.drawing.restartShort',
  today: 'clock.drawing.todayShort',
  due: 'clock.drawing.dueShort',
  decided: 'clock.drawing.decidedShort',
  told: 'clock.drawing.toldShort',
  closed: 'clock.drawing.closedShort',
} as const satisfies Record<MarkKind, string>;

interface LinesProps {
  readonly layout: ClockLayout;
  readonly width: number;
  readonly top: number;
}

// Its pole is the mark itself.
const flagOf = (x: number, top: number, toward: number): string => `M${x} ${top + BAR_PX}V${top - 2}l${toward} 5 ${-toward} 5`;

function Marks({ layout, width, top }: LinesProps): ReactNode {
  return layout.marks.map(({ kind, on, at, row, label, labelLeft }) => {
    const y = top - 4 - row * ROW_PX;
    const x = Math.min(width - 1, Math.max(1, at * width));
    return (
      <g key={`${kind} ${on}`} className={`fb-clock-mark fb-clock-mark-${kind}`}>
        <line x1={x} x2={x} y1={y + 3} y2={top + BAR_PX} />
        {kind === 'due' && <path d={flagOf(x, top, at > 0.9 ? -9 : 9)} />}
        {kind === 'today' && <circle cx={x} cy={top + BAR_PX} r="4" />}
        <text x={labelLeft * width} y={y}>
          {label}
        </text>
      </g>
    );
  });
}

// A piece of no days is still a piece.
const wideOf = (block: Block, width: number): number => Math.max(3, block.width * width);

function Blocks({ layout, width, top, patternOf }: LinesProps & { readonly patternOf: (cause: string) => string }): ReactNode {
  return layout.blocks.map((block) => (
    <rect
      key={block.number}
      className={`fb-clock-piece fb-clock-${block.cause}`}
      x={block.left * width}
      y={top}
      width={wideOf(block, width)}
      height={BAR_PX}
      fill={`url(#${patternOf(block.cause)})`}
    />
  ));
}

function Numbers({ layout, width, top }: LinesProps): ReactNode {
  return layout.blocks
    .filter((block) => wideOf(block, width) > BADGE_PX * 2 + 2)
    .map((block) => {
      const x = block.left * width + wideOf(block, width) / 2;
      return (
        <g key={block.number}>
          <circle className="fb-clock-badge" cx={x} cy={top + BAR_PX / 2} r={BADGE_PX} />
          <text className="fb-clock-number" x={x} y={top + BAR_PX / 2 + 4} textAnchor="middle">
            {block.number}
          </text>
        </g>
      );
    });
}

function Ticks({ layout, width, top }: LinesProps): ReactNode {
  const y = top + BAR_PX;
  // Of a clock that ran for years a month and day alone say nothing.
  const yearOf = (tick: ClockLayout['ticks'][number] | undefined): number => Number(tick?.on.slice(0, 4) ?? 0);
  const isLong = yearOf(layout.ticks.at(-1)) - yearOf(layout.ticks[0]) > 1;
  return layout.ticks.map(({ on, at }) => (
    <g key={on} className="fb-clock-tick">
      <line x1={at * width} x2={at * width} y1={y} y2={y + 5} />
      <text x={Math.min(width, Math.max(0, at * width))} y={y + 18} textAnchor={at < 0.04 ? 'start' : at > 0.96 ? 'end' : 'middle'}>
        {isLong ? on.slice(0, 7) : shortDate(on)}
      </text>
    </g>
  ));
}

function Piece({ block, patternId }: { readonly block: Block; readonly patternId: string }): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const { number, cause, from, to, days, open } = block;
  const when = open
    ? t('clock.drawing.openPiece', { from, count: days })
    : days === 0
      ? t('clock.drawing.pointPiece', { from })
      : t('clock.drawing.piece', { from, to, count: days });
  return (
    <li>
      <svg width="34" height="20" aria-hidden>
        <rect x="0.5" y="0.5" width="33" height="19" rx="3" className={`fb-clock-piece fb-clock-${cause}`} fill={`url(#${patternId})`} />
        <circle className="fb-clock-badge" cx="17" cy="10" r="8" />
        <text className="fb-clock-number" x="17" y="14" textAnchor="middle">
          {number}
        </text>
      </svg>
      <span>
        <strong>{word('clock.cause', cause)}</strong> <span className="fb-clock-when">{when}</span>
      </span>
    </li>
  );
}

/** The term of a complaint as a line of days, and the same in words below it. */
export function ClockDrawing({ complaint, now }: ClockDrawingProps): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const id = useId();
  const [frame, width] = useWidth<HTMLDivElement>(680);
  const { clock, closedAt, timeZone } = complaint;
  const facts = clockFactsOf(complaint, todayIn(timeZone, now), (kind, on) => t(SHORT[kind], { date: shortDate(on) }));
  const layout = layOutClock(facts, width, FONT_PX);
  const top = Math.max(1, layout.rows) * ROW_PX + 2;
  const height = top + BAR_PX + TICKS_PX;
  const left = daysLeftOf(clock, closedAt !== null);
  const days = t(`clock.days.${left.key}`, { count: 'days' in left ? left.days : 0 });
  const causes = [...new Set([...layout.blocks.map((block) => block.cause), 'overdue'])];
  const patternOf = (cause: string): string => `${id}-${cause}`;
  const summary = t('clock.drawing.summary', {
    state: word('clock.state', clock.state),
    term: word('clock.term', clock.termId),
    dueOn: clock.dueOn,
    days,
    count: layout.blocks.length,
  });
  const rest = Math.max(
    0,
    Math.min(1, (Date.parse(facts.until) - Date.parse(layout.from)) / (Date.parse(layout.to) - Date.parse(layout.from) || 1)),
  );
  const common = { layout, width, top };
  return (
    <div className="fb-clock">
      <div ref={frame}>
        <svg role="img" aria-label={summary} width={width} height={height} className="fb-clock-line">
          <defs>
            {causes.map((cause) => (
              <Pattern key={cause} id={patternOf(cause)} look={lookOf(cause)} />
            ))}
          </defs>
          <Blocks {...common} patternOf={patternOf} />
          {/* What has not come yet is paler. */}
          <rect className="fb-clock-rest" x={rest * width} y={top} width={(1 - rest) * width} height={BAR_PX} />
          {layout.late && (
            <rect
              className="fb-clock-late"
              x={layout.late.left * width}
              y={top}
              width={layout.late.width * width}
              height={BAR_PX}
              fill={`url(#${patternOf('overdue')})`}
            />
          )}
          <Numbers {...common} />
          <Ticks {...common} />
          <Marks {...common} />
        </svg>
      </div>
      <ol className="fb-clock-list" aria-label={t('clock.drawing.list')}>
        {layout.blocks.map((block) => (
          <Piece key={block.number} block={block} patternId={patternOf(block.cause)} />
        ))}
      </ol>
      {layout.late && <p className="fb-clock-over">{t('clock.drawing.late', { count: layout.late.days })}</p>}
      <p className="fb-soft">
        {t('clock.drawing.day0', { date: facts.segments[0]?.from ?? localDate(complaint.receivedAt) })} {t('clock.drawing.inclusive')}
        {clock.provisional && <strong> {t('clock.drawing.provisional')}</strong>}
      </p>
    </div>
  );
}
