import { Button, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { LinesEditor } from '../../ui/lines-editor.tsx';
import { keyed, useChange, type ChecklistRequest, type ChecklistView } from './api.ts';

const MOST = 100;
const ITEM_ID = /^[a-z0-9][a-z0-9-]*$/;
const LANGUAGES = ['zh', 'en'] as const;

type Values = Omit<ChecklistRequest, 'kind'>;

function ItemFields({ name }: { readonly name: number }): ReactNode {
  const { t } = useTranslation();
  const needed = { required: true, whitespace: true, message: t('oversight.needWords') };
  return (
    <>
      {LANGUAGES.map((language) => (
        <Form.Item key={language} name={[name, language]} label={t(`oversight.checklist.words.${language}`)} rules={[needed]}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} />
        </Form.Item>
      ))}
      <div className="fb-halves">
        <Form.Item
          name={[name, 'itemId']}
          label={t('oversight.checklist.itemId')}
          extra={t('oversight.checklist.itemIdHelp')}
          rules={[needed, { pattern: ITEM_ID, message: t('oversight.checklist.itemIdWrong') }]}
        >
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item
          name={[name, 'sources']}
          label={t('oversight.checklist.sources')}
          extra={t('oversight.checklist.sourcesHelp')}
          rules={[{ required: true, message: t('oversight.checklist.needSource') }]}
        >
          <Select mode="tags" open={false} suffixIcon={null} maxCount={10} />
        </Form.Item>
      </div>
    </>
  );
}

/** The next version of a checklist, begun with what is shown; inspections under way keep theirs. */
export function ChecklistForm({ found, onClose }: { readonly found: ChecklistView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { kind, title, items } = found;
  const add = useChange(
    (body: ChecklistRequest, key) => take(collections.POST('/v1/inspection-checklists', { params: keyed(key), body })),
    onClose,
  );
  const needed = [{ required: true, whitespace: true, message: t('oversight.needWords') }];
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ title, items, reason: '' }}
      onFinish={(values) => add.mutate({ ...values, kind })}
      scrollToFirstError={{ focus: true, block: 'center' }}
    >
      <p className="fb-first fb-soft">{t('oversight.checklist.formHelp')}</p>
      <div className="fb-halves">
        {LANGUAGES.map((language) => (
          <Form.Item key={language} name={['title', language]} label={t(`oversight.checklist.titleIn.${language}`)} rules={needed}>
            <Input maxLength={200} />
          </Form.Item>
        ))}
      </div>
      <LinesEditor
        name="items"
        legend={t('oversight.checklist.items')}
        add={t('oversight.checklist.addItem')}
        blank={{ sources: [] }}
        most={MOST}
      >
        {(name) => <ItemFields name={name} />}
      </LinesEditor>
      <Form.Item name="reason" label={t('oversight.checklist.reason')} rules={needed}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <FormProblem form={form} error={add.error} />
      <div className="fb-row">
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('oversight.checklist.save')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </Form>
  );
}
