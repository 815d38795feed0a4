export const enTour = {
  label: 'Tour',
  title: 'Five minutes with the bot',
  step: (n: number, of: number) => `Step ${n} of ${of}`,
  back: 'Back',
  next: 'Next',
  finish: 'Finish',
  dismiss: 'Close the tour',
  steps: {
    send: {
      title: 'Send to a list',
      text: 'Open the form, write a text, put the sample list into the file field (it offers it), and press “Review”. The list holds good, bad and duplicate lines.',
    },
    review: {
      title: 'Look before it leaves',
      text: 'This is the review: how many will be sent, which lines are left out and why, the segments, and the balance. Nothing has left yet. Press “Send”.',
    },
    watch: {
      title: 'Send, and watch',
      text: 'The report in the channel changes by itself while texts turn up on the phones. At the end you are told by name. Try “Refresh status” and “Details”.',
    },
    hang: {
      title: 'Bad weather: Buka hangs after accepting',
      text: 'Switch it on for the next send and send again. The bot cannot know what happened: it says “unknown”, sends nothing twice, and asks Buka for proof. One number of the sample Buka never took: after a minute you are asked about it.',
    },
    kill: {
      title: 'Kill the bot in the middle',
      text: 'Slow Buka down, send the list of ten thousand, and kill the bot while it is sending. It comes back, and goes on without sending to anybody twice.',
    },
    ledger: {
      title: 'The ledger',
      text: 'Buka counts for itself: recipients accepted once, more than once, never. The second number stays at zero, whatever the weather; were it not, it would be red.',
    },
  },
  acts: {
    open: 'Open the form',
    download: 'Download the sample',
    phones: 'See the phones',
    hang: 'Switch it on, once',
    slow: 'Slow Buka down',
    faultOn: 'It is on: send now',
    kill: 'Kill the bot now',
    ledger: 'See the ledger',
    clear: 'All calm',
  },
};
