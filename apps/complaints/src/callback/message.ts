interface Asking {
  readonly channel: 'sms' | 'email';
  readonly number: string;
  readonly link: string;
  /** The last day on which it can be answered. */
  readonly lastDay: string;
}

/** What a complainant is written; no word of the matter, which others may read on the screen. */
export function messageOf({ channel, number, link, lastDay }: Asking): { readonly subject?: string; readonly body: string } {
  const body = `您的投诉 ${number} 已办结。请为我们的投诉办理工作评分，一分钟即可，${lastDay} 前有效：${link}`;
  if (channel === 'sms') return { body };
  const english = `Your complaint ${number} has been answered. Please tell us how we handled it, until ${lastDay}: ${link}`;
  return { subject: `投诉 ${number} 回访 / How did we handle your complaint?`, body: `${body}\n\n${english}\n` };
}
