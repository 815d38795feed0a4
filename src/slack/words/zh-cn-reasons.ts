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
    landline: '固定电话，无法接收短信',
    damaged_by_spreadsheet: '被电子表格损坏（例如 8.61E+12）',
    duplicate: '重复',
    unreadable_row: '该行无法读取',
  },
  sameAsLine: (line) => `与第 ${line} 行相同`,
  rejectForCountry: (country) => `按${country}计`,

  batch: {
    account: { what: '短信账户目前无法发送。', next: '请管理员检查账户，然后点击“继续”。' },
    content: { what: '服务商不接受这段内容。', next: '请修改内容后重新发送一批。本批不再发送。' },
    request: { what: '服务商认为我们的请求有误。', next: `${botFault}修复之前不会再发送。` },
    unreadable_file: { what: '有文件无法读取。', next: '请将名单另存为 CSV 后重新开始。没有发送任何短信。' },
    file_unavailable: { what: '无法从 Slack 获取文件。', next: '请重新添加文件后再试。没有发送任何短信。' },
    too_many_recipients: { what: '名单超过单批上限。', next: '请拆分名单，分批发送。没有发送任何短信。' },
    retryable: { what: '服务商一直要求稍后再试。', next: '请稍后点击“继续”。待发送的短信已保留。' },
    person: { what: '有人暂停了这批短信。', next: '点击“继续”即可接着发送。' },
    unclear_answers: {
      what: '服务商连续多次没有明确答复，为避免更多短信结果不明，已停止发送。',
      next: '请向服务商了解情况，然后点击“继续”。可能已发出的短信显示为未知。',
    },
  },
  other: { what: '这批短信已停止。', next: '请将这里的信息告知管理员。' },

  provider: {
    '-1': { what: '服务商不接受 API 密钥。', next: '请管理员检查账户的 key 和 secret。' },
    '-2': { what: '服务商不允许此服务器的 IP 地址访问。', next: '请联系服务商客服，将该地址加入白名单。' },
    '-3': { what: '内容含有服务商不放行的敏感词。', next: '请修改措辞后重新发送一批。' },
    '-4': { what: '短信内容为空。', next: '请填写内容后重新发送一批。' },
    '-5': { what: '短信内容过长。', next: '请缩短内容后重新发送一批。' },
    '-6': { what: '内容与已审核的模板不符。', next: '请使用已审核的内容，或请服务商审核此内容。' },
    '-7': { what: '单次请求的号码过多。', next: botFault },
    '-8': { what: '请求中没有号码。', next: botFault },
    '-9': { what: '服务商不接受该号码。', next: '请检查号码。' },
    '-10': { what: '账户余额不足。', next: '请充值，然后点击“继续”。' },
    '-11': { what: '时间格式有误。', next: botFault },
    '-12': { what: '服务商平台故障。', next: '系统会自动重试。' },
    '-13': { what: '账户已被锁定。', next: '请联系服务商客服解锁，然后点击“继续”。' },
    '-14': { what: '有字段或编号为空。', next: botFault },
    '-15': { what: '查询过于频繁。', next: '请一分钟后再试。' },
    '-16': { what: '请求到达服务商时已过期。', next: '请管理员校准此服务器的时钟。' },
    '-17': { what: '模板不能为空。', next: '请修改内容后重新发送一批。' },
    '-18': { what: '服务商接口故障。', next: '请几分钟后再试。' },
    '-19': { what: '账户尚未配置通道或价格。', next: '请联系服务商的客户经理配置，然后点击“继续”。' },
    '-22': { what: '参数有误。', next: botFault },
    '-24': { what: '服务商没有该记录。', next: '请几分钟后再试。' },
    '-25': { what: '查询的时间超出范围。', next: '服务商只保留 90 天的记录。' },
    http_429: { what: '查询过于频繁。', next: '请一分钟后再试。' },
  },
  providerBusy: { what: '服务商繁忙或无法连接。', next: '请一分钟后再试。' },

  file: {
    file_too_large: '文件超过 10 MB。',
    file_not_ready: 'Slack 尚未处理完该文件。',
    file_not_found: '文件已被删除。',
    file_forbidden: 'Slack 不允许机器人读取该文件。',
    file_unreachable: 'Slack 未能及时响应。',
    empty: '文件为空。',
    no_rows: '文件中没有数据。',
    spreadsheet: '这是电子表格文件，不是 CSV。',
    binary: '这不是文本文件。',
    not_a_table: '无法识别文件中的行。',
  },

  failure: {
    refused: '被服务商拒绝',
    '0': '服务商未说明原因',
    '': '服务商未说明原因',
  },
} satisfies typeof enReasons;
