import type { ThemeConfig } from 'antd';

/** Every colour and measure of the console; the same ones as on the start page. Text on its ground has a contrast of 4.5 or more. */
export const tokens = {
  ink: '#1b2430',
  soft: '#55606e',
  paper: '#f4f5f2',
  card: '#ffffff',
  line: '#bcc3c9',
  hair: '#e2e5e1',
  brand: '#0b5f57',
  'brand-deep': '#0f2f2c',
  'brand-paper': '#e3f2ef',
  'on-deep': '#e9f3f1',
  'on-deep-soft': '#a9c4bf',
  good: '#0b5f57',
  'good-paper': '#e3f2ef',
  bad: '#a3201d',
  'bad-paper': '#fdeceb',
  wait: '#7a4b00',
  'wait-paper': '#fdf1dc',
  busy: '#1f4e8c',
  'busy-paper': '#e7eff9',
  quiet: '#4b5663',
  'quiet-paper': '#eceeed',
} as const;

/** In this order: told apart by lightness too, not by hue alone. */
export const chartColours = ['#0b5f57', '#c98a1b', '#33415c', '#7fb8ae', '#a3201d', '#8a94a0'] as const;

export const FONT =
  "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif";

/** Narrower than this, tables become cards and the navigation goes to the bottom. */
export const NARROW_PX = 768;

export const theme: ThemeConfig = {
  token: {
    colorPrimary: tokens.brand,
    colorInfo: tokens.busy,
    colorSuccess: tokens.good,
    colorWarning: tokens.wait,
    colorError: tokens.bad,
    // What would be derived from such dark colours is grey.
    colorInfoBg: tokens['busy-paper'],
    colorInfoBorder: '#b9cde6',
    colorSuccessBg: tokens['good-paper'],
    colorSuccessBorder: '#a9d3cc',
    colorWarningBg: tokens['wait-paper'],
    colorWarningBorder: '#e8c98f',
    colorErrorBg: tokens['bad-paper'],
    colorErrorBorder: '#eab5b2',
    colorLink: tokens.brand,
    colorText: tokens.ink,
    colorTextSecondary: tokens.soft,
    colorTextTertiary: tokens.soft,
    colorTextPlaceholder: '#6b7580',
    colorTextDescription: tokens.soft,
    colorBgLayout: tokens.paper,
    colorBorder: tokens.line,
    colorBorderSecondary: tokens.hair,
    borderRadius: 6,
    fontFamily: FONT,
    fontSize: 14,
    controlHeight: 36,
    wireframe: false,
  },
  components: {
    Table: { headerBg: '#f8f9f7', headerColor: tokens.soft, headerSplitColor: 'transparent', cellPaddingBlock: 12 },
    Card: { headerFontSize: 15 },
    Tabs: { titleFontSize: 14 },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
  },
};

/** Makes every token a custom property `--fb-…` for the style sheets. */
export function applyTokens(root: HTMLElement): void {
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(`--fb-${name}`, value);
  root.style.setProperty('--fb-font', FONT);
}
