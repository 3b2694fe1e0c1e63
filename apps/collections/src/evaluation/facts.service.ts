import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { addDays, dayEnd, dayStart, earlier, localDay } from '../oversight/local-days.ts';
import type { EvaluationFacts } from './facts.ts';
import { FactsStore, type FactsQuestion, type Span } from './facts.store.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}

export interface FactsOf {
  readonly institutionId: string;
  readonly agencyIds: readonly string[];
  readonly periods: readonly Period[];
  readonly asOf: Date;
}

/** Gathers the facts of agencies: by agency, then by period, in the orders asked for. */
@Injectable()
export class FactsService {
  constructor(@Inject(FactsStore) private readonly store: FactsStore) {}

  async gather(tx: Tx, { institutionId, agencyIds, periods, asOf }: FactsOf): Promise<EvaluationFacts[][]> {
    const [only] = agencyIds;
    const agencyId = agencyIds.length === 1 && only !== undefined ? only : null;
    const question: FactsQuestion = {
      institutionId,
      agencyId,
      spans: periods.map((period, index) => toSpan(period, index, asOf)),
      asOf,
      asOfDay: localDay(asOf),
    };
    const read = {
      decisions: keyed(await this.store.decisions(tx, question)),
      refusals: keyed(await this.store.refusals(tx, question)),
      lookbacks: keyed(await this.store.lookbacks(tx, question)),
      calls: keyed(await this.store.calls(tx, question)),
      cases: keyed(await this.store.cases(tx, question)),
      complaints: keyed(await this.store.complaints(tx, question)),
      duties: keyed(await this.store.duties(tx, question)),
      staff: keyed(await this.store.staff(tx, question)),
      promises: keyed(await this.store.promises(tx, question)),
      recoveries: keyed(await this.store.recoveries(tx, question)),
    };
    return agencyIds.map((agency) => periods.map((period, index) => factsOf(agency, period, keyOf({ index, agencyId: agency }), read)));
  }
}

const toSpan = ({ from, to }: Period, index: number, asOf: Date): Span => {
  const ends = dayEnd(to);
  return { index, from, to, begins: dayStart(from), ends: ends < asOf ? ends : asOf };
};

interface Keyed {
  readonly index: number;
  readonly agencyId: string;
}

const keyOf = ({ index, agencyId }: Keyed): string => `${index} ${agencyId}`;

const keyed = <Row extends Keyed>(rows: readonly Row[]): Map<string, Row[]> => Map.groupBy(rows, keyOf);

type Read = {
  readonly [Kind in Exclude<keyof FactsStore, 'constructor'>]: Map<string, Awaited<ReturnType<FactsStore[Kind]>>>;
};

function factsOf(agencyId: string, { from, to }: Period, key: string, read: Read): EvaluationFacts {
  const decision = read.decisions.get(key)?.[0];
  const lookback = read.lookbacks.get(key)?.[0];
  const call = read.calls.get(key)?.[0];
  const kase = read.cases.get(key)?.[0];
  const complaint = read.complaints.get(key)?.[0];
  const duty = read.duties.get(key)?.[0];
  const staff = read.staff.get(key)?.[0];
  const promise = read.promises.get(key)?.[0];
  return {
    agencyId,
    from,
    to,
    asked: decision?.asked ?? 0,
    refused: decision?.refused ?? 0,
    refusalsByRule: (read.refusals.get(key) ?? [])
      .map(({ ruleId, refusals }) => ({ ruleId, refusals }))
      .toSorted((a, b) => b.refusals - a.refusals || (a.ruleId < b.ruleId ? -1 : 1)),
    lookedBack: lookback?.seen ?? 0,
    lookbackFindings: lookback?.findings ?? 0,
    calls: call?.seen ?? 0,
    callFindings: call?.findings ?? 0,
    cases: kase?.cases ?? 0,
    complaints: complaint?.standing ?? 0,
    complaintsReceived: complaint?.received ?? 0,
    complaintsUpheld: complaint?.upheld ?? 0,
    complaintsAttributed: complaint?.attributed ?? 0,
    complaintsWithdrawn: complaint?.withdrawn ?? 0,
    lateRectifications: duty?.late ?? 0,
    openCritical: duty?.openCritical ?? 0,
    staff: staff?.staff ?? 0,
    trainingGaps: staff?.gaps ?? 0,
    subContracting: duty?.subContracting ?? 0,
    promisesSettled: promise?.settled ?? 0,
    promisesKept: promise?.kept ?? 0,
    recoveries: (read.recoveries.get(key) ?? [])
      .map(({ currency, cases, paid, owed }) => ({ currency, cases, paid, owed }))
      .toSorted((a, b) => b.cases - a.cases || (a.currency < b.currency ? -1 : 1)),
  };
}

/** The months that begin in a period, each cut to it, the first one first. */
export function monthsOf({ from, to }: Period): Period[] {
  const months: Period[] = [];
  for (let first = from; first <= to;) {
    const next = new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 1)).toISOString().slice(0, 10);
    months.push({ from: first, to: earlier(to, addDays(next, -1)) });
    first = next;
  }
  return months;
}
