interface Acknowledged {
  readonly number: string;
  readonly dueOn: string;
  /** The local instant to the minute. */
  readonly receivedAt: string;
  readonly isNew: boolean;
}

/** What the sender of a mail is answered at once; no word of the matter, nothing of what was written. */
export function acknowledgementOf({ number, dueOn, receivedAt, isNew }: Acknowledged): { readonly subject: string; readonly body: string } {
  const zh = isNew
    ? `您的投诉已于 ${receivedAt} 收到，编号 ${number}。我们将在 ${dueOn} 24:00 前作出处理决定并告知您；情况复杂需要延长的，会事先告知。`
    : `您补充的内容已于 ${receivedAt} 收到，已归入投诉 ${number}。`;
  const en = isNew
    ? `Your complaint arrived at ${receivedAt} and has the number ${number}. A decision is made and told to you by 24:00 on ${dueOn}; if it takes longer because the matter is complicated, you are told before.`
    : `What you added arrived at ${receivedAt} and stands with complaint ${number}.`;
  const more = '需要补充材料的，请直接回复本邮件，并在主题中保留编号。我们不会通过邮件索要密码、验证码或付款。';
  const moreEn =
    'To add anything, answer this mail and leave the number in its subject. We never ask for passwords, codes or payments by mail.';
  return { subject: `已收到：投诉 ${number} / We have your mail`, body: `${zh}\n${more}\n\n${en}\n${moreEn}\n` };
}
