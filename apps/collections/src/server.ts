import type { Service } from '#entry';
import { AppModule } from './app.module.ts';
import { loadConfig, type CollectionsConfig } from './config.ts';

export const collections: Service<CollectionsConfig> = {
  name: 'collections',
  title: 'Forbear collections 催收有度 · 催收服务',
  description:
    'Decides before any contact with a debtor whether it may happen, keeps the ledger that the caps count on, audits past contact logs.',
  loadConfig,
  api: (config) => AppModule.with(config),
};
