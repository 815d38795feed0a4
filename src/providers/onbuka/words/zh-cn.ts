import type { ProviderVocabulary } from '../../provider-vocabulary';

const botFault = '这是机器人的故障，请告知管理员。';

export const zhCn: ProviderVocabulary = {
  name: 'Buka',
  refusals: {
    '-1': { what: '服务商不接受 API 密钥。', next: '请管理员检查账户的 key 和 secret。' },
    '-2': { what: '服务商不允许此服务器的 IP 地址访问。', next: '请联系服务商客服，将该地址加入白名单。' },
    '-3': { what: '内容含有服务商不放行的敏感词。', next: '请修改措辞后重新发送一批。' },
    '-4': { what: '短信内容为空。', next: '请填写内容后重新发送一批。' },
    '-5': { what: '短信内容过长。', next: '请缩短内容后重新发送一批。' },
    '-6': { what: '内容与已审核的模板不符。', next: '请使用已审核的内容，或请服务商审核此内容。' },
    '-7': { what: '单次请求的号码过多。', next: botFault },
    '-8': { what: '请求中没有号码。', next: botFault },
    '-9': { what: '服务商不接受该号码。', next: '请检查号码。' },
    '-10': { what: '账户余额不足。', next: '请充值。此后可用“继续”恢复已暂停的批次。' },
    '-11': { what: '时间格式有误。', next: botFault },
    '-12': { what: '服务商平台故障。', next: '系统会自动重试。' },
    '-13': { what: '账户已被锁定。', next: '请联系服务商客服解锁。此后可用“继续”恢复已暂停的批次。' },
    '-14': { what: '有字段或编号为空。', next: botFault },
    '-15': { what: '查询过于频繁。', next: '请一分钟后再试。' },
    '-16': { what: '请求到达服务商时已过期。', next: '请管理员校准此服务器的时钟。' },
    '-17': { what: '模板不能为空。', next: '请修改内容后重新发送一批。' },
    '-18': { what: '服务商接口故障。', next: '请几分钟后再试。' },
    '-19': {
      what: '账户尚未配置通道或价格。',
      next: '请联系服务商的客户经理配置。此后可用“继续”恢复已暂停的批次。',
    },
    '-22': { what: '参数有误。', next: botFault },
    '-24': { what: '服务商没有该记录。', next: '请几分钟后再试。' },
    '-25': { what: '查询的时间超出范围。', next: '服务商只保留 90 天的记录。' },
  },
  failures: { '0': '服务商未说明原因，请凭消息 ID 询问其客服' },
  balanceParts: { balance: '余额', gift: '赠送', credit: '信用额度' },
};
