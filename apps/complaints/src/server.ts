import type { Service } from '#entry';
import { AppModule } from './app.module.ts';
import { loadConfig, type ComplaintsConfig } from './config.ts';

export const complaints: Service<ComplaintsConfig> = {
  name: 'complaints',
  title: 'Forbear complaints 催收有度 · 投诉服务',
  description: 'Takes complaints in, keeps the statutory clock of each, reminds and escalates before it runs out.',
  loadConfig,
  api: (config) => AppModule.with(config),
};
