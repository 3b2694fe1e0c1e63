import { platformForEver, platformKinds, RetentionModule, type KeptForEver, type RetentionKinds } from '#retention';
import { complaintKinds } from './complaint-kinds.ts';

const forEver: readonly KeptForEver[] = [
  {
    what: { zh: '投诉编号、分类、时限台账与结果', en: 'Numbers, classes, ledgers of the clocks and outcomes of complaints' },
    why: {
      zh: '统计与时限须能复算；其中的文字随投诉清除',
      en: 'Statistics and clocks are made again from them; the texts in them go with the complaint',
    },
    columns: [],
  },
  {
    what: { zh: '处理人员名册、缺勤与设置', en: 'Who works at the desk, absences, settings, saved filters and bulk acts' },
    why: {
      zh: '属于银行员工与内部设置，不属于投诉人；谁办理须可追溯',
      en: 'They are of the bank’s own staff: who handled a complaint stays known',
    },
    columns: [
      'desk_unit.contact_sealed',
      'desk_member.name_sealed',
      'desk_absence.reason_sealed',
      'stage_limit.note_sealed',
      'saved_filter.name_sealed',
      'bulk.note_sealed',
      'bulk.refusal_sealed',
    ],
  },
];

/** The kinds of record of this service. */
export const retentionKinds: RetentionKinds = { kinds: [...complaintKinds, ...platformKinds], forEver: [...forEver, ...platformForEver] };

/** Where rules, holds and runs are asked for. */
export const retentionRoom = RetentionModule.serving(retentionKinds);
/** Where runs are carried out. */
export const retentionWorking = RetentionModule.working(retentionKinds);
