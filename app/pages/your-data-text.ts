export const yourDataText = {
  title: 'Your data',
  lead: 'Take a copy of everything this place knows about you. It is yours to read, keep and check.',
  everything: {
    title: 'Everything',
    lead: 'One file for you and for programs (JSON).',
    contents: [
      'Your profile and every way in.',
      'Where you are signed in, and the sign-ins and refused attempts of the last 90 days.',
      'What each provider lets this place do for you, and until when. The codes themselves stay here.',
      'Your whole history as it is stored, and what its sealed parts say.',
      'A signature over the end of your history, so that anybody can check that nothing was changed or left out.',
    ],
    submit: 'Download everything',
  },
  history: {
    title: 'History only',
    lead: 'One line for each thing that happened, for a spreadsheet (CSV).',
    submit: 'Download history',
  },
  prove: 'Before the file comes you prove that it is you. Then this page is shown again.',
  check: 'To check the file, whoever runs this place gives you their public key. On any computer:',
  checkCommand: 'latchkey verify latchkey-export.json --key their-key.pem',
  care: 'The file holds your address, your names and where you signed in from. Keep it as you keep a passport.',
} as const;
