import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newKey } from '../../api/client.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { AGENCIES } from './api.ts';
import { useNeeded } from './entry-dialog.tsx';
import { ProfileFields, toRequest, type ProfileForm } from './profile-fields.tsx';
import { registerAgency } from './registry-api.ts';

/** Registers a candidate, with as much as is known of it. */
export function NewAgencyPage(): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const queries = useQueryClient();
  const needed = useNeeded();
  const [key] = useState(newKey);
  const save = useMutation({
    mutationFn: ({ agencyId, ...profile }: ProfileForm & { agencyId: string }) => registerAgency({ agencyId, ...toRequest(profile) }, key),
    onSuccess: async ({ agencyId }) => {
      await queries.invalidateQueries({ queryKey: AGENCIES });
      await go(`/agencies/${encodeURIComponent(agencyId)}`);
    },
  });
  return (
    <>
      <PageHeader title={t('registry.new.title')} lead={t('registry.new.lead')} back={{ to: '/agencies', label: t('agency.page.back') }} />
      <Section title={t('registry.new.who')}>
        <Form<ProfileForm & { agencyId: string }> layout="vertical" requiredMark={false} onFinish={(fields) => save.mutate(fields)}>
          <Form.Item name="agencyId" label={t('registry.profile.agencyId')} rules={needed}>
            <Input maxLength={200} />
          </Form.Item>
          <ProfileFields />
          {save.error && <ProblemAlert error={save.error} />}
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('registry.new.submit')}
          </Button>
        </Form>
      </Section>
    </>
  );
}
