import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { complaints, take } from '../../../api/client.ts';
import { useSession } from '../../../session/session.ts';
import { LinkButton } from '../../../ui/link-button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import type { Filters } from '../buckets.ts';
import { useKeyFor } from '../use-key.ts';
import { SUPERVISION, type SavedFilter } from './api.ts';

const MAX_NAME = 60;
const KEY = [...SUPERVISION, 'filters'];
type Role = NonNullable<SavedFilter['sharedRole']>;

interface Props {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

function SaveDialog({ filters, onClose }: { readonly filters: Filters; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const form = useId();
  const keyFor = useKeyFor();
  const client = useQueryClient();
  const { roles } = useSession();
  const saving = useMutation({
    mutationFn: ({ name, shared }: { name: string; shared?: boolean }) => {
      const body = { name: name.trim(), filter: filters as object, sharedRole: shared ? ((roles[0] ?? null) as Role | null) : null };
      return take(complaints.POST('/v1/saved-filters', { body: body as never, params: { header: { 'Idempotency-Key': keyFor(body) } } }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: KEY });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('supervision.filter.save')}
      onCancel={onClose}
      okText={t('supervision.filter.save')}
      okButtonProps={{ htmlType: 'submit', form, loading: saving.isPending }}
      cancelText={t('common.cancel')}
    >
      <Form<{ name: string; shared?: boolean }>
        id={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => saving.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t('supervision.filter.name')}
          rules={[{ required: true, whitespace: true, message: t('supervision.filter.needed') }]}
        >
          <Input maxLength={MAX_NAME} />
        </Form.Item>
        <Form.Item name="shared" valuePropName="checked">
          <Checkbox>{t('supervision.filter.shared')}</Checkbox>
        </Form.Item>
      </Form>
      {saving.error && <ProblemAlert error={saving.error} />}
    </Modal>
  );
}

/** Saved filters beside those of the board, and the board as a file. */
export function BoardFilters({ filters, onChange }: Props): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  const { data } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => take(complaints.GET('/v1/saved-filters', { signal })) });
  const items = data?.items ?? [];
  const current = JSON.stringify(Object.entries(filters).toSorted());
  const chosen = items.find(({ filter }) => JSON.stringify(Object.entries(filter).toSorted()) === current && current !== '[]');
  const after = { onSuccess: () => client.invalidateQueries({ queryKey: KEY }) };
  const removing = useMutation({
    mutationFn: (id: string) => take(complaints.DELETE('/v1/saved-filters/{id}', { params: { path: { id } } })),
    ...after,
  });
  const search = new URLSearchParams(Object.entries(filters)).toString();
  return (
    <div className="fb-row fb-list-filter">
      <Select
        className="fb-select"
        aria-label={t('supervision.filter.label')}
        value={chosen?.id ?? ''}
        onChange={(id: string) => onChange((items.find((each) => each.id === id)?.filter ?? {}) as Filters)}
        options={[
          { value: '', label: `${t('supervision.filter.label')}: ${t('supervision.filter.none')}` },
          ...items.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {Object.keys(filters).length > 0 && !chosen && <Button onClick={() => setSaving(true)}>{t('supervision.filter.save')}</Button>}
      {chosen?.mine && (
        <Button loading={removing.isPending} onClick={() => removing.mutate(chosen.id)}>
          {t('supervision.filter.remove')}
        </Button>
      )}
      <LinkButton to={`/complaints/exports${search === '' ? '' : `?${search}`}`}>{t('supervision.tabs.exports')}</LinkButton>
      {removing.error && <ProblemAlert error={removing.error} />}
      {isSaving && <SaveDialog filters={filters} onClose={() => setSaving(false)} />}
    </div>
  );
}
