import type { ComplaintRequest } from '../src/complaint/complaint.dto.ts';

/** A complaint as a request has it. */
export const complaintRequest = (more: Partial<ComplaintRequest> = {}): ComplaintRequest => ({
  channel: 'phone',
  complainant: { name: '张三', idNumber: '230100199001011234', contact: '+8613800000001' },
  subject: '深夜催收',
  narrative: '催收人员在晚上十一点给本人 13800000001 打电话。',
  requests: ['停止夜间来电'],
  ...more,
});
