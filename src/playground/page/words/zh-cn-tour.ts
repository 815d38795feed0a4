import type { Words } from './en';

export const zhCnTour: Words['tour'] = {
  label: '导览',
  title: '五分钟认识机器人',
  step: (n, of) => `第 ${n} 步，共 ${of} 步`,
  back: '上一步',
  next: '下一步',
  finish: '完成',
  dismiss: '关闭导览',
  steps: {
    send: {
      title: '发送给一份名单',
      text: '打开表单，写一条短信，把示例名单放进文件框：文件框里就有。示例中有正确、错误和重复的行。',
    },
    review: {
      title: '发送前先看清楚',
      text: '点击“核对”。您会看到将发送多少条、哪些行被剔除及原因、短信条数和余额。此时还没有发出任何短信。',
    },
    watch: {
      title: '发送并观察',
      text: '点击“发送”。频道里的报告会自动更新，短信陆续出现在手机上；全部完成后机器人会点名通知您。',
    },
    hang: {
      title: '坏天气：Buka 受理后没有应答',
      text: '为下一次发送打开它，然后再发一次。机器人无从得知结果，所以显示“未知”，绝不重发，而是去询问 Buka 并得出结论。',
    },
    kill: {
      title: '中途杀掉机器人',
      text: '发送一万行的名单，在发送过程中杀掉机器人。它会重新启动并继续，而且不会给任何人重复发送。',
    },
    ledger: {
      title: '账本',
      text: 'Buka 自己统计：受理一次、多次、从未受理。红色数字始终为零，除非有人选择再次发送。',
    },
  },
  acts: {
    open: '打开表单',
    download: '下载示例',
    phones: '查看手机',
    weather: '打开，仅一次',
    weatherOn: '已打开：现在发送',
    kill: '立即杀掉机器人',
    ledger: '查看账本',
    calm: '全部恢复正常',
  },
};
