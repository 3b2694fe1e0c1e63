/** What sorting says in a complaint's timeline. */
export const sortingTimeline = {
  classified: '确认分类',
  'bad-faith-flagged': '标记可疑情形',
  'bad-faith-unflagged': '撤销可疑标记',
  'bad-faith-decided': '对恶意投诉嫌疑作出判断',
  'bad-faith-confirmed': '第二人确认恶意投诉嫌疑',
  'bad-faith-refused': '第二人未确认恶意投诉嫌疑',
  'bad-faith-reported': '已制作报送文书',
};
