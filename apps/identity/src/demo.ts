/**
 * The demo institution's logins, printed at start. They are public knowledge: a process that was not told DEMO=true refuses to start
 * while any of them exists in its database.
 */
export interface DemoClient {
  readonly id: string;
  readonly secret: string;
  readonly role: string;
  readonly agencyId: string | null;
  readonly purpose: string;
  /** The demo institution when left out. */
  readonly institutionId?: string;
}

export interface DemoPerson {
  readonly login: string;
  readonly password: string;
  readonly displayName: string;
  readonly role: string;
  readonly agencyId: string | null;
}

export const DEMO_INSTITUTION = 'demo-bank';
/** Another bank, which has nothing yet: the demo regulator may look into it as well. */
export const DEMO_SECOND_INSTITUTION = 'demo-bank-2';
export const DEMO_CONSOLE_CLIENT = 'forbear-console';
/** What the demo logins of a role may look into beside their own institution. */
export const demoMandate = (role: string): readonly string[] => (role === 'regulator' ? [DEMO_SECOND_INSTITUTION] : []);
export const demoSecret = (clientId: string): string => `${clientId}-secret`;

const AGENCY = 'agency-a';
const PASSWORD = 'forbear-demo';

const client = (id: string, role: string, purpose: string, agencyId: string | null = null): DemoClient => ({
  id,
  secret: demoSecret(id),
  role,
  agencyId,
  purpose,
});

/** Machine clients: `POST /identity/token` with grant_type=client_credentials. */
export const demoClients: readonly DemoClient[] = [
  client('demo-dialer', 'integration', 'a dialer that asks for permits'),
  client('demo-core', 'integration', 'the core banking export'),
  client('demo-manager', 'collections-manager', 'a collections manager’s scripts'),
  client('demo-compliance', 'compliance', 'a compliance officer’s scripts'),
  client('demo-desk', 'complaint-handler', 'the complaint desk'),
  client('demo-supervisor', 'complaint-supervisor', 'the complaint desk’s supervisor'),
  client('demo-head-office', 'head-office-approver', 'head office approvals'),
  client('demo-regulator', 'regulator', 'an examiner’s scripts, read only'),
  client('demo-agency', 'agency-supervisor', 'an outside agency', AGENCY),
  client('demo-agent', 'agent', 'one collector'),
  client('demo-admin', 'admin', 'the administrator'),
  { ...client('demo-bank-2-core', 'integration', 'the core banking export of a second bank'), institutionId: DEMO_SECOND_INSTITUTION },
];

const person = (login: string, displayName: string, agencyId: string | null = null): DemoPerson => ({
  login,
  password: PASSWORD,
  displayName,
  role: login,
  agencyId,
});

/** People: the login is the role's name. */
export const demoPeople: readonly DemoPerson[] = [
  person('agent', '陈思远'),
  person('agency-supervisor', '周立军', AGENCY),
  person('collections-manager', '林婉清'),
  person('compliance', '赵明哲'),
  person('complaint-handler', '孙晓雯'),
  person('complaint-supervisor', '吴海涛'),
  person('head-office-approver', '郑国栋'),
  person('regulator', '何静仪'),
  person('integration', '系统对接'),
  person('admin', '管理员'),
];
