import { ACTIONS, actionsFor, approverLevel, type ActionName, type Actor } from './actions.ts';

const against = { agencyId: null, collectorId: null, staffId: null };
const running = { state: 'running', handler: 'li', registeredBy: 'sun', against, decided: false, closed: false } as const;
const handler: Actor = { subject: 'li', roles: ['complaint-handler'] };
const supervisor: Actor = { subject: 'wang', roles: ['complaint-supervisor'] };
const headOffice: Actor = { subject: 'zhao', roles: ['head-office-approver'] };

const names = (actor: Actor, seen: Parameters<typeof actionsFor>[1]): ActionName[] => actionsFor(actor, seen).map((action) => action.name);

describe('actions on a complaint', () => {
  it('lets a handler do all but extend', () => {
    expect(names(handler, running)).toStrictEqual([
      'assignment',
      'complexity',
      'pause',
      'new-facts',
      'agreement',
      'decision',
      'decline',
      'withdrawal',
    ]);
  });

  it('lets a superior and the head office extend, never the handler', () => {
    expect(names(supervisor, running)).toContain('extension');
    expect(names(headOffice, running)).toStrictEqual(['extension']);
    expect(names(supervisor, { ...running, handler: 'wang' })).not.toContain('extension');
    const both: Actor = { subject: 'wang', roles: ['complaint-handler', 'complaint-supervisor'] };
    expect(names(both, { ...running, registeredBy: 'wang' })).not.toContain('extension');
    expect(approverLevel(headOffice)).toBe('head-office');
    expect(approverLevel(supervisor)).toBe('superior');
  });

  it('offers the end of a pause while it runs, and the notice once it is decided', () => {
    expect(names(handler, { ...running, state: 'paused' })).toContain('resumption');
    expect(names(handler, { ...running, state: 'paused' })).not.toContain('pause');
    expect(names(handler, { ...running, decided: true })).toStrictEqual(['assignment', 'notice', 'withdrawal']);
  });

  it('offers nothing when it is closed, to who only reads, and to whom it is about', () => {
    expect(names(handler, { ...running, closed: true })).toStrictEqual([]);
    expect(names({ subject: 'qian', roles: ['compliance'] }, running)).toStrictEqual([]);
    expect(names(handler, { ...running, against: { ...against, staffId: 'li' } })).toStrictEqual([]);
  });

  it('still decides and tells what is overdue', () => {
    expect(names(handler, { ...running, state: 'missed' })).toContain('decision');
  });

  it('asks each field once', () => {
    for (const action of ACTIONS) expect(new Set(action.fields.map((field) => field.name)).size).toBe(action.fields.length);
  });
});
