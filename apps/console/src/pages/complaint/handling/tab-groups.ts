import type { Operation } from '../../../session/session.ts';

/** The pages of the desk by what they are about, in the order of the day. `also` are pages of the group that are opened from another. */
export const GROUPS = [
  {
    id: 'work',
    pages: [
      { to: '/complaints', label: 'handling.tabs.board', needs: 'complaints.listComplaints' },
      { to: '/complaints/start', label: 'supervision.tabs.start', needs: 'complaints.listComplaints' },
      { to: '/complaints/search', label: 'supervision.tabs.search', needs: 'complaints.listComplaints' },
      { to: '/complaints/approvals', label: 'supervision.tabs.approvals', needs: 'complaints.listComplaints' },
      { to: '/complaint-tasks', label: 'handling.tabs.tasks', needs: 'complaints.listWorkTasks' },
      { to: '/complaints/bulks', label: 'supervision.tabs.bulks', needs: 'complaints.listBulks' },
      { to: '/complaints/exports', label: 'supervision.tabs.exports', needs: 'complaints.listComplaints' },
    ],
    also: ['/complaints/new', '/complaints/import'],
  },
  {
    id: 'major',
    pages: [
      { to: '/complaints/major', label: 'major.tab.majors', needs: 'complaints.listMajor' },
      { to: '/complaints/major-alarms', label: 'major.tab.alarms', needs: 'complaints.listMajor' },
    ],
    also: ['/complaints/major-settings'],
  },
  {
    id: 'sorting',
    pages: [
      { to: '/complaints/suspected', label: 'sorting.tab.suspected', needs: 'complaints.listBadFaith' },
      { to: '/complaints/code-tables', label: 'sorting.tab.codes', needs: 'complaints.listCodeTables' },
      { to: '/complaints/agreement', label: 'sorting.tab.agreement', needs: 'complaints.findClassificationAgreement' },
    ],
    also: ['/complaints/bad-faith-signals'],
  },
  {
    id: 'public',
    pages: [
      { to: '/complaints/mails', label: 'publicPage.tab.mails', needs: 'complaints.listMails' },
      { to: '/complaints/channels', label: 'publicPage.tab.channels', needs: 'complaints.listChannelPages' },
    ],
    also: [],
  },
  {
    id: 'decision',
    pages: [
      { to: '/complaints/letter-templates', label: 'decision.tab.templates', needs: 'complaints.listLetterTemplates' },
      { to: '/complaints/approval-matrix', label: 'decision.tab.matrix', needs: 'complaints.listApprovalMatrices' },
    ],
    also: [],
  },
  {
    id: 'after',
    pages: [
      { to: '/complaints/reviews', label: 'after.tab.reviews', needs: 'complaints.listReviews' },
      { to: '/complaints/rectifications', label: 'after.tab.rectifications', needs: 'complaints.listRectifications' },
      { to: '/complaints/satisfaction', label: 'after.tab.satisfaction', needs: 'complaints.readSatisfaction' },
    ],
    also: [],
  },
  {
    id: 'desk',
    pages: [
      { to: '/complaints/desk', label: 'handling.tabs.desk', needs: 'complaints.listDeskMembers' },
      { to: '/complaints/punctuality', label: 'handling.tabs.punctuality', needs: 'complaints.readStagePunctuality' },
      { to: '/complaints/calendar', label: 'calendar.tab', needs: 'complaints.listCalendars' },
    ],
    also: [],
  },
] as const satisfies readonly {
  readonly id: string;
  readonly pages: readonly { readonly to: string; readonly label: string; readonly needs: Operation }[];
  readonly also: readonly string[];
}[];

type Group = (typeof GROUPS)[number];
export type TabPage = Group['pages'][number];
export interface TabGroup {
  readonly id: Group['id'];
  readonly pages: readonly TabPage[];
  readonly also: readonly string[];
}

/** What somebody may see of them; a group of which they may see nothing is not there. */
export const groupsFor = (may: (operation: Operation) => boolean): TabGroup[] =>
  GROUPS.map(({ id, pages, also }) => ({ id, also, pages: pages.filter(({ needs }) => may(needs)) })).filter(
    ({ pages }) => pages.length > 0,
  );

/** The group of an address: the board's own address begins all others, so the longest that fits counts. */
export function groupOf(groups: readonly TabGroup[], pathname: string): TabGroup | undefined {
  const fits = groups.flatMap((group) =>
    [...group.pages.map(({ to }) => to), ...group.also]
      .filter((address) => pathname === address || pathname.startsWith(`${address}/`))
      .map((address) => ({ group, length: address.length })),
  );
  return fits.toSorted((one, other) => other.length - one.length)[0]?.group;
}
