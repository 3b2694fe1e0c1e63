import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { addAddress, listAddresses, retireAddress } from './api.ts';

const KEY = ['complaints', 'mailbox-addresses'];

function NewAddress(): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ address: string }>();
  const queries = useQueryClient();
  const adding = useMutation({
    mutationFn: ({ address }: { readonly address: string }) => addAddress(address),
    onSuccess: async () => {
      form.resetFields();
      await queries.invalidateQueries({ queryKey: KEY });
    },
  });
  return (
    <Form form={form} layout="vertical" onFinish={(values) => adding.mutate(values)}>
      <Form.Item
        name="address"
        label={t('publicPage.mails.newAddress')}
        rules={[{ required: true, message: t('publicPage.channels.needed') }]}
      >
        <Input maxLength={200} placeholder="complaints@bank.example" />
      </Form.Item>
      <FormProblem form={form} error={adding.error} />
      <Button htmlType="submit" loading={adding.isPending}>
        {t('publicPage.mails.add')}
      </Button>
    </Form>
  );
}

/** The addresses at which complaints are taken by mail. */
export function AddressSection(): ReactNode {
  const { t } = useTranslation();
  const mayChange = useMay('complaints.addMailboxAddress');
  const queries = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => listAddresses(signal) });
  const retiring = useMutation({ mutationFn: retireAddress, onSuccess: () => queries.invalidateQueries({ queryKey: KEY }) });
  return (
    <Loaded title={t('publicPage.mails.addresses')} query={query}>
      {({ items, listening }) => (
        <>
          <p className="fb-soft">
            {t('publicPage.mails.addressesHelp')} {listening ? t('publicPage.mails.listening') : t('publicPage.mails.notListening')}
          </p>
          {items.length === 0 && <p>{t('publicPage.mails.noAddresses')}</p>}
          <ul className="fb-plain">
            {items.map(({ address, inUse, addedAt }) => (
              <li key={`${address} ${addedAt}`} className="fb-row">
                <span>{address}</span>
                <StateTag tone={inUse ? 'good' : 'quiet'}>{inUse ? t('publicPage.mails.inUse') : t('publicPage.mails.retired')}</StateTag>
                {inUse && mayChange && (
                  <Button size="small" danger loading={retiring.isPending} onClick={() => retiring.mutate(address)}>
                    {t('publicPage.mails.retire')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {mayChange && <NewAddress />}
        </>
      )}
    </Loaded>
  );
}
