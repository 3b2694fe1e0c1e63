/** What decisions, notices and messages leave in the history of a complaint. */
export const decisionTimeline = {
  'dispatch-queued': '消息待发送',
  'dispatch-sent': '消息已发出',
  'dispatch-delivered': '消息已送达',
  'dispatch-failed': '消息发送失败',
  'dispatch-given-up': '消息放弃发送',
};
