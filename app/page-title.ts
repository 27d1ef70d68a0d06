/** What a page is called in the browser's tab; the product's name last. */
export const pageTitle = (title: string) => [
  { title: title === 'Latchkey' ? title : `${title} · Latchkey` },
];
