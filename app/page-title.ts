import { frameText } from './components/frame-text.ts';

/** The title in the browser's tab, the product's name last. */
export const pageTitle = (title: string) => [
  { title: title === frameText.product ? title : `${title} · ${frameText.product}` },
];
