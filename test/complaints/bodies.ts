// What the system tests send to the complaints service: the usual body but for what a test changes.

export const complaintBody = (more: object = {}): Record<string, unknown> => ({
  channel: 'phone',
  complainant: { name: '欧阳测试', idNumber: '230100199001019876', contact: '+8613812345678' },
  subject: '深夜催收',
  narrative: '催收人员在夜间打电话到 13812345678。',
  requests: '停止夜间来电',
  ...more,
});

export const decisionBody = (more: object = {}): Record<string, unknown> => ({ outcome: 'upheld', text: '经核实,投诉属实。', ...more });

export const clockInput = (more: object = {}): Record<string, unknown> => ({
  pack: 'cn-banking-2020',
  timeZone: 'Asia/Shanghai',
  receivedAt: '2026-02-10T09:00:00+08:00',
  at: '2026-02-20T10:00:00+08:00',
  events: [{ type: 'declared-complex', at: '2026-02-20T09:00:00+08:00' }],
  ...more,
});
