import type { Settings } from './settings.ts';

/** The settings as a Markdown table, grouped in the order of declaration. Defaults of secrets are not shown. */
export function describeConfig(app: string, settings: Settings): string {
  const lines = [`## ${app}`, '', '| variable | group | type | default | meaning |', '| --- | --- | --- | --- | --- |'];
  for (const setting of Object.values(settings)) {
    const shown = String(setting.fallback ?? '');
    const fallback = setting.fallback === undefined ? 'required' : shown === '' ? 'empty' : setting.secret ? '(secret)' : `\`${shown}\``;
    // A bar would end the cell.
    const type = setting.type.replaceAll('|', ' or ');
    lines.push(`| \`${setting.env}\` | ${setting.group} | ${type} | ${fallback} | ${setting.description} |`);
  }
  return `${lines.join('\n')}\n`;
}
