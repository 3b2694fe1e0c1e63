import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LinesEditor } from '../../../ui/lines-editor.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { limitsQuery, setLimits, STAGES, type Limit } from './api.ts';
import { CauseSelect, SevereCauses } from '../sorting/severe-causes.tsx';
import './handling.css';
import { useDone } from './use-done.ts';

const UNITS = ['hours', 'working-days'] as const;
const SEVERITIES = ['normal', 'major'] as const;
const MOST_AMOUNT = 360;
const MOST_LINES = 200;

interface Values {
  readonly limits: { stage: Limit['stage']; area?: string | null; severity?: Limit['severity']; amount: number; unit: Limit['unit'] }[];
  readonly severeCauses?: string[];
  readonly note?: string;
}

interface EditorProps {
  readonly version: number;
  readonly limits: readonly Limit[];
  readonly severeCauses: readonly string[];
}

function Editor({ version, limits, severeCauses }: EditorProps): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const save = useDone(
    ({ limits: lines, severeCauses: causes = [], note }: Values) =>
      setLimits({
        basedOn: version,
        severeCauses: causes,
        limits: lines.map((line) => ({ ...line, area: line.area?.trim() || null, severity: line.severity ?? null })),
        ...(note?.trim() && { note: note.trim() }),
      }),
    ['desk', 'stage-limits'],
  );
  const needed = [{ required: true, message: t('handling.desk.needed') }];
  return (
    <Form
      key={version}
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ limits: limits.map((limit) => ({ ...limit })), severeCauses: [...severeCauses] }}
      onFinish={(values) => save.mutate(values)}
    >
      <LinesEditor
        name="limits"
        legend={t('handling.punctuality.limits')}
        add={t('handling.punctuality.addLimit')}
        blank={{ stage: 'investigation', amount: 1, unit: 'working-days' }}
        most={MOST_LINES}
      >
        {(line) => (
          <div className="fb-limit-line">
            <Form.Item name={[line, 'stage']} label={t('handling.punctuality.stage')} rules={needed}>
              <Select options={STAGES.map((value) => ({ value, label: t(`handling.stage.names.${value}`) }))} />
            </Form.Item>
            <Form.Item name={[line, 'area']} label={t('handling.punctuality.area')}>
              <Input maxLength={64} placeholder={t('handling.punctuality.anyArea')} />
            </Form.Item>
            <Form.Item name={[line, 'severity']} label={t('handling.punctuality.severity')}>
              <Select
                allowClear
                placeholder={t('handling.punctuality.anySeverity')}
                options={SEVERITIES.map((value) => ({ value, label: t(`handling.punctuality.severities.${value}`) }))}
              />
            </Form.Item>
            <Form.Item name={[line, 'amount']} label={t('handling.punctuality.amount')} rules={needed}>
              <InputNumber min={1} max={MOST_AMOUNT} precision={0} />
            </Form.Item>
            <Form.Item name={[line, 'unit']} label={t('handling.punctuality.unit')} rules={needed}>
              <Select options={UNITS.map((value) => ({ value, label: t(`handling.punctuality.units.${value}`) }))} />
            </Form.Item>
          </div>
        )}
      </LinesEditor>
      <Form.Item name="severeCauses" label={t('sorting.severe.label')} extra={t('sorting.severe.help')}>
        <CauseSelect />
      </Form.Item>
      <Form.Item name="note" label={t('handling.punctuality.note')}>
        <Input maxLength={2000} />
      </Form.Item>
      <FormProblem form={form} error={save.error} />
      <div className="fb-row">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('handling.punctuality.save')}
        </Button>
        {save.data && <span role="status">{t('handling.punctuality.saved', { version: save.data.current.version })}</span>}
      </div>
    </Form>
  );
}

/** How long each stage may take here; whoever keeps the desk sets the next version. */
export function LimitsSection(): ReactNode {
  const { t } = useTranslation();
  const maySet = useMay('complaints.setStageLimits');
  const { data, error, refetch } = useQuery(limitsQuery);
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { version, limits, severeCauses } = data.current;
  const columns: Column<Limit>[] = [
    { key: 'stage', title: t('handling.punctuality.stage'), onCard: 'head', render: ({ stage }) => t(`handling.stage.names.${stage}`) },
    { key: 'area', title: t('handling.punctuality.area'), render: ({ area }) => area ?? t('handling.punctuality.anyArea') },
    {
      key: 'severity',
      title: t('handling.punctuality.severity'),
      render: ({ severity }) =>
        severity === null ? t('handling.punctuality.anySeverity') : t(`handling.punctuality.severities.${severity}`),
    },
    {
      key: 'limit',
      title: t('handling.punctuality.amount'),
      align: 'end',
      onCard: 'corner',
      render: ({ amount, unit }) => t(`handling.stage.limit.${unit}`, { count: amount }),
    },
  ];
  return (
    <Section title={t('handling.punctuality.limits')}>
      <p className="fb-soft">
        {t('handling.punctuality.limitsLead', { version })} {version === 0 && t('handling.punctuality.limitsProduct')}
      </p>
      {maySet ? (
        <details>
          <summary>{t('handling.desk.expand')}</summary>
          <Editor key={version} version={version} limits={limits} severeCauses={severeCauses} />
        </details>
      ) : null}
      <DataTable
        label={t('handling.punctuality.limits')}
        columns={columns}
        rows={limits}
        rowKey={({ stage, area, severity }) => `${stage}/${area ?? ''}/${severity ?? ''}`}
        empty={{ title: t('handling.punctuality.empty') }}
      />
      <SevereCauses codes={severeCauses} />
    </Section>
  );
}
