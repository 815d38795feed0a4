import type { enReasons } from './en-reasons';

const botFault = '这是机器人的故障，请告知管理员。';

export const zhCnReasons = {
  reject: {
    not_a_phone_number: '不是电话号码',
    no_number: '该行没有号码',
    too_short: '号码太短',
    too_long: '号码太长',
    not_valid_in_country: '不是该国家或地区的有效号码',
    country_missing: '没有国家代码，也未选择默认国家或地区',
    country_unclear: '国家列中的内容不是国家或地区',
    foreign_without_plus: '其他国家或地区的号码，但没有写 +',
    landline: '固定电话，无法接收短信',
    not_a_mobile: '不是手机号（免费电话、付费热线等）',
    damaged_by_spreadsheet: '被电子表格损坏（例如 8.61E+12）',
    several_numbers: '一个单元格中有多个号码',
    other_width: '单元格数与表头不符，无法确定哪个是号码',
    no_consent: '表示不愿接收短信',
    hidden_row: '在工作簿中被隐藏',
    duplicate: '重复',
    cell_too_long: '单元格过长，不可能是号码（超过 8,192 个字符）',
    unreadable_row: '该行无法读取',
  },
  sameAs: (place) => `与${place}相同`,
  rejectForCountry: (country) => `按${country}计`,

  batch: {
    account: { what: '短信账户目前无法发送。', next: '请管理员检查账户。此后可用“继续”恢复已暂停的批次。' },
    content: { what: '服务商不接受这段内容。', next: '请修改内容后重新发送一批。本批不再发送。' },
    request: { what: '服务商认为我们的请求有误。', next: `${botFault}修复之前不会再发送。` },
    unreadable_file: {
      what: '有文件无法读取。',
      next: '请将名单另存为 .xlsx 或 CSV 后重新开始。没有发送任何短信。',
    },
    file_unavailable: { what: '无法从 Slack 获取文件。', next: '请重新添加文件后再试。没有发送任何短信。' },
    too_many_recipients: {
      what: '名单过长：每批最多 1,000,000 位收件人，未采用的行也不能超过此数。',
      next: '请拆分名单，分批发送。没有发送任何短信。',
    },
    reading_too_long: {
      what: '读取名单超过 15 分钟，已停止。',
      next: '请拆分名单，分批发送。没有发送任何短信。',
    },
    text_too_long: {
      what: '短信内容超过服务商允许的长度。',
      next: '请缩短内容后重新发送一批。没有发送任何短信。',
    },
    stopped_bot: {
      what: '读取这份名单时，机器人已两次意外停止，因此名单已被搁置。',
      next: '请只保留需要的列，另存为 CSV，重新添加后再开始；如果仍然失败，请告知管理员。没有发送任何短信。',
    },
    retryable: { what: '服务商一直要求稍后再试。', next: '请稍后点击“继续”。待发送的短信已保留。' },
    person: { what: '有人暂停了这批短信。', next: '点击“继续”即可接着发送。' },
    unclear_answers: {
      what: '服务商连续多次没有明确答复，为避免更多短信结果不明，发送暂缓。',
      next: '稍后会自动用一个小请求重新试探，无需操作。可能已发出的短信显示为未知。',
    },
  },
  other: { what: '这批短信已停止。', next: '请将这里的信息告知管理员。' },

  provider: {
    unreadable_reply: { what: '无法读取服务商的答复。', next: '请一分钟后再试；如仍如此，请告知管理员。' },
    out_of_time: {
      what: '时间不够，未能就所有人向服务商查询。',
      next: '请重试：已得到的答复会保留，届时再查询其余的人。',
    },
    turn: { what: '目前对服务商的查询过多，这次查询未能进行。', next: '请一分钟后再试。' },
    http_429: { what: '查询过于频繁。', next: '请一分钟后再试。' },
  },
  whatAndNext: (what, next) => `${what}${next}`,
  providerBusy: { what: '服务商繁忙或无法连接。', next: '请一分钟后再试。' },

  file: {
    file_too_large: '文件超过 10 MB。',
    file_not_ready: 'Slack 尚未处理完该文件。',
    file_not_found: '文件已被删除。',
    file_forbidden: 'Slack 不允许机器人读取该文件。',
    file_unreachable: 'Slack 未能及时响应。',
    empty: '文件为空。',
    no_rows: '文件中没有数据。',
    spreadsheet: '这是 .xlsx 以外的电子表格，请打开后另存为 .xlsx 或 CSV。',
    damaged_workbook: '工作簿已损坏或设有密码。',
    workbook_too_large: '工作簿过大，请将含有号码的工作表另存为 CSV。',
    web_page: '这是改了扩展名的网页，请用电子表格打开后另存为 .xlsx 或 CSV。',
    contact_cards: '这是联系人名片（vCard），请将联系人导出为 CSV。',
    binary: '这不是文本文件。',
    not_a_table: '无法识别文件中的行。',
  },
  beyondBound: {
    too_many_columns: (line, count, most) =>
      `第 ${line} 行有 ${count} 列，最多只能读取 ${most} 列。请删除名单中不需要的列。`,
    header_too_long: (line, _count, most) =>
      `第 ${line} 行的表头超过 ${most} 个字符。请缩短列名或删除部分列。`,
    too_many_cells: (line, _count, most) =>
      `到第 ${line} 行为止，单元格已超过 ${most} 个。请删除名单中不需要的列，或拆分名单。`,
  },

  failure: {
    refused: '服务商拒绝了该号码，请检查号码',
    not_sent: '机器人受阻，短信未发出，请重新发送',
    '': '服务商未说明原因，请凭消息 ID 询问其客服',
    UNDELIV: '无法送达，请确认号码是否仍在使用（UNDELIV）',
    UNDELIVERABLE: '无法送达，请确认号码是否仍在使用（UNDELIVERABLE）',
    EXPIRED: '手机长时间无法接通，请稍后重发（EXPIRED）',
    REJECTD: '被运营商网络拒绝，请向服务商询问原因（REJECTD）',
    REJECTED: '被运营商网络拒绝，请向服务商询问原因（REJECTED）',
    DELETED: '送达前被运营商网络删除，请向服务商询问原因（DELETED）',
    UNKNOWN_SUBSCRIBER: '该号码未启用，请从名单中移除（UNKNOWN_SUBSCRIBER）',
    UNKNOWN: '运营商网络不清楚其去向，重发前请先向对方确认（UNKNOWN）',
    ABSENT_SUBSCRIBER: '手机关机或无信号，请稍后重发（ABSENT_SUBSCRIBER）',
    BLACKLISTED: '号码在黑名单中，请从名单中移除（BLACKLISTED）',
  },
} satisfies typeof enReasons;
