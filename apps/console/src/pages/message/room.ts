import { MessageOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const messageRoom: Room = {
  id: 'messages',
  path: 'messages',
  icon: MessageOutlined,
  needs: 'collections.createMessageTemplate',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./template-list.tsx')).TemplateListPage }) },
    { path: 'new', lazy: async () => ({ Component: (await import('./template-editor.tsx')).TemplateEditorPage }) },
    { path: 'letters', lazy: async () => ({ Component: (await import('./letters.tsx')).LettersPage }) },
    { path: 'reminders', lazy: async () => ({ Component: (await import('./reminders.tsx')).RemindersPage }) },
    { path: 'settings', lazy: async () => ({ Component: (await import('./settings.tsx')).SettingsPage }) },
    { path: 'templates/:templateId', lazy: async () => ({ Component: (await import('./template-page.tsx')).TemplatePage }) },
  ],
};
