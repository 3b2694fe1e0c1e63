/** What a regulator asked for, without what could be personal. */
export interface Look {
  readonly method: string;
  readonly route: string;
  /** The ids in the path, `/` between them; empty where the route has none, `*` for what is no id of ours. */
  readonly resource: string;
  /** Names of the parameters in order; values only where they cannot be personal. */
  readonly query: string;
}

interface Asked {
  readonly method: string;
  readonly route: string;
  readonly params: unknown;
  readonly query: unknown;
  readonly found: boolean;
}

// Where a reader goes on is no other question.
const PAGING = new Set(['cursor', 'limit']);
// Dates, states and kinds. Everything else may be a name or a number that somebody typed in.
const SHOWN = new Set(
  'from,to,on,at,date,since,until,year,month,state,status,kind,kinds,format,formats,channel,verdict,severity,pack,version,frequency,audience,language,lang,personal,overdue,open'.split(
    ',',
  ),
);
const HARMLESS = /^[A-Za-z0-9_.:+-]{1,40}$/;
const OWN_ID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{1,12})$/i;
const MOST = 200;

const pairsOf = (value: unknown): [string, unknown][] => (typeof value === 'object' && value !== null ? Object.entries(value) : []);

/** Ids of what is there are kept: the bank's own, by which it knows the thing again. What is not there may be anything that was typed in. */
const resourceOf = (params: unknown, found: boolean): string =>
  pairsOf(params)
    .map(([, value]) => String(value))
    .map((value) => (found || OWN_ID.test(value) ? value : '*'))
    .join('/')
    .slice(0, MOST);

const queryOf = (query: unknown): string =>
  pairsOf(query)
    .filter(([name]) => !PAGING.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      const known = /^[A-Za-z][A-Za-z0-9_.-]{0,40}$/.test(name) ? name : '*';
      return `${known}=${SHOWN.has(name) && typeof value === 'string' && HARMLESS.test(value) ? value : '*'}`;
    })
    .join('&')
    .slice(0, MOST);

export const lookOf = ({ method, route, params, query, found }: Asked): Look => ({
  method,
  route,
  resource: resourceOf(params, found),
  query: queryOf(query),
});
