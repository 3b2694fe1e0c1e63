import { Checkbox, Form, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { may, useSession } from '../../session/session.ts';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { AUDIENCES, FORMATS, KINDS, PDF_LANGUAGES, PERIODICAL } from './api.ts';
import {
  changeSchedule,
  createSchedule,
  endSchedule,
  FREQUENCIES,
  resumeSchedule,
  type NewSchedule,
  type Schedule,
  type ScheduleChange,
} from './schedule-api.ts';

const MOST_DELAY_DAYS = 60;
const DEFAULT_ZONE = 'Asia/Shanghai';
// For those browsers that do not list them, the zone stands there to be taken.
const ZONES = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [DEFAULT_ZONE];

function HowFields(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="formats" label={t('report.formats')} rules={[{ required: true, message: t('report.formatRequired') }]}>
        <Checkbox.Group options={FORMATS.map((value) => ({ value, label: t(`report.format.${value}`) }))} />
      </Form.Item>
      <Form.Item name="language" label={t('report.language.label')}>
        <Select options={PDF_LANGUAGES.map((value) => ({ value, label: t(`report.language.${value}`) }))} />
      </Form.Item>
      <Form.Item name="timeZone" label={t('report.pins.zone')} extra={t('report.schedule.zoneHelp')}>
        <Select showSearch options={ZONES.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item
        name="delayDays"
        label={t('report.schedule.delay')}
        extra={t('report.schedule.delayHelp')}
        rules={[{ required: true, message: t('report.needed') }]}
      >
        <InputNumber min={0} max={MOST_DELAY_DAYS} precision={0} className="fb-full" />
      </Form.Item>
    </>
  );
}

/** A schedule that is to be. */
export function NewScheduleDrawer({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const language = useLanguage();
  const kinds = PERIODICAL.filter((kind) => may(session, `${KINDS[kind].service}.createReportSchedule`));
  const [first] = kinds;
  return (
    <AskDrawer<NewSchedule, unknown>
      title={t('report.schedule.create')}
      help={t('report.schedule.help')}
      confirm={t('report.schedule.create')}
      initial={{
        ...(first && { kind: first }),
        frequency: 'monthly',
        formats: [...FORMATS],
        audience: 'internal',
        language,
        timeZone: DEFAULT_ZONE,
        delayDays: 0,
      }}
      touches={['reports']}
      send={createSchedule}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('report.kind')} rules={[{ required: true, message: t('report.needed') }]}>
        <Select options={kinds.map((value) => ({ value, label: t(`report.kindName.${value}`) }))} />
      </Form.Item>
      <Form.Item name="frequency" label={t('report.schedule.frequency.label')}>
        <Select options={FREQUENCIES.map((value) => ({ value, label: t(`report.schedule.frequency.${value}`) }))} />
      </Form.Item>
      <Form.Item name="audience" label={t('report.audience.label')}>
        <Select options={AUDIENCES.map((value) => ({ value, label: t(`report.audience.${value}`) }))} />
      </Form.Item>
      <HowFields />
    </AskDrawer>
  );
}

interface OneProps {
  readonly of: Schedule;
  readonly onClose: () => void;
}

function useName({ kind, frequency }: Schedule): string {
  const { t } = useTranslation();
  return `${t(`report.kindName.${kind}`)} · ${t(`report.schedule.frequency.${frequency}`)}`;
}

/** How a schedule has its reports made from the next one on. */
export function ChangeScheduleDrawer({ of, onClose }: OneProps): ReactNode {
  const { t } = useTranslation();
  const name = useName(of);
  const { formats, language, timeZone, delayDays } = of;
  return (
    <AskDrawer<ScheduleChange, unknown>
      title={t('report.schedule.change')}
      help={name}
      confirm={t('common.save')}
      initial={{ formats: [...formats], language, timeZone, delayDays }}
      touches={['reports']}
      send={(change) => changeSchedule(of, change)}
      onClose={onClose}
    >
      <HowFields />
    </AskDrawer>
  );
}

/** Whether what ended during the pause is made up for. */
export function ResumeScheduleDrawer({ of, onClose }: OneProps): ReactNode {
  const { t } = useTranslation();
  const name = useName(of);
  return (
    <AskDrawer<{ readonly makeUp: boolean }, unknown>
      title={t('report.schedule.resume')}
      help={name}
      confirm={t('report.schedule.resume')}
      initial={{ makeUp: true }}
      touches={['reports']}
      send={({ makeUp }) => resumeSchedule(of, makeUp)}
      onClose={onClose}
    >
      <Form.Item name="makeUp" valuePropName="checked">
        <Checkbox>{t('report.schedule.makeUp')}</Checkbox>
      </Form.Item>
    </AskDrawer>
  );
}

export function EndScheduleDrawer({ of, onClose }: OneProps): ReactNode {
  const { t } = useTranslation();
  const name = useName(of);
  return (
    <AskDrawer<object, unknown>
      title={t('report.schedule.end')}
      help={t('report.schedule.endHelp', { name })}
      confirm={t('report.schedule.end')}
      isDanger
      touches={['reports']}
      send={() => endSchedule(of)}
      onClose={onClose}
    />
  );
}
