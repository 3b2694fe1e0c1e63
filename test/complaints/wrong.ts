import { decisionBody } from './bodies.ts';

// What must be refused with 422, naming the place.

export /** Every wrong place is tried before any is told of. */
async function each<T>(cases: Iterable<T>, check: (one: T) => Promise<void>): Promise<void> {
  const broken: string[] = [];
  for (const one of cases)
    await check(one).catch((error: unknown) => broken.push(`${JSON.stringify(one)?.slice(0, 200)}: ${String(error)}`));
  expect(broken).toEqual([]);
}

type Json = Record<string, unknown>;
/** The body with one place changed, named by its pointer. */
export function withAt(body: Json, pointer: string, value: unknown): Json {
  const copy: Json = structuredClone(body);
  const path = pointer.slice(1).split('/');
  const last = path.pop() ?? '';
  let at: Json = copy;
  for (const step of path) at = (at[step] ??= {}) as Json;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}

export const noRequests: readonly (readonly [string, unknown, number | readonly number[]])[] = [
  ['no JSON', '{"pack":', 400],
  ['a prototype', '{"__proto__":{"a":1}}', 400],
  ['null', 'null', [400, 422]],
  ['a list', '[]', 422],
  ['a number', '5', [400, 422]],
  ['an empty object', '{}', 422],
  ['10 MB', `{"a":"${'x'.repeat(10 * 1024 * 1024)}"}`, 413],
  ['100,000 levels', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 422],
];

const event = (more: object): unknown[] => [{ type: 'told', at: '2026-02-20T09:00:00+08:00', ...more }];

export const wrongEvaluations: readonly (readonly [pointer: string, value: unknown, at?: string])[] = [
  ['/x', 1],
  ['/pack', undefined],
  ['/pack', 'no-such-pack'],
  ['/pack', ['cn-banking-2020']],
  ['/pack', 'constructor'],
  ['/timeZone', 'Mars/Olympus'],
  ['/timeZone', ''],
  ['/timeZone', 8],
  ['/receivedAt', undefined],
  ['/receivedAt', '2026-02-10'],
  ['/receivedAt', '2026-02-30T09:00:00+08:00'],
  ['/at', null],
  ['/at', '2026-02-20T10:00:00'],
  ['/at', 5],
  ['/events', {}],
  ['/events', [null], '/events'],
  ['/events', [[]], '/events'],
  ['/events', Array.from({ length: 1001 }, () => event({})[0])],
  ['/events', event({ type: 'forgotten' }), '/events/0/type'],
  ['/events', event({ type: 'outcome-recorded' }), '/events/0/type'],
  ['/events', event({ at: 'yesterday' }), '/events/0/at'],
  ['/events', event({ x: 1 }), '/events/0/x'],
  ['/events', event({ approverLevel: 'boss' }), '/events/0/approverLevel'],
  ['/events', event({ complainantToldAt: '2026-02-20' }), '/events/0/complainantToldAt'],
  ['/events', event({ reason: 'holiday' }), '/events/0/reason'],
  ['/events', event({ complainantAgreed: 'yes' }), '/events/0/complainantAgreed'],
  ['/events', event({ dueOn: '2026-02-30' }), '/events/0/dueOn'],
];

export const wrongComplaints: readonly (readonly [pointer: string, value: unknown])[] = [
  ['/x', 1],
  ['/channel', undefined],
  ['/channel', ''],
  ['/channel', 'x'.repeat(65)],
  ['/channel', 'a\u0000'],
  ['/receivedAt', '2026-01-01'],
  ['/receivedAt', '9999-01-01T00:00:00Z'],
  ['/complainant', undefined],
  ['/complainant', '张三'],
  ['/complainant/name', undefined],
  ['/complainant/name', ['张三']],
  ['/complainant/contact', undefined],
  ['/complainant/contact', 5],
  ['/complainant/x', 1],
  ['/complainant/proxy', 5],
  ['/complainant/proxy', []],
  ['/complainant/proxy', 'x'.repeat(201)],
  ['/complainant/proxy', { idNumber: '1' }],
  ['/complainant/proxy', { name: 'a', x: 1 }],
  ['/account', {}],
  ['/subject', undefined],
  ['/subject', 'x'.repeat(201)],
  ['/narrative', 'x'.repeat(20_001)],
  ['/narrative', '\ud800'],
  ['/requests', undefined],
  ['/requests', []],
  ['/requests', ''],
  ['/requests', 5],
  ['/requests', [5]],
  ['/requests', ['']],
  ['/requests', Array.from({ length: 21 }, () => 'x')],
  ['/category', 'x'.repeat(65)],
  ['/against', 'agency-a'],
  ['/against', { x: 1 }],
  ['/groupSize', 0],
  ['/groupSize', 1.5],
  ['/groupSize', -1],
  ['/groupSize', true],
  ['/externalRef', 'x'.repeat(201)],
];

export const wrongEvents: readonly (readonly [name: string, body: unknown, pointer: string])[] = [
  ['decision', {}, '/outcome'],
  ['decision', decisionBody({ outcome: 'lost' }), '/outcome'],
  ['decision', decisionBody({ text: '' }), '/text'],
  ['decision', decisionBody({ text: 'x'.repeat(20_001) }), '/text'],
  ['decision', decisionBody({ at: '2026-01-01' }), '/at'],
  ['decision', decisionBody({ at: '9999-01-01T00:00:00Z' }), '/at'],
  ['decision', decisionBody({ at: '0001-01-02T00:00:00Z' }), '/at'],
  ['decision', decisionBody({ x: 1 }), '/x'],
  ['notice', { form: 'smoke' }, '/form'],
  ['pause', { reason: 'holiday' }, '/reason'],
  ['pause', { reason: 'mediation', complainantAgreed: 'yes' }, '/complainantAgreed'],
  ['new-facts', {}, '/note'],
  ['agreement', { dueOn: '2026-02-30', evidence: 'x' }, '/dueOn'],
  ['agreement', { dueOn: '2027-01-01' }, '/evidence'],
  ['agreement', { dueOn: '9999-12-31', evidence: 'x' }, '/dueOn'],
  ['decline', { reason: 'x' }, '/toldAt'],
  ['withdrawal', { evidence: 5 }, '/evidence'],
  ['withdrawal', {}, '/evidence'],
  ['complexity', { note: 'a\u0000' }, '/note'],
  ['resumption', { x: 1 }, '/x'],
  ['assignment', {}, '/handler'],
  ['assignment', { handler: '' }, '/handler'],
];
