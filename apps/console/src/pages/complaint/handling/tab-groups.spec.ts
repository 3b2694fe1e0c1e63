import { complaintRoom } from '../room.ts';
import { groupOf, GROUPS, groupsFor } from './tab-groups.ts';

const all = groupsFor(() => true);

it.each([
  ['/complaints', 'work'],
  ['/complaints/start', 'work'],
  ['/complaint-tasks', 'work'],
  ['/complaints/major', 'major'],
  ['/complaints/major/0190', 'major'],
  ['/complaints/major-alarms/0190', 'major'],
  ['/complaints/major-settings', 'major'],
  ['/complaints/bad-faith-signals', 'sorting'],
  ['/complaints/code-tables/2026', 'sorting'],
  ['/complaints/rectifications/0190', 'after'],
  ['/complaints/calendar', 'desk'],
])('%s belongs to %s', (address, group) => {
  expect(groupOf(all, address)?.id).toBe(group);
});

it('has every page of the desk that is opened without an id, each once', () => {
  const pages = GROUPS.flatMap(({ pages: own, also }) => [...own.map(({ to }) => to as string), ...also]);
  const routes = complaintRoom.routes
    .map(({ path }) => (path === undefined ? '/complaints' : `/complaints/${path}`))
    .filter((path) => !path.includes(':'));
  expect(pages.filter((page) => page !== '/complaint-tasks').toSorted()).toEqual(routes.toSorted());
});

it('leaves out what somebody may not see', () => {
  const groups = groupsFor((operation) => operation === 'complaints.listMails' || operation === 'complaints.listMajor');
  expect(groups.map(({ id, pages }) => [id, pages.length])).toEqual([
    ['major', 2],
    ['public', 1],
  ]);
  expect(groupOf(groups, '/complaints')).toBeUndefined();
});
